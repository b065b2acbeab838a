import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/lib/ports.mjs';
import { SELF_SIGNED } from '../fixtures/self-signed';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { type Backend, useStage } from '../support/stage';

const TIMEOUT_MS = 4000;

/** Every way to fail, the code it must get, and a word that its sentence must have. */
const FAILURES: [name: string, code: string, says: RegExp][] = [
  ['dns', 'dns', /No server is known/],
  ['refused', 'connect', /does not accept connections/],
  ['tls', 'tls', /certificate/],
  ['hang', 'timeout', /in time/],
  ['drip', 'timeout', /in time/],
  ['cut', 'reset', /broke off/],
  ['404', 'http-404', /nothing at this address/],
  ['429', 'http-429', /less often/],
  ['500', 'http-500', /error of its own/],
  ['teapot', 'http-418', /418/],
  ['large', 'too-large', /larger/],
  ['bomb', 'too-large', /larger/],
  ['loop', 'redirect-loop', /without end/],
  ['nowhere', 'bad-redirect', /cannot be fetched/],
  ['private', 'blocked-address', /private network/],
  ['page', 'not-a-feed', /page/],
  ['prose', 'not-a-feed', /./],
  ['empty', 'empty', /./],
  ['broken', 'malformed', /./],
];

describe.each<Backend>(['postgres', 'redis'])('failures, on %s', (backend) => {
  const stage = useStage(backend);
  const tls = createTlsServer(SELF_SIGNED, (_request, response) => response.end('never'));
  const addresses: Record<string, string> = {};
  const ids: Record<string, number> = {};

  beforeAll(async () => {
    const { server, userId, startWorker } = stage.current;
    const { subscribe } = await import('@/lib/service/subscribe');
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    const feed = writeRss('Never read', makeItems(3));
    server.serve('/hang', { hang: true });
    server.serve('/drip', { body: feed, drip: { bytes: 1, everyMs: 100 } });
    server.serve('/cut', { body: feed, cutAfter: 100 });
    server.serve('/429', { status: 429, headers: { 'retry-after': '7200' } });
    server.serve('/500', { status: 500 });
    server.serve('/teapot', { status: 418 });
    server.serve('/410', { status: 410 });
    server.serve('/large', { body: 'x'.repeat(300_000) });
    server.serve('/bomb', { body: 'x'.repeat(5_000_000), encode: 'gzip' });
    server.serve('/loop', { status: 302, headers: { location: '/loop' } });
    server.serve('/nowhere', { status: 302, headers: { location: 'gopher://example.org/' } });
    server.serve('/private', { status: 302, headers: { location: 'http://10.0.0.1/feed' } });
    server.serve('/page', {
      body: '<!doctype html><html><body>Hello</body></html>',
      contentType: 'text/html',
    });
    server.serve('/prose', { body: 'Hello, this is text.', contentType: 'text/plain' });
    server.serve('/empty', { body: '' });
    server.serve('/broken', { body: '<rss version="2.0"><channel><title>Cut', contentType: 'text/xml' });
    addresses.dns = 'http://nowhere.invalid/feed';
    addresses.refused = `http://127.0.0.1:${await freePort()}/feed`;
    addresses.tls = `https://127.0.0.1:${(tls.address() as AddressInfo).port}/feed`;
    await startWorker({ FETCH_TIMEOUT_MS: String(TIMEOUT_MS), FETCH_MAX_BYTES: '200000' });
    for (const name of [...FAILURES.map(([key]) => key), '410']) {
      const address = addresses[name] ?? `${server.origin}/${name}`;
      const result = await subscribe({ userId, address });
      if (!result.ok) throw new Error(result.message);
      ids[name] = result.feedId;
    }
  });
  afterAll(() => tls.close());

  it.each(FAILURES)('%s is told as %s', async (name, code, says) => {
    const { userId, untilStatus } = stage.current;
    const { readFeed } = await import('@/lib/store/read-feeds');
    const id = ids[name] ?? 0;
    const status = await untilStatus(id, 'failing');
    expect(status).toMatchObject({ attempt: 1, stage: null, itemCount: 0, error: { code } });
    expect(status.error?.message).toMatch(says);
    expect(status.nextFetchAt?.getTime()).toBeGreaterThan(Date.now());
    expect((await readFeed(userId, id))?.nextReason).toMatch(/1st failure in a row|the server asked/);
  });

  it('a feed that is gone is not asked for again', async () => {
    const status = await stage.current.untilStatus(ids['410'] ?? 0, 'gone');
    expect(status).toMatchObject({ error: { code: 'http-410' }, nextFetchAt: null });
  });

  it('waits as long as the server asks', async () => {
    const status = await stage.current.untilStatus(ids['429'] ?? 0, 'failing');
    const minutes = ((status.nextFetchAt?.getTime() ?? 0) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(115);
  });

  it('tries again when asked to, and is ready when the server has recovered', async () => {
    const { server, userId, untilStatus } = stage.current;
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    const id = ids['500'] ?? 0;
    await untilStatus(id, 'failing');
    expect(await refreshFeed({ userId, feedId: id })).toEqual({ ok: true });
    await eventually(async () => (await readAttempts(id)) === 2, 'a second attempt');
    expect(await untilStatus(id, 'failing')).toMatchObject({ attempt: 2 });
    server.serve('/500', { body: writeRss('Well again', makeItems(3)) });
    await refreshFeed({ userId, feedId: id });
    expect(await untilStatus(id, 'ready')).toMatchObject({ itemCount: 3, attempt: 0, error: null });
  });

  it('logs each attempt', async () => {
    await stage.current.untilStatus(ids['404'] ?? 0, 'failing');
    const { openStore } = await import('@/lib/store/client');
    const [attempt] = await openStore().fetch.findMany({ where: { feedId: ids['404'] ?? 0 } });
    expect(attempt).toMatchObject({ outcome: 'FAILED', httpStatus: 404, attempt: 1, errorCode: 'http-404' });
    expect(attempt?.nextReason).toMatch(/1st failure/);
  });

  it('logs how far an attempt came that broke', async () => {
    const { openStore } = await import('@/lib/store/client');
    const readLog = async (name: string) => {
      await stage.current.untilStatus(ids[name] ?? 0, 'failing');
      const where = { feedId: ids[name] ?? 0 };
      return openStore().fetch.findFirstOrThrow({ where, orderBy: { id: 'asc' } });
    };
    const nothing = { httpStatus: null, bytes: 0, waitMs: null, downloadMs: null, parseMs: null };
    expect(await readLog('refused')).toMatchObject({ ...nothing, connectMs: expect.any(Number) });
    expect(await readLog('tls')).toMatchObject({ ...nothing, connectMs: expect.any(Number) });
    const hang = await readLog('hang');
    expect(hang).toMatchObject({ httpStatus: null, bytes: 0, downloadMs: null });
    expect(Number(hang.connectMs) + Number(hang.waitMs)).toBeGreaterThanOrEqual(TIMEOUT_MS - 10);
    const drip = await readLog('drip');
    expect(drip.httpStatus).toBe(200);
    expect(drip.bytes).toBeGreaterThan(10);
    expect(drip.downloadMs).toBeGreaterThan(TIMEOUT_MS / 2);
    expect(await readLog('cut')).toMatchObject({ httpStatus: 200, bytes: 100 });
  });

  it('nobody else can have a feed tried again', async () => {
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    const stranger = stage.current.userId + 1;
    expect(await refreshFeed({ userId: stranger, feedId: ids['404'] ?? 0 })).toEqual({ ok: false });
  });
});

async function readAttempts(feedId: number): Promise<number> {
  const { openStore } = await import('@/lib/store/client');
  return openStore().fetch.count({ where: { feedId } });
}
