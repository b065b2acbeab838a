import { beforeAll, describe, expect, it } from 'vitest';
import { writeRss } from '../support/feed-server';
import { type RawServer, startRawServer } from '../support/raw-server';
import { type Backend, useStage } from '../support/stage';

/** Every limit lower than it is by itself: what breaks one is told at once, and would pass without the setting. */
const SETTINGS = {
  FETCH_TIMEOUT_MS: '6000',
  FETCH_CONNECT_TIMEOUT_MS: '700',
  FETCH_IDLE_TIMEOUT_MS: '1000',
  FETCH_MAX_BYTES: '2048',
  FETCH_MAX_HEADER_BYTES: '1024',
  FETCH_MAX_REDIRECTS: '1',
};

const FEED = writeRss('Within', []).replace('</channel>', '<item><title>One</title></item></channel>');

describe.each<Backend>(['postgres', 'redis'])('settings of fetching, on %s', (backend) => {
  const stage = useStage(backend);
  let silent: RawServer;

  beforeAll(async () => {
    silent = await startRawServer(() => undefined);
    const { server, startWorker } = stage.current;
    await startWorker(SETTINGS);
    server.serve('/within', { body: FEED });
    server.serve('/pause', { body: FEED, drip: { bytes: 60, everyMs: 3000 } });
    server.serve('/drip', { body: FEED, drip: { bytes: 1, everyMs: 100 } });
    server.serve('/large', { body: FEED + ' '.repeat(2048) });
    server.serve('/headers', { body: FEED, headers: { 'x-large': 'y'.repeat(1500) } });
    server.serve('/one', { status: 302, headers: { location: '/within' } });
    server.serve('/two', { status: 302, headers: { location: '/one' } });
    return () => silent.close();
  });

  async function fetchOnce(address: string, wanted: 'ready' | 'failing') {
    const { subscribe } = await import('@/lib/service/subscribe');
    const { openStore } = await import('@/lib/store/client');
    const { userId, untilStatus } = stage.current;
    const result = await subscribe({ userId, address });
    if (!result.ok) throw new Error(result.message);
    const { error } = await untilStatus(result.feedId, wanted);
    const attempt = await openStore().fetch.findFirstOrThrow({ where: { feedId: result.feedId } });
    return { code: error?.code, ms: attempt.totalMs };
  }

  it.concurrent.each<[string, string, number, number]>([
    ['FETCH_IDLE_TIMEOUT_MS', '/pause', 900, 5500],
    ['FETCH_TIMEOUT_MS', '/drip', 5900, 9000],
  ])('%s cuts off %s', async (_setting, path, least, most) => {
    const { code, ms } = await fetchOnce(stage.current.server.origin + path, 'failing');
    expect(code).toBe('timeout');
    expect(ms).toBeGreaterThan(least);
    expect(ms).toBeLessThan(most);
  });

  it.concurrent('FETCH_CONNECT_TIMEOUT_MS cuts off a server that makes no connection', async () => {
    const { code, ms } = await fetchOnce(`https://${silent.host}/`, 'failing');
    expect(code).toBe('timeout');
    expect(ms).toBeLessThan(4000);
  });

  it.concurrent.each<[string, string, string]>([
    ['FETCH_MAX_BYTES', '/large', 'too-large'],
    ['FETCH_MAX_HEADER_BYTES', '/headers', 'bad-response'],
    ['FETCH_MAX_REDIRECTS', '/two', 'redirect-loop'],
  ])('%s refuses %s', async (_setting, path, code) => {
    expect(await fetchOnce(stage.current.server.origin + path, 'failing')).toMatchObject({ code });
  });

  it.concurrent('what is within all of them is read', async () => {
    expect(await fetchOnce(`${stage.current.server.origin}/one`, 'ready')).toMatchObject({ code: undefined });
  });
});
