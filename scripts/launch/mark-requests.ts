import http, { type RequestListener } from 'node:http';
import { PATH_HEADER } from '../../lib/auth/request-headers';

/** Longer ones are cut: they are only there to come back to after signing in. */
const MOST = 2000;

/** Tells pages what Next does not: what was asked for. Whatever a client sends under that name is replaced. */
export function markRequests(listener: RequestListener): RequestListener {
  return (request, response) => {
    request.headers[PATH_HEADER] = (request.url ?? '/').slice(0, MOST);
    return listener(request, response);
  };
}

/** Makes the server that is created next in this process mark its requests. */
export function createServersThatMark(): void {
  const { createServer } = http;
  http.createServer = ((...args: unknown[]) => {
    const last = args.pop();
    const listener = typeof last === 'function' ? markRequests(last as RequestListener) : last;
    return Reflect.apply(createServer, http, [...args, listener]);
  }) as typeof createServer;
}
