import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface TestProxy {
  url: string;
  /** What it was asked for: "GET http://…" and "CONNECT host:port". */
  asked: string[];
  /** Values of Proxy-Authorization that came along. */
  authorizations: (string | undefined)[];
  /** From now on it answers everything with this status; null: it works. */
  refuse(status: number | null): void;
  close(): Promise<void>;
}

/**
 * Starts an HTTP proxy that forwards and tunnels (RFC 9110 section 3.7), and looks up names itself.
 *
 * @param names that only this proxy knows, and the hosts (with port) that they stand for.
 */
export async function startProxy(names: Record<string, string>): Promise<TestProxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  let refusal: number | null = null;
  const note = (incoming: IncomingMessage) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    authorizations.push(incoming.headers['proxy-authorization']);
  };
  const server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    note(incoming);
    if (refusal !== null) {
      response.writeHead(refusal).end();
      return;
    }
    const url = new URL(incoming.url ?? '');
    const [hostname, port] = (names[url.host] ?? url.host).split(':');
    const onward = request(
      { hostname, port, path: url.pathname + url.search, headers: incoming.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.writeHead(502).end());
    onward.end();
  });
  server.on('connect', (incoming, client) => {
    note(incoming);
    if (refusal !== null) {
      client.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
      return;
    }
    const [hostname, port] = (names[incoming.url ?? ''] ?? incoming.url ?? '').split(':');
    const onward = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(client).pipe(onward);
    });
    onward.on('error', () => client.destroy());
    client.on('error', () => onward.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    authorizations,
    refuse(status) {
      refusal = status;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
