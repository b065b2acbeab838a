import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher, type Fetcher } from '@/lib/net/fetch-feed';
import { freePort } from '../../scripts/lib/ports.mjs';
import { SELF_SIGNED } from '../fixtures/self-signed';
import { type FeedServer, makeItems, startFeedServer, writeRss } from '../support/feed-server';
import { startProxy, type TestProxy } from '../support/proxy';

const BODY = writeRss('Proxied', makeItems(3));

let server: FeedServer;
let proxy: TestProxy;
let tlsPort: number;
const closers: (() => unknown)[] = [];
const tls = createTlsServer(SELF_SIGNED, (_request, response) => response.end(BODY));

/** Nothing on loopback may be reached, except that the proxy is there. */
function openFetcher(settings: { proxy: string; except?: string; allow?: string[] }): Fetcher {
  const fetcher = createFetcher({
    userAgent: 'Tidings/test',
    connectTimeoutMs: 1000,
    totalTimeoutMs: 3000,
    idleTimeoutMs: 1000,
    maxBytes: 100_000,
    maxHeaderBytes: 8192,
    maxRedirects: 5,
    allowNetworks: settings.allow ?? [],
    proxy: { http: settings.proxy, https: '', except: settings.except ?? '' },
  });
  closers.push(() => fetcher.close());
  return fetcher;
}

const get = (fetcher: Fetcher, url: string) =>
  fetcher.fetch({ url, etag: null, lastModified: null, signal: new AbortController().signal });

beforeAll(async () => {
  server = await startFeedServer();
  server.serve('/feed', { body: BODY });
  await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
  tlsPort = (tls.address() as AddressInfo).port;
  proxy = await startProxy({
    'blog.example': new URL(server.origin).host,
    'secure.example:443': `127.0.0.1:${tlsPort}`,
  });
});
afterAll(async () => {
  for (const close of closers) await close();
  await proxy.close();
  await server.close();
  tls.close();
});

describe('a proxy', () => {
  it('is handed plain requests, and resolves names that we cannot', async () => {
    const fetcher = openFetcher({ proxy: proxy.url.replace('://', '://me:p%40ss@') });
    const result = await get(fetcher, 'http://blog.example/feed?a=1');
    expect(result).toMatchObject({ kind: 'failed', status: 404 });
    expect(await get(fetcher, 'http://blog.example/feed')).toMatchObject({ kind: 'document' });
    expect(proxy.asked.slice(-2)).toEqual([
      'GET http://blog.example/feed?a=1',
      'GET http://blog.example/feed',
    ]);
    expect(proxy.authorizations.at(-1)).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
    expect(server.requests('/feed').at(-1)).toMatchObject({ host: 'blog.example' });
  });

  it('is asked for tunnels to secure servers, whose certificates are checked', async () => {
    const fetcher = openFetcher({ proxy: proxy.url });
    expect(await get(fetcher, 'https://secure.example/')).toMatchObject({ failure: { code: 'tls' } });
    expect(proxy.asked.at(-1)).toBe('CONNECT secure.example:443');
  });

  it('is not asked for what must not be reached, in any notation, nor by a redirect', async () => {
    const fetcher = openFetcher({ proxy: proxy.url });
    const { port } = new URL(server.origin);
    const before = proxy.asked.length;
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '[::ffff:7f00:1]',
      'localhost',
      'a.localhost.',
    ]) {
      const result = await get(fetcher, `http://${host}:${port}/feed`);
      expect(result, host).toMatchObject({ failure: { code: 'blocked-address' } });
    }
    const secret = await get(fetcher, 'https://169.254.169.254/latest/meta-data/');
    expect(secret).toMatchObject({ failure: { code: 'blocked-address' } });
    expect(await get(fetcher, 'http://blog.example:22/')).toMatchObject({
      failure: { code: 'blocked-port' },
    });
    expect(proxy.asked).toHaveLength(before);
    server.serve('/inside', { status: 302, headers: { location: 'http://10.0.0.1/' } });
    const led = await get(fetcher, 'http://blog.example/inside');
    expect(led).toMatchObject({ failure: { code: 'blocked-address' } });
    expect(proxy.asked).toHaveLength(before + 1);
  });

  it('is left out for the hosts that are excepted', async () => {
    const before = proxy.asked.length;
    const fetcher = openFetcher({ proxy: proxy.url, except: 'blog.example, .invalid' });
    expect(await get(fetcher, 'http://nowhere.invalid/')).toMatchObject({ failure: { code: 'dns' } });
    expect(proxy.asked).toHaveLength(before);
    const guarded = openFetcher({ proxy: proxy.url, except: '*' });
    expect(await get(guarded, `${server.origin}/feed`)).toMatchObject({
      failure: { code: 'blocked-address' },
    });
    expect(proxy.asked).toHaveLength(before);
  });

  it('is left out for this machine, where that may be reached', async () => {
    const before = proxy.asked.length;
    const open = openFetcher({ proxy: proxy.url, allow: ['127.0.0.0/8'] });
    expect(await get(open, `${server.origin}/feed`)).toMatchObject({ kind: 'document' });
    expect(proxy.asked).toHaveLength(before);
  });

  it('that refuses is told apart from a server that does', async () => {
    const fetcher = openFetcher({ proxy: proxy.url });
    proxy.refuse(502);
    expect(await get(fetcher, 'https://secure.example/')).toMatchObject({
      failure: { code: 'proxy', network: true },
    });
    proxy.refuse(407);
    for (const url of ['http://blog.example/feed', 'https://secure.example/']) {
      expect(await get(fetcher, url)).toMatchObject({ failure: { code: 'proxy' } });
    }
    proxy.refuse(null);
    const gone = openFetcher({ proxy: `http://127.0.0.1:${await freePort()}` });
    for (const url of ['http://blog.example/feed', 'https://secure.example/']) {
      expect(await get(gone, url)).toMatchObject({ failure: { code: 'proxy' } });
    }
  });

  it('that never answers does not hold a fetch for ever', async () => {
    const sockets: Socket[] = [];
    const silent: Server = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const fetcher = openFetcher({ proxy: `http://127.0.0.1:${port}` });
    const begun = performance.now();
    const results = await Promise.all(
      ['http://blog.example/feed', 'https://secure.example/'].map((url) => get(fetcher, url)),
    );
    for (const result of results) expect(result).toMatchObject({ failure: { code: 'timeout' } });
    expect(performance.now() - begun).toBeLessThan(5000);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
});
