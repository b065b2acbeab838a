import type { Room } from './room';

/** A fetch that has a place, or goes on without one. */
interface Tenant {
  /** It waits for an answer again, from another server. */
  asks(): void;
  /** Its server has begun to answer: from now on it needs a place. */
  answered(): void;
  /** Leaves the place, if it has one. */
  end(): void;
}

/** Gives away the places of fetches whose servers say nothing. */
export interface Lender {
  /** @param leave leaves the place that it has in the room. */
  watch(room: Pick<Room, 'enter'>, leave: () => void): Tenant;
  stop(): void;
}

interface Wait {
  since: number;
  /** Gives the place away. */
  lend(): void;
}

/** How soon it is looked again who waits too long, while somebody does. */
const LOOK_EVERY_MS = 25;

/**
 * A server that says nothing costs a connection and nothing else: others need not wait for that. The place of a fetch
 * that has had no answer for a while is another's, and it goes on without one. When its answer comes there is work
 * again: it has a place at once, though there be none, so that nothing new begins until there is room for it.
 *
 * @param afterMs so long it is waited for an answer.
 * @param most fetches that wait without a place at the same time.
 */
export function lendPlaces({ afterMs, most }: { afterMs: number; most: number }): Lender {
  /** The longest waiting first. */
  const waiting = new Set<Wait>();
  let lent = 0;
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    timer = undefined;
    const late = performance.now() - afterMs;
    for (const wait of waiting) {
      if (lent >= most || wait.since > late) break;
      waiting.delete(wait);
      wait.lend();
    }
    if (waiting.size > 0) timer = setTimeout(look, LOOK_EVERY_MS);
  };
  return {
    watch(room, leave) {
      let leaveLast: (() => void) | null = leave;
      const wait: Wait = {
        since: performance.now(),
        lend() {
          const leaveIt = leaveLast;
          lent += 1;
          leaveLast = null;
          leaveIt?.();
        },
      };
      const takeBack = () => {
        waiting.delete(wait);
        if (leaveLast !== null) return;
        lent -= 1;
        leaveLast = room.enter();
      };
      const waits = () => {
        waiting.add(wait);
        timer ??= setTimeout(look, LOOK_EVERY_MS);
      };
      waits();
      return {
        asks() {
          if (leaveLast === null || waiting.has(wait)) return;
          wait.since = performance.now();
          waits();
        },
        answered: takeBack,
        end() {
          takeBack();
          leaveLast?.();
        },
      };
    },
    stop: () => clearTimeout(timer),
  };
}
