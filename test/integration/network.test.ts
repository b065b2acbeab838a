import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SELF_SIGNED } from '../fixtures/self-signed';
import { eventually } from '../support/eventually';
import { type FeedServer, makeItems, startFeedServer, writeRss } from '../support/feed-server';
import { startProxy, type TestProxy } from '../support/proxy';
import { pour, type RawServer, startRawServer } from '../support/raw-server';
import { type Backend, useStage } from '../support/stage';

/** What is asked of single fetches in fetching, requests, limits, proxy and rebinding, asked of a worker process. */

/** What a bomb unpacks to: fifty times what is taken. Packed beforehand, since the servers here are this process. */
const BOMB = gzipSync(Buffer.alloc(5_000_000));
const packed = (body: Buffer, encoding: string) => ({ body, headers: { 'content-encoding': encoding } });

const FEED = writeRss('Fetched', makeItems(50));
const SETTINGS = {
  FETCH_ALLOW_NETWORKS: '127.0.0.1/32,127.0.0.2/32',
  FETCH_TIMEOUT_MS: '15000',
  FETCH_CONNECT_TIMEOUT_MS: '2500',
  FETCH_IDLE_TIMEOUT_MS: '2500',
  FETCH_MAX_BYTES: '100000',
  FETCH_MAX_HEADER_BYTES: '8192',
};

const RESOLVER = fileURLToPath(new URL('../support/changing-resolver.mjs', import.meta.url));

/** So that the worker believes a server over HTTPS. */
const CERTIFICATE = join(mkdtempSync(join(tmpdir(), 'tidings-tls-')), 'server.pem');
writeFileSync(CERTIFICATE, SELF_SIGNED.cert);

describe.each<Backend>(['postgres', 'redis'])('a worker on the network, on %s', (backend) => {
  const stage = useStage(backend);
  let server: FeedServer;
  let other: FeedServer;
  /** At an address that must not be reached. */
  let secret: FeedServer;
  let proxy: TestProxy;
  const raw: RawServer[] = [];
  const tls = createTlsServer(SELF_SIGNED, (_request, response) => {
    response.writeHead(301, { location: `${server.origin}/plain` }).end();
  });

  beforeAll(async () => {
    ({ server } = stage.current);
    other = await startFeedServer('127.0.0.2');
    secret = await startFeedServer('127.0.0.3', Number(new URL(other.origin).port));
    secret.serveAll({ body: FEED });
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    proxy = await startProxy({ 'blog.example': new URL(server.origin).host });
    await stage.current.startWorker({
      ...SETTINGS,
      HTTP_PROXY: proxy.url,
      NO_PROXY: '.changes.example',
      NODE_EXTRA_CA_CERTS: CERTIFICATE,
      NODE_OPTIONS: `--import=${RESOLVER}`,
      RESOLVER: JSON.stringify({
        'first.changes.example': ['127.0.0.2', '127.0.0.3'],
        'front.changes.example': ['127.0.0.2'],
        'behind.changes.example': ['127.0.0.3'],
      }),
    });
  });
  afterAll(async () => {
    tls.close();
    await Promise.all([other, secret, proxy, ...raw].map((each) => each.close()));
  });

  const store = async () => (await import('@/lib/store/client')).openStore();

  /** Waits until a feed has been asked for so often. @returns the last attempt. */
  const untilAttempt = (feedId: number, count: number) =>
    eventually(
      async () => {
        const attempts = await (await store()).fetch.findMany({ where: { feedId }, orderBy: { id: 'asc' } });
        return attempts[count - 1];
      },
      `attempt ${count} of feed ${feedId}`,
      50_000,
    );

  /** Has an address fetched for the first time. */
  async function fetchFirst(address: string) {
    const { subscribe } = await import('@/lib/service/subscribe');
    const result = await subscribe({ userId: stage.current.userId, address });
    if (!result.ok) throw new Error(`${address}: ${result.message}`);
    return { ...(await untilAttempt(result.feedId, 1)), feedId: result.feedId };
  }

  async function fetchAgain(feedId: number) {
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    const before = await (await store()).fetch.count({ where: { feedId } });
    await refreshFeed({ userId: stage.current.userId, feedId });
    return untilAttempt(feedId, before + 1);
  }

  async function startRaw(answer: Parameters<typeof startRawServer>[0]): Promise<RawServer> {
    const started = await startRawServer(answer);
    raw.push(started);
    return started;
  }

  it.concurrent('says who it is, and sends both validators back as they were', async () => {
    const lastModified = 'Mon, 01 Jun 2026 12:00:00 GMT';
    server.serve('/valid', ({ headers }) =>
      headers['if-none-match'] === 'W/"v1"' && headers['if-modified-since'] === lastModified
        ? { status: 304 }
        : { body: FEED, headers: { etag: 'W/"v1"', 'last-modified': lastModified } },
    );
    const first = await fetchFirst(`${server.origin}/valid`);
    expect(first).toMatchObject({ outcome: 'UPDATED', newItems: 50 });
    const readVersion = async () =>
      (await store()).$queryRaw`SELECT xmin::text FROM feeds WHERE id = ${first.feedId}`;
    const version = await readVersion();
    // Nothing is parsed, and what is known of the feed is not written anew.
    expect(await fetchAgain(first.feedId)).toMatchObject({
      ...{ outcome: 'UNCHANGED', httpStatus: 304, bytes: 0, parseMs: null, saveMs: null },
    });
    expect(await readVersion()).toEqual(version);
    const [headers, again] = server.requests('/valid');
    expect(headers?.['user-agent']).toMatch(/^Tidings\/.*\+http/);
    expect(headers?.['if-none-match']).toBeUndefined();
    expect(again?.['a-im']).toBe('feed');
  });

  it.concurrent.each(['gzip', 'br', 'deflate'] as const)('unpacks %s', async (encode) => {
    server.serve(`/${encode}`, { body: FEED, encode });
    expect(await fetchFirst(`${server.origin}/${encode}`)).toMatchObject({ newItems: 50 });
  });

  it.concurrent('follows five redirects, to other hosts too, and no sixth', async () => {
    for (let hop = 1; hop <= 5; hop += 1)
      server.serve(`/hop${hop}`, { status: 302, headers: { location: `/hop${hop - 1}` } });
    const { host } = new URL(other.origin);
    server.serve('/hop0', { status: 307, headers: { location: `http://me:secret@${host}/end` } });
    other.serve('/end', { body: FEED });
    const end = `${other.origin}/end`;
    expect(await fetchFirst(`${server.origin}/hop4`)).toMatchObject({ newItems: 50, url: end });
    expect(await fetchFirst(`${server.origin}/hop5`)).toMatchObject({ errorCode: 'redirect-loop' });
    expect(other.requests('/end').map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it.concurrent('does not go from a secure address to an insecure one', async () => {
    const { port } = tls.address() as AddressInfo;
    expect(await fetchFirst(`https://127.0.0.1:${port}/`)).toMatchObject({ errorCode: 'bad-redirect' });
    expect(server.count('/plain')).toBe(0);
  });

  it.concurrent.each<[string, Parameters<FeedServer['serve']>[1], string]>([
    ['/large', { body: 'x'.repeat(100_001) }, 'too-large'],
    ['/bomb', packed(BOMB, 'gzip'), 'too-large'],
    ['/bomb-in-bomb', packed(gzipSync(BOMB), 'gzip, gzip'), 'too-large'],
    ['/headers', { body: FEED, headers: { 'x-large': 'y'.repeat(10_000) } }, 'bad-response'],
    ['/unpackable', { body: 'plain', headers: { 'content-encoding': 'zstd' } }, 'bad-encoding'],
    [
      '/challenge',
      {
        status: 403,
        body: '<html><head><title>Just a moment...</title></head></html>',
        contentType: 'text/html',
      },
      'challenge',
    ],
  ])('%s is refused as what it is', async (path, answer, errorCode) => {
    server.serve(path, answer);
    expect(await fetchFirst(server.origin + path)).toMatchObject({ outcome: 'FAILED', errorCode });
  });

  it.concurrent('cuts off a body without end, and hangs up', async () => {
    const { host, open } = await startRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n\r\n');
      pour(socket, 'z'.repeat(10_000));
    });
    expect(await fetchFirst(`http://${host}/`)).toMatchObject({ errorCode: 'too-large' });
    await eventually(() => open() === 0, 'the connection closed');
  });

  it.concurrent.each<[string, string, Parameters<typeof startRawServer>[0], number, number]>([
    ['a drip that never pauses', 'http', drip, 14_900, 30_000],
    ['silence in the middle', 'http', (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n<rss>'), 2400, 14_000],
    ['silence before a secure connection', 'https', () => undefined, 2400, 14_000],
  ])('%s is cut off in time', async (_name, scheme, answer, least, most) => {
    const { host } = await startRaw(answer);
    const { errorCode, totalMs } = await fetchFirst(`${scheme}://${host}/`);
    expect(errorCode).toBe('timeout');
    expect(totalMs).toBeGreaterThan(least);
    expect(totalMs).toBeLessThan(most);
  });

  it.concurrent('reaches nothing private: by no notation, no redirect, and no proxy', async () => {
    const { port } = new URL(secret.origin);
    const hosts = [
      '127.0.0.3',
      '2130706435',
      '0x7f.3',
      '0177.0.0.3',
      '[::ffff:127.0.0.3]',
      '[64:ff9b::7f00:3]',
    ];
    const addresses = hosts.map((host, index) => `http://${host}:${port}/secret-${index}`);
    ['http://169.254.169.254/latest/', secret.origin].forEach((location, index) => {
      server.serve(`/inwards-${index}`, { status: 302, headers: { location } });
      addresses.push(`${server.origin}/inwards-${index}`);
    });
    for (const attempt of await Promise.all(addresses.map(fetchFirst)))
      expect(attempt).toMatchObject({ errorCode: 'blocked-address' });
    for (const path of ['/', ...hosts.map((_host, index) => `/secret-${index}`)])
      expect(secret.count(path)).toBe(0);
    server.serve('/port', { status: 302, headers: { location: 'http://127.0.0.1:6379/' } });
    expect(await fetchFirst(`${server.origin}/port`)).toMatchObject({ errorCode: 'blocked-port' });
    expect(proxy.asked.join()).not.toMatch(/169\.254|secret|127\.0/);
  });

  it.concurrent('dials a name that changes its answer at what was checked, or not at all', async () => {
    const { port } = new URL(other.origin);
    const once = { connection: 'close' };
    other.serve('/once', { body: FEED, headers: once });
    const first = await fetchFirst(`http://first.changes.example:${port}/once`);
    expect(first).toMatchObject({ newItems: 50 });
    expect(await fetchAgain(first.feedId)).toMatchObject({ errorCode: 'blocked-address' });
    const location = `http://behind.changes.example:${port}/behind`;
    other.serve('/on', { status: 302, headers: { location, ...once } });
    const led = await fetchFirst(`http://front.changes.example:${port}/on`);
    expect(led).toMatchObject({ errorCode: 'blocked-address' });
    expect([other.count('/once'), secret.count('/once'), secret.count('/behind')]).toEqual([1, 0, 0]);
  });

  it.concurrent('asks the proxy for what is not on this machine', async () => {
    server.serve('/proxied', { body: FEED });
    expect(await fetchFirst('http://blog.example/proxied')).toMatchObject({ newItems: 50 });
    expect(proxy.asked.filter((asked) => asked.includes('/proxied'))).toEqual([
      'GET http://blog.example/proxied',
    ]);
    expect(server.requests('/proxied')[0]).toMatchObject({ host: 'blog.example' });
  });
});

/** Sends a byte ten times a second. */
function drip(socket: Parameters<Parameters<typeof startRawServer>[0]>[0]): void {
  socket.write('HTTP/1.1 200 OK\r\n\r\n');
  const timer = setInterval(() => socket.write('<'), 100);
  socket.on('close', () => clearInterval(timer));
}
