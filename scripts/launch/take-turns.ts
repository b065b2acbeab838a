import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** As many requests that change something are worked on at once. */
const AT_ONCE = 1;

/** A request that only reads goes ahead of the others for so long: after that it waits for something else than us. */
const AHEAD_MS = 100;

/** A request that changes something goes on after this long, however many people read. */
const PATIENCE_MS = 350;

/** A request that changes something has its turn for so long: after that it waits for something else than us, too. */
export const TURN_MS = 1000;

/** While somebody reads, the process is free for so long between two requests that change something. */
const BREATH_MS = 3;

interface Turn {
  response: ServerResponse;
  since: number;
  begin: () => void;
}

/** Whether somebody reads: counts the requests that go ahead, and tells when the last of them has been answered. */
function watchReaders(onQuiet: () => void) {
  let reading = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    enter(response: ServerResponse) {
      reading += 1;
      lastAt = performance.now();
      let left = false;
      const leave = () => {
        if (left) return;
        left = true;
        clearTimeout(timer);
        reading -= 1;
        if (reading === 0) onQuiet();
      };
      const timer = setTimeout(leave, AHEAD_MS);
      response.once('close', leave);
    },
    isReading: () => reading > 0,
    wasReading: () => performance.now() - lastAt < 1000,
  };
}

/**
 * Lets requests that change something take turns, first come, first served, and everything else go ahead of them:
 * however many people submit at the same moment, a page that somebody reads meets one of them at most.
 *
 * @param turnMs how long a turn lasts at most, in milliseconds; left out, until the answer.
 */
export function takeTurns(listener: RequestListener, turnMs?: number): RequestListener {
  const waiting: Turn[] = [];
  let working = 0;
  let patience: NodeJS.Timeout | undefined;
  const next = () => {
    clearTimeout(patience);
    while (working < AT_ONCE) {
      const [turn] = waiting;
      if (turn === undefined) return;
      const left = turn.since + PATIENCE_MS - performance.now();
      if (readers.isReading() && left > 0) {
        patience = setTimeout(next, left);
        return;
      }
      waiting.shift();
      // Whoever has gone meanwhile is not worked for.
      if (!turn.response.destroyed) turn.begin();
    }
  };
  // Requests that have arrived in between come first.
  const soon = () => (readers.wasReading() ? setTimeout(next, BREATH_MS) : setImmediate(next));
  const readers = watchReaders(soon);
  return (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'GET' || request.method === 'HEAD') {
      readers.enter(response);
      return listener(request, response);
    }
    const begin = () => {
      working += 1;
      let left = false;
      const leave = () => {
        if (left) return;
        left = true;
        clearTimeout(timer);
        working -= 1;
        soon();
      };
      const timer = turnMs === undefined ? undefined : setTimeout(leave, turnMs);
      response.once('close', leave);
      listener(request, response);
    };
    waiting.push({ response, since: performance.now(), begin });
    next();
  };
}
