import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher, type FeedRequest, type Fetcher } from '@/lib/net/fetch-feed';
import { SELF_SIGNED } from '../fixtures/self-signed';
import { type FeedServer, makeItems, startFeedServer, writeRss } from '../support/feed-server';

const BODY = writeRss('Asked', makeItems(3));
const CREDENTIALS = { username: 'jörg', password: 'öffne: dich' };
const BASIC = `Basic ${Buffer.from('jörg:öffne: dich').toString('base64')}`;

let server: FeedServer;
let other: FeedServer;
let fetcher: Fetcher;

beforeAll(async () => {
  server = await startFeedServer();
  other = await startFeedServer('127.0.0.2');
  fetcher = createFetcher({
    userAgent: 'Tidings/test',
    connectTimeoutMs: 1000,
    totalTimeoutMs: 3000,
    idleTimeoutMs: 1000,
    maxBytes: 200_000,
    maxHeaderBytes: 32_768,
    maxRedirects: 5,
    allowNetworks: ['127.0.0.0/8'],
  });
});
afterAll(async () => {
  await fetcher.close();
  await server.close();
  await other.close();
});

const get = (url: string, request: Partial<FeedRequest> = {}) =>
  fetcher.fetch({ url, etag: null, lastModified: null, signal: new AbortController().signal, ...request });

describe('validators', () => {
  it.each(['"strong"', 'W/"weak"', 'unquoted', '"caf\xe9"'])('%s comes back as it was sent', async (etag) => {
    const lastModified = 'Mon, 01 Jun 2026 12:00:00 GMT';
    server.serve('/tag', { body: BODY, headers: { etag, 'last-modified': lastModified } });
    const first = await get(`${server.origin}/tag`);
    if (first.kind !== 'document') throw new Error(first.kind);
    const { url } = first;
    await get(url, { etag: first.etag, lastModified: first.lastModified, validatorsUrl: url });
    expect(server.requests('/tag').at(-1)).toMatchObject({
      'if-none-match': etag,
      'if-modified-since': lastModified,
    });
  });

  it('go back to the address that gave them, and to no other on the way', async () => {
    server.serve('/front', { status: 302, headers: { location: `${other.origin}/behind` } });
    other.serve('/behind', { body: BODY, headers: { etag: '"v1"' } });
    const first = await get(`${server.origin}/front`);
    expect(first).toMatchObject({ etag: '"v1"', url: `${other.origin}/behind` });
    other.serve('/behind', { status: 304, headers: { 'cache-control': 'max-age=7200' } });
    const again = await get(`${server.origin}/front`, { etag: '"v1"', validatorsUrl: first.url });
    expect(again).toMatchObject({
      kind: 'not-modified',
      freshFor: { seconds: 7200 },
      url: `${other.origin}/behind`,
    });
    expect(server.requests('/front').map((headers) => headers['if-none-match'])).toEqual([
      undefined,
      undefined,
    ]);
    expect(other.requests('/behind').map((headers) => headers['if-none-match'])).toEqual([undefined, '"v1"']);
  });

  it('that nobody sent cannot be unchanged: neither from the start nor after a redirect', async () => {
    server.serve('/304', { status: 304 });
    server.serve('/to-304', { status: 301, headers: { location: '/304' } });
    expect(await get(`${server.origin}/304`)).toMatchObject({ failure: { code: 'http-304' } });
    const led = await get(`${server.origin}/to-304`, { etag: '"v1"' });
    expect(led).toMatchObject({ failure: { code: 'http-304' } });
  });

  it('with an ETag ask for what is new only, and a part is told apart from the whole', async () => {
    server.serve('/delta', ({ headers }) =>
      headers['a-im'] === 'feed' && headers['if-none-match']
        ? { status: 226, headers: { im: 'feed', etag: '"v2"' }, body: BODY }
        : { body: BODY, headers: { etag: '"v1"' } },
    );
    expect(await get(`${server.origin}/delta`)).toMatchObject({ status: 200, delta: false, etag: '"v1"' });
    const part = await get(`${server.origin}/delta`, { etag: '"v1"' });
    expect(part).toMatchObject({ kind: 'document', status: 226, delta: true, etag: '"v2"' });
    const dated = await get(`${server.origin}/delta`, { lastModified: 'Mon, 01 Jun 2026 12:00:00 GMT' });
    expect(dated).toMatchObject({ status: 200 });
    expect(server.requests('/delta').map((headers) => headers['a-im'])).toEqual([
      undefined,
      'feed',
      undefined,
    ]);
  });
});

describe('redirects', () => {
  it('from a secure address to an insecure one, and in circles, end', async () => {
    const { port } = new URL(server.origin);
    const tls = createTlsServer(SELF_SIGNED, (_request, response) => {
      response.writeHead(301, { location: `${server.origin}/plain` }).end();
    });
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    const trusting = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    const down = await get(`https://127.0.0.1:${(tls.address() as AddressInfo).port}/`);
    if (trusting === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    tls.close();
    expect(down).toMatchObject({ failure: { code: 'bad-redirect' }, redirects: [{ status: 301 }] });
    expect(server.count('/plain')).toBe(0);
    server.serve('/ping', { status: 301, headers: { location: `http://127.0.0.1:${port}/pong` } });
    server.serve('/pong', { status: 308, headers: { location: '/ping' } });
    expect(await get(`${server.origin}/ping`)).toMatchObject({ failure: { code: 'redirect-loop' } });
    expect(server.count('/ping')).toBe(1);
  });

  it('lead to addresses that are written in UTF-8', async () => {
    const location = Buffer.from('/früh').toString('latin1');
    server.serve('/late', { status: 301, headers: { location } });
    server.serve('/fr%C3%BCh', { body: BODY });
    expect(await get(`${server.origin}/late`)).toMatchObject({ kind: 'document' });
  });
});

describe('credentials', () => {
  it('are sent to the origin they are for, in UTF-8, and to no other', async () => {
    server.serve('/mine', { status: 302, headers: { location: '/mine/feed' } });
    server.serve('/mine/feed', { status: 307, headers: { location: `${other.origin}/theirs` } });
    other.serve('/theirs', { body: BODY, headers: { 'set-cookie': 'id=1' } });
    expect(await get(`${server.origin}/mine`, { credentials: CREDENTIALS })).toMatchObject({
      kind: 'document',
    });
    expect(server.requests('/mine')[0]?.authorization).toBe(BASIC);
    expect(server.requests('/mine/feed')[0]?.authorization).toBe(BASIC);
    expect(other.requests('/theirs')[0]?.authorization).toBeUndefined();
    await get(`${other.origin}/theirs`);
    expect(other.requests('/theirs')[1]?.cookie).toBeUndefined();
  });

  it('another port of the same host is another origin', async () => {
    const neighbour = await startFeedServer();
    server.serve('/next-door', { status: 301, headers: { location: `${neighbour.origin}/` } });
    await get(`${server.origin}/next-door`, { credentials: CREDENTIALS });
    expect(neighbour.requests('/')[0]?.authorization).toBeUndefined();
    await neighbour.close();
  });

  it('that are missing or wrong are told apart', async () => {
    server.serve('/401', { status: 401, headers: { 'www-authenticate': 'Basic realm="feed"' } });
    expect(await get(`${server.origin}/401`)).toMatchObject({ failure: { code: 'http-401' } });
    const wrong = await get(`${server.origin}/401`, { credentials: CREDENTIALS });
    expect(wrong).toMatchObject({
      failure: { code: 'wrong-password', message: expect.stringMatching(/does not accept/) },
    });
  });

  it('that a server wants in a way that is not ours are not called wrong, nor asked for', async () => {
    const ask = (challenge: string) => {
      server.serve('/digest', { status: 401, headers: { 'www-authenticate': challenge } });
      return get(`${server.origin}/digest`, { credentials: CREDENTIALS });
    };
    expect(await ask('Digest realm="a, basic b", qop="auth, auth-int", nonce=abc, Negotiate')).toMatchObject({
      failure: { code: 'unknown-login', message: expect.stringMatching(/know: Digest, Negotiate \(401\)/) },
    });
    expect(await ask('Digest realm="a", basic realm="b"')).toMatchObject({
      failure: { code: 'wrong-password' },
    });
  });

  it('a User-Agent of the feed replaces ours', async () => {
    server.serve('/agent', { body: BODY });
    await get(`${server.origin}/agent`, { userAgent: 'Mozilla/5.0 (compatible)' });
    expect(server.requests('/agent')[0]?.['user-agent']).toBe('Mozilla/5.0 (compatible)');
  });
});

describe('challenges', () => {
  const page = (inside: string) => `<!DOCTYPE html><html><head>${inside}</head><body></body></html>`;

  it('are named, whatever status they come with', async () => {
    const body = page('<title>Just a moment...</title>');
    server.serve('/cf', { status: 403, body, encode: 'gzip', contentType: 'text/html' });
    server.serve('/anubis', {
      body: page('<script id="anubis_challenge"></script>'),
      contentType: 'text/html',
    });
    expect(await get(`${server.origin}/cf`)).toMatchObject({
      status: 403,
      failure: {
        code: 'challenge',
        message:
          'The site asks visitors to prove that they are people (Cloudflare), which a feed reader cannot.',
      },
    });
    expect(await get(`${server.origin}/anubis`)).toMatchObject({
      failure: { code: 'challenge', message: expect.stringContaining('(Anubis)') },
    });
  });

  it('are looked for in the start of an answer only', async () => {
    const body = page(`${' '.repeat(70_000)}<title>Just a moment...</title>`);
    server.serve('/far', { status: 403, body, contentType: 'text/html' });
    expect(await get(`${server.origin}/far`)).toMatchObject({ failure: { code: 'http-403' } });
  });

  it('a login page that a feed redirects to is told as one', async () => {
    server.serve('/members.xml', { status: 302, headers: { location: '/wp-login.php?redirect_to=x' } });
    const body = page('<form><input type="password" name="pwd"></form>');
    server.serve('/wp-login.php?redirect_to=x', { body, contentType: 'text/html' });
    expect(await get(`${server.origin}/members.xml`)).toMatchObject({
      failure: { code: 'challenge', message: expect.stringContaining('log in') },
    });
  });
});
