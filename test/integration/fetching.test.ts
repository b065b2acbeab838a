import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher, type FeedRequest, type Fetcher } from '@/lib/net/fetch-feed';
import { freePort } from '../../scripts/lib/ports.mjs';
import { eventually } from '../support/eventually';
import { type FeedServer, makeItems, startFeedServer, writeRss } from '../support/feed-server';

const BODY = writeRss('Fetched', makeItems(50));
const MAX_BYTES = 100_000;
const LIMITS = {
  connectTimeoutMs: 1000,
  totalTimeoutMs: 2000,
  idleTimeoutMs: 1500,
  maxBytes: MAX_BYTES,
  maxHeaderBytes: 32_768,
  maxRedirects: 5,
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let server: FeedServer;
let other: FeedServer;
let fetcher: Fetcher;

beforeAll(async () => {
  server = await startFeedServer();
  other = await startFeedServer('127.0.0.2');
  fetcher = createFetcher({
    userAgent: 'Tidings/test (feed reader; +https://example.org/)',
    ...LIMITS,
    allowNetworks: ['127.0.0.0/8'],
  });
});
afterAll(async () => {
  await fetcher.close();
  await server.close();
  await other.close();
});

const get = (path: string, request: Partial<FeedRequest> = {}) =>
  fetcher.fetch({
    url: `${server.origin}${path}`,
    etag: null,
    lastModified: null,
    signal: new AbortController().signal,
    ...request,
  });

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('createFetcher', () => {
  it.each(['gzip', 'br', 'deflate'] as const)('unpacks %s', async (encode) => {
    server.serve(`/${encode}`, { body: BODY, encode });
    const result = await get(`/${encode}`);
    expect(result.kind === 'document' && text(result.bytes)).toBe(BODY);
  });

  it('asks again for none where an encoding is claimed that is not used', async () => {
    server.serve('/lie', ({ headers }) => ({
      body: BODY,
      headers: headers['accept-encoding'] === 'identity' ? {} : { 'content-encoding': 'gzip' },
    }));
    const result = await get('/lie');
    expect(result.kind === 'document' && text(result.bytes)).toBe(BODY);
    expect(server.count('/lie')).toBe(2);
  });

  it('says who it is, with a link, and what it takes', async () => {
    server.serve('/who', { body: BODY });
    await get('/who');
    const [headers] = server.requests('/who');
    expect(headers?.['user-agent']).toMatch(/^Tidings\/.*\+https:\/\//);
    expect(headers?.['accept-encoding']).toBe('gzip, br, deflate');
    expect(headers?.accept).toMatch(/application\/atom\+xml.*application\/rss\+xml/);
    expect(headers?.['if-none-match']).toBeUndefined();
  });

  it('makes a conditional request with both validators', async () => {
    server.serve('/same', ({ headers }) =>
      headers['if-none-match'] === 'W/"v1"' && headers['if-modified-since']
        ? { status: 304 }
        : { body: BODY },
    );
    const lastModified = 'Mon, 01 Jun 2026 12:00:00 GMT';
    const result = await get('/same', { etag: 'W/"v1"', lastModified });
    expect(result).toMatchObject({ kind: 'not-modified', status: 304 });
  });

  it('hands on the validators and what the server asks for', async () => {
    server.serve('/valid', {
      body: BODY,
      headers: {
        etag: '"v2"',
        'last-modified': 'yesterday',
        'cache-control': 'max-age=60',
        'retry-after': '5',
      },
    });
    expect(await get('/valid')).toMatchObject({
      kind: 'document',
      etag: '"v2"',
      lastModified: 'yesterday',
      freshFor: { seconds: 60, header: 'Cache-Control' },
      retryAfter: 5,
      contentType: 'application/xml',
    });
  });

  it('follows five redirects by hand, to other hosts too, and no sixth', async () => {
    for (let hop = 1; hop <= 6; hop += 1) {
      server.serve(`/hop${hop}`, { status: 302, headers: { location: `/hop${hop - 1}` } });
    }
    server.serve('/hop0', { status: 307, headers: { location: `${other.origin}/end` } });
    other.serve('/end', { body: BODY });
    const result = await get('/hop4');
    expect(result).toMatchObject({ kind: 'document', url: `${other.origin}/end` });
    expect(result.redirects.map((redirect) => redirect.status)).toEqual([302, 302, 302, 302, 307]);
    expect(await get('/hop5')).toMatchObject({ kind: 'failed', failure: { code: 'redirect-loop' } });
  });

  it('asks whether it may before each request, and follows no redirect once it may not', async () => {
    server.serve('/claimed', { status: 302, headers: { location: '/not-ours' } });
    server.serve('/not-ours', { body: BODY });
    const lost = new AbortController();
    let asked = 0;
    const onAsk = () => {
      asked += 1;
      // Twice for the first request.
      if (asked === 3) lost.abort(new Error('somebody else’s'));
    };
    await expect(get('/claimed', { signal: lost.signal, onAsk })).rejects.toThrow('somebody else’s');
    expect([server.count('/claimed'), server.count('/not-ours')]).toEqual([1, 0]);
  });

  it('takes no name and password from a redirect', async () => {
    const { host } = new URL(server.origin);
    server.serve('/tempt', { status: 301, headers: { location: `http://me:secret@${host}/plain` } });
    server.serve('/plain', { body: BODY });
    expect(await get('/tempt')).toMatchObject({ kind: 'document', url: `${server.origin}/plain` });
    expect(server.requests('/plain')[0]?.authorization).toBeUndefined();
  });

  it('stops reading what is too large, plain or packed', async () => {
    server.serve('/plain-large', { body: 'x'.repeat(MAX_BYTES + 1) });
    server.serve('/bomb', { body: 'x'.repeat(50_000_000), encode: 'gzip' });
    server.serve('/just', { body: 'x'.repeat(MAX_BYTES) });
    expect(await get('/plain-large')).toMatchObject({ failure: { code: 'too-large' } });
    const before = process.memoryUsage().arrayBuffers;
    expect(await get('/bomb')).toMatchObject({ failure: { code: 'too-large' } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    expect(await get('/just')).toMatchObject({ kind: 'document' });
  });

  it('bounds headers and time', async () => {
    server.serve('/headers', { body: BODY, headers: { 'x-large': 'y'.repeat(40_000) } });
    server.serve('/hang', { hang: true });
    server.serve('/drip', { body: BODY, drip: { bytes: 10, everyMs: 50 } });
    expect(await get('/headers')).toMatchObject({ failure: { code: 'bad-response' } });
    // A time limit that nothing holds on to is collected, and never runs out.
    const collecting = setInterval(collectGarbage, 100);
    const begun = Date.now();
    const [hang, drip] = await Promise.all([get('/hang'), get('/drip')]);
    expect(hang).toMatchObject({ failure: { code: 'timeout', network: true } });
    expect(drip).toMatchObject({ failure: { code: 'timeout' }, status: 200 });
    // Where the time went is told of them most of all.
    expect(hang).toMatchObject({ status: null, received: 0, timings: { downloadMs: null } });
    expect(hang.timings.waitMs).toBeGreaterThanOrEqual(LIMITS.totalTimeoutMs - 10);
    expect(drip.received).toBeGreaterThanOrEqual(10);
    expect(drip.received).toBeLessThan(BODY.length);
    expect(drip.timings.downloadMs).toBeGreaterThan(LIMITS.totalTimeoutMs / 2);
    clearInterval(collecting);
    expect(Date.now() - begun).toBeLessThan(4000);
  });

  it('a feed whose host is busy with others that hang is not blamed for it', async () => {
    server.serve('/stuck', { hang: true });
    server.serve('/well', { body: BODY });
    const stuck = Array.from({ length: 20 }, () => get('/stuck'));
    await eventually(() => server.count('/stuck') === 20, 'all of them hang');
    const well = await get('/well');
    expect(well.kind).toBe('document');
    for (const result of await Promise.all(stuck))
      expect(result).toMatchObject({ failure: { code: 'timeout' } });
  });

  it('ends at once when told to', async () => {
    server.serve('/forever', { hang: true });
    const stop = new AbortController();
    const pending = get('/forever', { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('stopping')), 50);
    await expect(pending).rejects.toThrow('stopping');
  });

  it('tells each stage, and how long it took', async () => {
    server.serve('/slow', { body: BODY, delayMs: 300 });
    let downloading = false;
    const result = await get('/slow', {
      onDownload: () => {
        downloading = true;
      },
    });
    expect(downloading).toBe(true);
    expect(result.timings.waitMs).toBeGreaterThanOrEqual(290);
    expect(result.timings.connectMs).toBeLessThan(200);
  });

  it('tells of a failure how far it came', async () => {
    const refused = `http://127.0.0.1:${await freePort()}/feed`;
    const connecting = { connectMs: expect.any(Number), waitMs: null, downloadMs: null };
    const nothing = { status: null, received: 0 };
    expect(await get('', { url: refused })).toMatchObject({
      failure: { code: 'connect' },
      ...nothing,
      timings: connecting,
    });
    server.serve('/cut', { body: BODY, cutAfter: 100, delayMs: 200 });
    const cut = await get('/cut');
    expect(cut).toMatchObject({ failure: { code: 'reset' }, status: 200, received: 100 });
    expect(cut.timings.waitMs).toBeGreaterThanOrEqual(190);
    expect(cut.timings.downloadMs).not.toBeNull();
    server.serve('/away', { status: 302, headers: { location: refused }, delayMs: 200 });
    const away = await get('/away');
    expect(away).toMatchObject({ failure: { code: 'connect' }, ...nothing, url: refused });
    expect(away.timings.waitMs).toBeGreaterThanOrEqual(190);
  });

  it('reaches nothing private: not by literal, name or redirect', async () => {
    const guarded = createFetcher({
      userAgent: 'Tidings/test',
      ...LIMITS,
      allowNetworks: [],
    });
    server.serve('/secret', { body: BODY });
    const { port } = new URL(server.origin);
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::ffff:127.0.0.1]', '0x7f.1']) {
      const result = await guarded.fetch({
        url: `http://${host}:${port}/secret`,
        etag: null,
        lastModified: null,
        signal: new AbortController().signal,
      });
      expect(result, host).toMatchObject({ failure: { code: 'blocked-address' } });
    }
    expect(server.count('/secret')).toBe(0);
    server.serve('/port', { status: 302, headers: { location: 'http://127.0.0.1:6379/' } });
    expect(await get('/port')).toMatchObject({ failure: { code: 'blocked-port' } });
    const plain = server.origin.replace('http:', 'https:');
    expect(await get('/', { url: plain })).toMatchObject({ failure: { code: 'no-https' } });
    await guarded.close();
  });
});
