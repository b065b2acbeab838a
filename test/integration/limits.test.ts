import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher, type Fetcher, type FetchResult } from '@/lib/net/fetch-feed';
import { eventually } from '../support/eventually';
import { type FeedServer, makeItems, startFeedServer, writeRss } from '../support/feed-server';
import { pour, type RawServer, startRawServer } from '../support/raw-server';

const LIMITS = {
  userAgent: 'Tidings/test',
  connectTimeoutMs: 1000,
  totalTimeoutMs: 3000,
  idleTimeoutMs: 1000,
  maxBytes: 1_000_000,
  maxHeaderBytes: 8192,
  maxRedirects: 2,
  allowNetworks: ['127.0.0.0/8'],
};
/** What a bomb unpacks to: fifty times what is taken. */
const ZEROS = Buffer.alloc(50_000_000);

let server: FeedServer;
let fetcher: Fetcher;
const raw: RawServer[] = [];

beforeAll(async () => {
  server = await startFeedServer();
  fetcher = createFetcher(LIMITS);
});
afterAll(async () => {
  await fetcher.close();
  await server.close();
  for (const each of raw) await each.close();
});

const get = (url: string, enter?: (host: string) => Promise<void>) =>
  fetcher.fetch({
    url,
    etag: null,
    lastModified: null,
    signal: new AbortController().signal,
    ...(enter && { enter }),
  });

async function startRaw(answer: Parameters<typeof startRawServer>[0]): Promise<RawServer> {
  const started = await startRawServer(answer);
  raw.push(started);
  return started;
}

async function timed<T>(work: Promise<T>): Promise<{ result: T; ms: number }> {
  const begun = performance.now();
  return { result: await work, ms: performance.now() - begun };
}

const sumOf = ({ timings: { connectMs, waitMs, downloadMs } }: FetchResult) =>
  (connectMs ?? 0) + (waitMs ?? 0) + (downloadMs ?? 0);

describe('servers that have no place yet', () => {
  it('cost a fetch none of its time, and are entered in turn', async () => {
    server.serve('/from', { status: 302, headers: { location: '/to' } });
    server.serve('/to', { body: 'here' });
    const entered: string[] = [];
    const wait = async (host: string) => {
      entered.push(host);
      await new Promise((resolve) => setTimeout(resolve, 400));
    };
    const impatient = createFetcher({ ...LIMITS, totalTimeoutMs: 600 });
    const signal = new AbortController().signal;
    const request = { url: `${server.origin}/from`, etag: null, lastModified: null, signal };
    expect(await impatient.fetch({ ...request, enter: wait })).toMatchObject({ kind: 'document' });
    const { host } = new URL(server.origin);
    expect(entered).toEqual([host, host]);
    await impatient.close();
  });

  it('are not asked when that is refused', async () => {
    server.serve('/refused', { body: 'here' });
    const refused = get(`${server.origin}/refused`, () => Promise.reject(new Error('no place')));
    await expect(refused).rejects.toThrow('no place');
    expect(server.count('/refused')).toBe(0);
  });
});

describe('bombs', () => {
  it.each<[string, Buffer]>([
    ['gzip', gzipSync(ZEROS)],
    ['br', brotliCompressSync(ZEROS)],
    ['deflate', deflateSync(ZEROS)],
    ['gzip, gzip', gzipSync(gzipSync(ZEROS))],
    ['br, gzip, deflate', deflateSync(gzipSync(brotliCompressSync(ZEROS)))],
  ])('%s: no more is unpacked than is taken', async (encoding, body) => {
    expect(body.length).toBeLessThan(LIMITS.maxBytes / 10);
    const path = `/bomb/${encoding.replaceAll(', ', '-')}`;
    server.serve(path, { body, headers: { 'content-encoding': encoding } });
    const before = process.memoryUsage().arrayBuffers;
    expect(await get(`${server.origin}${path}`)).toMatchObject({ failure: { code: 'too-large' } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it('a bomb beside an error is not unpacked either', async () => {
    const headers = { 'content-encoding': 'gzip' };
    server.serve('/bomb/500', { status: 500, body: gzipSync(ZEROS), headers });
    const before = process.memoryUsage().arrayBuffers;
    expect(await get(`${server.origin}/bomb/500`)).toMatchObject({ failure: { code: 'http-500' } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it('packed twice and within the limit is read', async () => {
    const text = writeRss('Twice', makeItems(3));
    const body = gzipSync(gzipSync(text));
    server.serve('/twice', { body, headers: { 'content-encoding': 'gzip, gzip' } });
    const result = await get(`${server.origin}/twice`);
    expect(result.kind === 'document' && new TextDecoder().decode(result.bytes)).toBe(text);
  });

  it.each<[string, Buffer]>([
    ['gzip, gzip, gzip, gzip, gzip, gzip', gzipSync('x')],
    ['zstd', Buffer.from('(\xb5/\xfd', 'latin1')],
    ['deflate', deflateRawSync('no header')],
    ['gzip', gzipSync('cut off').subarray(0, 20)],
  ])('%s that cannot be unpacked is told so, after a second try without', async (encoding, body) => {
    const path = `/packed/${encoding.length}-${body.length}`;
    server.serve(path, { body, headers: { 'content-encoding': encoding } });
    expect(await get(`${server.origin}${path}`)).toMatchObject({ failure: { code: 'bad-encoding' } });
    expect(server.requests(path).map((headers) => headers['accept-encoding'])).toEqual([
      'gzip, br, deflate',
      'identity',
    ]);
  });
});

describe('answers without end', () => {
  it('headers', async () => {
    const { host, open } = await startRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      pour(socket, `x-header: ${'y'.repeat(1000)}\r\n`);
    });
    const { result, ms } = await timed(get(`http://${host}/`));
    expect(result).toMatchObject({
      failure: { code: 'bad-response' },
      status: null,
      received: 0,
      timings: { waitMs: expect.any(Number), downloadMs: null },
    });
    expect(ms).toBeLessThan(LIMITS.totalTimeoutMs);
    await eventually(() => open() === 0, 'the connection closed');
  });

  it('early hints, of which a few do no harm', async () => {
    const hint = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
    const { host, open } = await startRaw((socket) => pour(socket, hint));
    const { result, ms } = await timed(get(`http://${host}/`));
    expect(result).toMatchObject({ failure: { code: 'bad-response' } });
    expect(ms).toBeLessThan(LIMITS.totalTimeoutMs);
    await eventually(() => open() === 0, 'the connection closed');
    const calm = await startRaw((socket) => {
      socket.write(`${hint}${hint}HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n<rss>`);
    });
    expect(await get(`http://${calm.host}/`)).toMatchObject({ kind: 'document', status: 200 });
  });

  it.each(['200 OK', '404 Not Found'])('a body with %s', async (status) => {
    const { host, open } = await startRaw((socket) => {
      socket.write(`HTTP/1.1 ${status}\r\ncontent-type: text/xml\r\n\r\n`);
      pour(socket, 'z'.repeat(10_000));
    });
    const { result, ms } = await timed(get(`http://${host}/`));
    const code = status.startsWith('200') ? 'too-large' : 'http-404';
    expect(result).toMatchObject({ failure: { code }, status: Number.parseInt(status, 10) });
    expect(result.received).toBeGreaterThan(60_000);
    expect(result.received).toBeLessThanOrEqual(LIMITS.maxBytes);
    expect(ms).toBeLessThan(LIMITS.totalTimeoutMs);
    await eventually(() => open() === 0, 'the connection closed');
  });

  it('a drip, that never pauses for long', async () => {
    const { host } = await startRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const timer = setInterval(() => socket.write('<'), 100);
      socket.on('close', () => clearInterval(timer));
    });
    const { result, ms } = await timed(get(`http://${host}/`));
    expect(result).toMatchObject({ failure: { code: 'timeout' }, status: 200 });
    expect(result.received).toBeGreaterThan(10);
    expect(result.timings.downloadMs).toBeGreaterThan(LIMITS.totalTimeoutMs / 2);
    expect(sumOf(result)).toBeGreaterThan(LIMITS.totalTimeoutMs - 100);
    expect(sumOf(result)).toBeLessThanOrEqual(ms + 2);
    expect(ms).toBeGreaterThan(LIMITS.totalTimeoutMs - 100);
    expect(ms).toBeLessThan(LIMITS.totalTimeoutMs + 1000);
  });
});

describe('silence', () => {
  it('where a secure connection should be made', async () => {
    const { host } = await startRaw(() => undefined);
    const { result, ms } = await timed(get(`https://${host}/`));
    const unreached = { waitMs: null, downloadMs: null };
    expect(result).toMatchObject({ failure: { code: 'timeout' }, status: null, timings: unreached });
    expect(result.timings.connectMs).toBeGreaterThanOrEqual(LIMITS.connectTimeoutMs - 10);
    expect(ms).toBeLessThan(LIMITS.totalTimeoutMs - 500);
  });

  it('in the middle of an answer', async () => {
    const { host } = await startRaw((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n<rss>'));
    const { result, ms } = await timed(get(`http://${host}/`));
    expect(result).toMatchObject({ failure: { code: 'timeout' }, status: 200, received: 5 });
    expect(result.timings.downloadMs).toBeGreaterThan(LIMITS.idleTimeoutMs / 2);
    expect(ms).toBeLessThan(LIMITS.totalTimeoutMs - 500);
  });
});

it('as many redirects as the settings say', async () => {
  server.serve('/2', { status: 301, headers: { location: '/1' } });
  server.serve('/1', { status: 301, headers: { location: '/0' } });
  server.serve('/0', { body: 'end' });
  server.serve('/3', { status: 301, headers: { location: '/2' } });
  expect(await get(`${server.origin}/2`)).toMatchObject({ kind: 'document' });
  expect(await get(`${server.origin}/3`)).toMatchObject({
    failure: { code: 'redirect-loop' },
    status: 301,
  });
});
