import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { type HubServer, openHub } from './hub-server';

/**
 * A process of hubs, for tests: it knows neither our code nor our database. A test tells it what to do, by
 * `POST /open` and `POST /{origin of a hub}/{what to call}`, with the arguments as JSON.
 */
const hubs = new Map<string, HubServer>();
const CALLS = ['asked', 'answers', 'behave', 'serves', 'publish', 'verify'] as const;

async function call(path: string, args: unknown): Promise<unknown> {
  const [name, what] = path.slice(1).split('/').map(decodeURIComponent);
  if (name === 'open') {
    const hub = await openHub(...(args as Parameters<typeof openHub>));
    hubs.set(hub.origin, hub);
    return hub.origin;
  }
  const hub = hubs.get(name ?? '');
  const known = CALLS.find((known) => known === what);
  if (hub === undefined || known === undefined) throw new Error(`${path} is not known.`);
  return (hub[known] as (...args: unknown[]) => unknown)(...(args as unknown[]));
}

const control = createServer(async (request, response) => {
  const answer = await call(request.url ?? '/', await json(request)).then(
    (result) => ({ status: 200, body: result ?? null }),
    (error: unknown) => ({ status: 500, body: String(error) }),
  );
  // A connection that is used again may be closed just then.
  response.writeHead(answer.status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(answer.body));
});
control.listen(0, '127.0.0.1', () => process.send?.({ port: (control.address() as AddressInfo).port }));
// Nobody is left to tell it what to do.
process.on('disconnect', () => process.exit(0));
