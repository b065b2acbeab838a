import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** As many requests that change something are worked on at once: one computes while another waits for the database. */
const AT_ONCE = 2;

interface Turn {
  response: ServerResponse;
  begin: () => void;
}

/**
 * Waits until a short body is all here: whoever sends one slowly must not keep a turn from the others meanwhile. Node
 * holds so much before anybody reads it.
 *
 * @returns false where there is too much to hold.
 */
function awaitBody(request: IncomingMessage, then: () => void): boolean {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (!(length < request.readableHighWaterMark)) return false;
  const look = () => {
    if (!request.complete) return;
    request.off('readable', look);
    then();
  };
  // Listening makes the body come.
  if (request.complete || length === 0) then();
  else request.on('readable', look);
  return true;
}

/**
 * Lets requests that change something take turns, first come, first served, and everything else go ahead of them:
 * however many people submit at the same moment, a page that somebody reads meets two of them, not all.
 */
export function takeTurns(listener: RequestListener): RequestListener {
  const queueShort = queueTurns(listener);
  // Those that are long, or do not say how long they are, come in while they are worked on: among themselves.
  const queueLong = queueTurns(listener);
  return (request, response) => {
    if (request.method === 'GET' || request.method === 'HEAD') return listener(request, response);
    if (!awaitBody(request, () => queueShort(request, response))) queueLong(request, response);
  };
}

function queueTurns(listener: RequestListener): RequestListener {
  const waiting: Turn[] = [];
  let working = 0;
  const next = () => {
    while (working < AT_ONCE) {
      const turn = waiting.shift();
      if (turn === undefined) return;
      // Whoever has gone meanwhile is not worked for.
      if (!turn.response.destroyed) turn.begin();
    }
  };
  return (request: IncomingMessage, response: ServerResponse) => {
    waiting.push({
      response,
      begin() {
        working += 1;
        response.once('close', () => {
          working -= 1;
          // Requests that have arrived in between come first.
          setImmediate(next);
        });
        listener(request, response);
      },
    });
    next();
  };
}
