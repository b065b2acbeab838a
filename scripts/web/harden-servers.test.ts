import { once } from 'node:events';
import http, { type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { hardenServers } from './harden-servers';

const { createServer } = http;
let server: Server;
const sockets: Socket[] = [];
afterEach(async () => {
  http.createServer = createServer;
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A hardened server whose patience is counted in milliseconds. */
async function startServer(listener: RequestListener): Promise<(text: string) => Socket> {
  hardenServers({ AUTH: 'on', HOST: '0.0.0.0', BASE_URL: undefined, TRUST_PROXY: [] }, null, {
    headersTimeout: 300,
    requestTimeout: 600,
    connectionsCheckingInterval: 50,
  });
  server = http.createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (text) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(text);
    sockets.push(socket);
    return socket;
  };
}

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

const HEAD = 'Host: a.example\r\nOrigin: http://a.example\r\n';

it('does not wait for headers that trickle in', async () => {
  const send = await startServer((_request, response) => response.end());
  expect(await readAll(send('GET / HTTP/1.1\r\nHost: a'))).toMatch(/^HTTP\/1\.1 408/);
});

it('does not wait for a body that trickles in, nor do others meanwhile', async () => {
  const begun: string[] = [];
  const send = await startServer((request, response) => {
    begun.push(request.url ?? '');
    request.resume().on('end', () => response.end('done'));
  });
  const slow = ['/1', '/2', '/3', '/4'].map((path) =>
    readAll(send(`POST ${path} HTTP/1.1\r\n${HEAD}Content-Length: 10\r\n\r\nslow`)),
  );
  // Large ones are worked on while they come, two at a time; short ones do not wait for them.
  for (const path of ['/5', '/6', '/7'])
    slow.push(readAll(send(`POST ${path} HTTP/1.1\r\n${HEAD}Content-Length: 1000000\r\n\r\nslow`)));
  const quick = await readAll(
    send(`POST /quick HTTP/1.1\r\n${HEAD}Content-Length: 5\r\nConnection: close\r\n\r\nquick`),
  );
  expect(quick).toMatch(/^HTTP\/1\.1 200[\s\S]*done/);
  expect(begun.filter((path) => /[1-4]/.test(path))).toEqual([]);
  for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408|^$/);
});

it('takes a body that comes in parts, and one that is empty', async () => {
  const send = await startServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => response.end(`[${body}]`));
  });
  const socket = send(`POST / HTTP/1.1\r\n${HEAD}Content-Length: 6\r\nConnection: close\r\n\r\nabc`);
  await once(socket, 'ready');
  socket.write('def');
  expect(await readAll(socket)).toMatch(/\[abcdef\]$/);
  expect(
    await readAll(send(`POST / HTTP/1.1\r\n${HEAD}Content-Length: 0\r\nConnection: close\r\n\r\n`)),
  ).toMatch(/\[\]$/);
  const whole = `${HEAD}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n`;
  expect(await readAll(send(`POST / HTTP/1.1\r\n${whole}`))).toContain('[abc]');
});

it('takes no headers without end', async () => {
  const send = await startServer((_request, response) => response.end());
  expect(await readAll(send(`GET / HTTP/1.1\r\n${HEAD}X: ${'a'.repeat(20_000)}\r\n\r\n`))).toMatch(
    /^HTTP\/1\.1 431/,
  );
});
