import http, { type RequestListener, type ServerOptions } from 'node:http';
import { TURN_MS, takeTurns } from '../launch/take-turns';
import { awaitBodies } from './await-bodies';
import { guardRequests, type Rules } from './guard-requests';
import { servePacked } from './serve-packed';

/** How long somebody may take, in milliseconds; Node looks every two seconds who has taken longer. */
const PATIENCE: ServerOptions = {
  headersTimeout: 15_000,
  // A file of some megabytes over a slow line; what is longer hangs, or means to.
  requestTimeout: 120_000,
  connectionsCheckingInterval: 2000,
  maxHeaderSize: 16_384,
};
/** A connection over which nothing has gone for so long is closed, as with a reader that takes an answer and stops. */
const IDLE_MS = 120_000;

/** Requests take turns; those with a long body among themselves. */
function guard(listener: RequestListener, env: Rules, folder: string | null): RequestListener {
  const fair = awaitBodies(takeTurns(listener, TURN_MS), takeTurns(listener));
  return guardRequests(folder === null ? fair : servePacked(folder, fair), listener, env);
}

/**
 * Makes the servers that are created next in this process bounded in time, guarded, and fair.
 *
 * @param env the settings that say who may come in.
 * @param folder where what is under `/_next/static` is; null: Next sends it.
 * @param patience other limits than these; tests have no time.
 */
export function hardenServers(env: Rules, folder: string | null, patience: ServerOptions = {}): void {
  const { createServer } = http;
  http.createServer = ((...args: unknown[]) => {
    const last = args.pop();
    const [options] = args;
    const listener = typeof last === 'function' ? guard(last as RequestListener, env, folder) : undefined;
    const server = createServer(
      { ...(options as ServerOptions | undefined), ...PATIENCE, ...patience },
      listener,
    );
    server.setTimeout(IDLE_MS);
    return server;
  }) as typeof createServer;
}
