import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FeedServer, startFeedServer } from '../support/feed-server';

/** What the resolver says of each name, one answer after the other; the last one stays. */
const answers: Record<string, string[]> = {};
const asked: string[] = [];
const realLookup = dns.lookup;

let open: FeedServer;
let secret: FeedServer;
let port: string;

beforeAll(async () => {
  open = await startFeedServer('127.0.0.2');
  port = new URL(open.origin).port;
  secret = await startFeedServer('127.0.0.1', Number(port));
  secret.serveAll({ body: 'secret' });
  // A resolver as an attacker's: it changes its answer from one question to the next.
  const lookup = ((host: string, _options: unknown, callback: (...answer: unknown[]) => void) => {
    asked.push(host);
    const left = answers[host] ?? [];
    const address = left.length > 1 ? left.shift() : left[0];
    callback(null, [{ address, family: 4 }]);
  }) as unknown as typeof dns.lookup;
  dns.lookup = lookup;
  syncBuiltinESMExports();
});
afterAll(async () => {
  dns.lookup = realLookup;
  syncBuiltinESMExports();
  await open.close();
  await secret.close();
});

const LIMITS = {
  userAgent: 'Tidings/test',
  connectTimeoutMs: 1000,
  totalTimeoutMs: 3000,
  idleTimeoutMs: 1000,
  maxBytes: 100_000,
  maxHeaderBytes: 8192,
  maxRedirects: 5,
  // The one address that may be reached, as if it were public.
  allowNetworks: ['127.0.0.2/32'],
};

it('a name that changes its answer is dialled at what was checked, or not at all', async () => {
  const { createFetcher } = await import('@/lib/net/fetch-feed');
  const fetcher = createFetcher(LIMITS);
  const get = (host: string, path: string) =>
    fetcher.fetch({
      url: `http://${host}:${port}${path}`,
      etag: null,
      lastModified: null,
      signal: new AbortController().signal,
    });
  open.serve('/once', { body: 'open', headers: { connection: 'close' } });
  open.serve('/on', {
    status: 302,
    headers: { location: `http://second.example:${port}/`, connection: 'close' },
  });

  answers['first.example'] = ['127.0.0.2', '127.0.0.1'];
  expect(await get('first.example', '/once')).toMatchObject({ kind: 'document', status: 200 });
  expect(asked).toEqual(['first.example']);
  expect(await get('first.example', '/once')).toMatchObject({ failure: { code: 'blocked-address' } });
  expect(asked).toEqual(['first.example', 'first.example']);

  // The name that a redirect leads to is asked about when it is dialled.
  answers['front.example'] = ['127.0.0.2'];
  answers['second.example'] = ['127.0.0.1'];
  expect(await get('front.example', '/on')).toMatchObject({
    failure: { code: 'blocked-address' },
    redirects: [{ status: 302 }],
  });
  expect(secret.count('/') + secret.count('/once')).toBe(0);
  await fetcher.close();
});
