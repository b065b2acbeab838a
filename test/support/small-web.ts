import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request that a host has had; times in milliseconds since 1970. */
interface Visit {
  host: string;
  path: string;
  begun: number;
  /** How many requests the host had at that moment, this one included. */
  atOnce: number;
}

interface Request {
  host: string;
  path: string;
  headers: IncomingHttpHeaders;
}

export interface SmallWeb {
  /** @returns the origin of host `number`: each is an address of loopback of its own. */
  origin(number: number): string;
  /** @returns the same as feeds name it. */
  host(number: number): string;
  /** How every host answers; what does not answer hangs. */
  answer: (request: Request, response: ServerResponse) => void;
  visits: Visit[];
  /** The most requests that a host ever had at a time. */
  mostAtOnce(): number;
  /** Takes all hosts away: they accept no connections until the web is raised again. */
  sink(): Promise<void>;
  raise(): Promise<void>;
  close(): Promise<void>;
}

const ADDRESSES = 250;

/** Starts a web of many hosts: one server, which answers at 127.1.0.1, 127.1.0.2 and so on, and keeps a diary. */
export async function startSmallWeb(): Promise<SmallWeb> {
  const visits: Visit[] = [];
  const busy = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const { host = '' } = request.headers;
    const atOnce = (busy.get(host) ?? 0) + 1;
    busy.set(host, atOnce);
    visits.push({ host, path: request.url ?? '/', begun: Date.now(), atOnce });
    response.on('close', () => busy.set(host, (busy.get(host) ?? 1) - 1));
    web.answer({ host, path: request.url ?? '/', headers: request.headers }, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '0.0.0.0', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const host = (number: number) =>
    `127.1.${Math.floor(number / ADDRESSES)}.${(number % ADDRESSES) + 1}:${port}`;
  const sink = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  const web: SmallWeb = {
    origin: (number) => `http://${host(number)}`,
    host,
    answer: (_request, response) => response.writeHead(404).end(),
    visits,
    mostAtOnce: () => Math.max(0, ...visits.map(({ atOnce }) => atOnce)),
    sink,
    raise: () => listen(port),
    close: sink,
  };
  return web;
}
