/** How often it is looked who waits too long. */
const LOOK_EVERY_MS = 500;

/** A fetch that has a place among those at work. */
interface Tenant {
  /** Its server has begun to answer: from now on it needs its place. */
  answered(): void;
  /** Leaves the place, unless that has been given away. */
  end(): void;
}

/** Gives away the places of fetches whose servers say nothing. */
export interface Lender {
  /** @param leave makes room for another. */
  watch(leave: () => void): Tenant;
  stop(): void;
}

interface Place {
  since: number;
  lent: boolean;
}

/**
 * A server that hangs costs a connection and nothing else until its time is over: others need not wait for that. The
 * place of a fetch that has had no answer for a while is another's, and it goes on without one.
 *
 * @param afterMs so long it is waited for an answer.
 * @param most fetches that go on without a place at the same time.
 */
export function lendPlaces({ afterMs, most }: { afterMs: number; most: number }): Lender {
  /** The longest waiting first. */
  const waiting = new Map<Place, () => void>();
  let lent = 0;
  const look = () => {
    const late = performance.now() - afterMs;
    for (const [place, leave] of waiting) {
      if (lent >= most || place.since > late) return;
      waiting.delete(place);
      place.lent = true;
      lent += 1;
      leave();
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    watch(leave) {
      const place: Place = { since: performance.now(), lent: false };
      waiting.set(place, leave);
      return {
        answered: () => waiting.delete(place),
        end() {
          waiting.delete(place);
          if (place.lent) lent -= 1;
          else leave();
        },
      };
    },
    stop: () => clearInterval(timer),
  };
}
