import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

type Handler = (request: Request, context: { params: Promise<{ token: string }> }) => Promise<Response>;

export interface CallbackServer {
  /** What BASE_URL is set to. */
  origin: string;
  close(): Promise<void>;
}

/**
 * Serves a route of the pages, `/websub/{token}`, as the web process does, for others to call.
 *
 * @param load is asked once there is something to answer.
 */
export async function startCallbackServer(
  load: () => Promise<{ GET: Handler; POST: Handler }>,
): Promise<CallbackServer> {
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const token = url.pathname.replace(/^\/websub\//, '');
    const post = incoming.method === 'POST';
    const request = new Request(url, {
      method: post ? 'POST' : 'GET',
      headers: new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
      ...(post && { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' }),
    });
    const { GET, POST } = await load();
    const answer = await (post ? POST : GET)(request, { params: Promise.resolve({ token }) });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
