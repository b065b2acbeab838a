import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/** How a path answers. Everything that a server on the web may do to a reader, on loopback. */
interface Behaviour {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  contentType?: string;
  /** Waits this long before it answers. */
  delayMs?: number;
  /** Never answers, until `release`. */
  hang?: boolean;
  /** Sends the body in pieces of so many bytes, one each `everyMs`. */
  drip?: { bytes: number; everyMs: number };
  /** Breaks the connection after so many bytes of the body. */
  cutAfter?: number;
  /** Compresses the body, and says so. */
  encode?: 'gzip' | 'br' | 'deflate';
}

/** A behaviour, or one that depends on the request. */
type Answer = Behaviour | ((request: { headers: IncomingHttpHeaders; count: number }) => Behaviour);

export interface FeedServer {
  /** Without a slash at the end. */
  origin: string;
  serve(path: string, answer: Answer): void;
  /** How every path answers that was not given an answer of its own. */
  serveAll(answer: Answer): void;
  /** How often a path was asked for. */
  count(path: string): number;
  /** Headers of the requests for a path, in order. */
  requests(path: string): IncomingHttpHeaders[];
  /** Lets go of the requests that hang: they answer with `body`, or their connection is closed. */
  release(body?: string, contentType?: string): void;
  close(): Promise<void>;
}

const ENCODERS = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync };

function dripBody(response: ServerResponse, body: Buffer, drip: { bytes: number; everyMs: number }): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + drip.bytes));
    sent += drip.bytes;
    if (sent < body.length) return;
    clearInterval(timer);
    response.end();
  }, drip.everyMs);
  response.on('close', () => clearInterval(timer));
}

function send(response: ServerResponse, behaviour: Behaviour): void {
  const { status = 200, headers = {}, contentType = 'application/xml', encode, cutAfter, drip } = behaviour;
  const plain = Buffer.from(behaviour.body ?? '');
  const body = encode ? ENCODERS[encode](plain) : plain;
  response.writeHead(status, {
    'content-type': contentType,
    ...(encode && { 'content-encoding': encode }),
    ...(cutAfter !== undefined && { 'content-length': String(body.length) }),
    ...headers,
  });
  if (cutAfter !== undefined) {
    response.write(body.subarray(0, cutAfter), () => response.destroy());
  } else if (drip) {
    dripBody(response, body, drip);
  } else {
    response.end(body);
  }
}

/**
 * Starts a server on loopback; 127.0.0.2 and further stand for other hosts.
 *
 * @param port any free one unless told.
 */
export async function startFeedServer(host = '127.0.0.1', port = 0): Promise<FeedServer> {
  const answers = new Map<string, Answer>();
  let fallback: Answer = { status: 404, body: 'nothing here' };
  const seen = new Map<string, IncomingHttpHeaders[]>();
  const hanging = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const log = seen.get(path) ?? [];
    seen.set(path, [...log, request.headers]);
    const answer = answers.get(path) ?? fallback;
    const behaviour =
      typeof answer === 'function' ? answer({ headers: request.headers, count: log.length + 1 }) : answer;
    if (behaviour.hang) {
      hanging.add(response);
      response.on('close', () => hanging.delete(response));
      return;
    }
    if (behaviour.delayMs) setTimeout(() => send(response, behaviour), behaviour.delayMs);
    else send(response, behaviour);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const address = server.address() as AddressInfo;
  return {
    origin: `http://${host}:${address.port}`,
    serve: (path, answer) => answers.set(path, answer),
    serveAll(answer) {
      fallback = answer;
    },
    count: (path) => seen.get(path)?.length ?? 0,
    requests: (path) => seen.get(path) ?? [],
    release(body, contentType) {
      for (const response of hanging) {
        if (body === undefined) response.destroy();
        else send(response, { body, ...(contentType !== undefined && { contentType }) });
      }
      hanging.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export interface FeedItem {
  guid: string;
  title?: string;
  date?: Date;
  content?: string;
}

/** @returns an RSS 2.0 document with these items. */
export function writeRss(title: string, items: FeedItem[]): string {
  const entries = items.map(
    ({
      guid,
      title: name = guid,
      date = new Date('2026-01-01T12:00:00Z'),
      content = `<p>About ${guid}</p>`,
    }) =>
      `<item><guid isPermaLink="false">${guid}</guid><title>${name}</title><link>https://example.org/${guid}</link>` +
      `<pubDate>${date.toUTCString()}</pubDate><description><![CDATA[${content}]]></description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title>
<link>https://example.org/</link><description>About ${title}</description>${entries.join('\n')}</channel></rss>`;
}

/** @returns so many items, an hour apart, the newest first. */
export function makeItems(count: number, prefix = 'item'): FeedItem[] {
  const newest = Date.parse('2026-01-01T12:00:00Z');
  return Array.from({ length: count }, (_, index) => ({
    guid: `${prefix}-${count - index}`,
    date: new Date(newest - index * 3_600_000),
  }));
}
