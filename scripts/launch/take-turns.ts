import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';

/** As many requests that change something are worked on at once: one computes while another waits for the database. */
const AT_ONCE = 2;

interface Turn {
  response: ServerResponse;
  begin: () => void;
}

/**
 * Lets requests that change something take turns, first come, first served, and everything else go ahead of them:
 * however many people submit at the same moment, a page that somebody reads meets two of them, not all.
 */
export function takeTurns(listener: RequestListener): RequestListener {
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
    if (request.method === 'GET' || request.method === 'HEAD') return listener(request, response);
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

/** Makes the server that is created next in this process let its requests take turns. */
export function createServersThatTakeTurns(): void {
  const { createServer } = http;
  http.createServer = ((...args: unknown[]) => {
    const last = args.pop();
    const listener = typeof last === 'function' ? takeTurns(last as RequestListener) : last;
    return Reflect.apply(createServer, http, [...args, listener]);
  }) as typeof createServer;
}
