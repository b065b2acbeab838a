import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFetcher } from '@/lib/net/fetch-feed';
import { type FeedServer, startFeedServer } from '../support/feed-server';

/** How long each name takes to be looked up: part of connecting. */
const LOOKUP_MS = 600;
const realLookup = dns.lookup;
let server: FeedServer;

beforeAll(async () => {
  server = await startFeedServer();
  const lookup = (_host: string, _options: unknown, callback: (...answer: unknown[]) => void) => {
    setTimeout(() => callback(null, [{ address: '127.0.0.1', family: 4 }]), LOOKUP_MS);
  };
  dns.lookup = lookup as unknown as typeof dns.lookup;
  syncBuiltinESMExports();
});
afterAll(async () => {
  dns.lookup = realLookup;
  syncBuiltinESMExports();
  await server.close();
});

it('connecting counts: a fetch is over in its time, however many servers it is sent to', async () => {
  const { port } = new URL(server.origin);
  const path = [1, 2, 3, 4].map((step) => `/step-${step}`);
  for (const [index, from] of path.entries()) {
    const location = `http://host-${index + 1}.example:${port}${path[index + 1] ?? '/end'}`;
    server.serve(from, { status: 302, headers: { location } });
  }
  server.serve('/end', { body: 'here' });
  const get = async (totalTimeoutMs: number) => {
    const fetcher = createFetcher({
      userAgent: 'Tidings/test',
      connectTimeoutMs: 2000,
      totalTimeoutMs,
      idleTimeoutMs: 2000,
      maxBytes: 100_000,
      maxHeaderBytes: 8192,
      maxRedirects: 5,
      allowNetworks: ['127.0.0.0/8'],
    });
    const begun = performance.now();
    const url = `http://host-0.example:${port}/step-1`;
    const signal = new AbortController().signal;
    const result = await fetcher.fetch({ url, etag: null, lastModified: null, signal });
    await fetcher.close();
    return { result, ms: performance.now() - begun };
  };
  const [hurried, patient] = await Promise.all([get(3 * LOOKUP_MS - 200), get(60_000)]);
  expect(hurried.result).toMatchObject({ failure: { code: 'timeout' }, status: null });
  expect(hurried.ms).toBeLessThan(4 * LOOKUP_MS);
  expect(patient.result).toMatchObject({ kind: 'document', redirects: { length: 4 } });
  expect(patient.ms).toBeGreaterThan(5 * LOOKUP_MS - 50);
});
