import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FetchContext } from '@/workers/fetch-context';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import type { TestProcess } from '../support/processes';
import { type Backend, useStage } from '../support/stage';

describe.each<Backend>(['postgres', 'redis'])('claims, on %s', (backend) => {
  const stage = useStage(backend);

  /** Longer than a claim holds unless it is renewed. */
  const LONG_MS = 24_000;

  async function submit(path: string): Promise<number> {
    const { server, userId } = stage.current;
    const { subscribe } = await import('@/lib/service/subscribe');
    const result = await subscribe({ userId, address: `${server.origin}${path}` });
    if (!result.ok) throw new Error(result.message);
    return result.feedId;
  }

  async function readAttempts(feedId: number) {
    const { openStore } = await import('@/lib/store/client');
    return openStore().fetch.findMany({ where: { feedId }, orderBy: { id: 'asc' } });
  }

  /** Whoever is killed, stopped or slow, is so from the beginning: claims run out while others are looked at. */
  let killed: number;
  let suspended: number;
  let sentOn: number;
  let long: number;
  let sleeper: TestProcess;
  let workers: TestProcess[];

  beforeAll(async () => {
    const { server, startWorker, untilStatus } = stage.current;
    const hangOnce =
      (body: string) =>
      ({ count }: { count: number }) =>
        count === 1 ? { hang: true } : { body };
    server.serve('/killed', hangOnce(writeRss('Survivor', makeItems(50))));
    server.serve('/suspended', hangOnce(writeRss('Taken over', makeItems(5))));
    // Answers while the worker is suspended: it wakes up with a redirect to follow.
    server.serve('/sent-on', ({ count }) =>
      count === 1
        ? { status: 302, headers: { location: '/onward' }, delayMs: 15_000 }
        : { body: writeRss('Not sent on', makeItems(5)) },
    );
    server.serve('/long', { body: writeRss('Long', makeItems(5)), delayMs: LONG_MS });
    const victim = await startWorker();
    killed = await submit('/killed');
    await eventually(() => server.count('/killed') === 1, 'the first request', 40_000);
    await untilStatus(killed, 'fetching', 40_000);
    await victim.end('SIGKILL');
    sleeper = await startWorker();
    suspended = await submit('/suspended');
    sentOn = await submit('/sent-on');
    const asked = () => server.count('/suspended') + server.count('/sent-on');
    await eventually(() => asked() === 2, 'the first requests', 40_000);
    sleeper.child.kill('SIGSTOP');
    long = await submit('/long');
    workers = await Promise.all([startWorker(), startWorker()]);
  }, 180_000);
  afterAll(() => Promise.all(workers.map((worker) => worker.end('SIGTERM'))));

  it('a worker killed in mid-fetch loses nothing: another one takes over', async () => {
    await stage.current.untilStatus(killed, 'ready', 60_000);
    const { openStore } = await import('@/lib/store/client');
    const items = await openStore().item.findMany({ where: { feedId: killed }, select: { title: true } });
    expect(items).toHaveLength(50);
    expect(new Set(items.map(({ title }) => title)).size).toBe(50);
  });

  it('a worker that was suspended past its claim asks and writes nothing when it wakes up', async () => {
    const { server, untilStatus } = stage.current;
    const found = { title: 'Taken over', itemCount: 5 };
    expect(await untilStatus(suspended, 'ready', 60_000)).toMatchObject(found);
    expect(await untilStatus(sentOn, 'ready', 60_000)).toMatchObject({ title: 'Not sent on' });
    sleeper.child.kill('SIGCONT');
    server.release(writeRss('Too late', makeItems(50, 'late')));
    for (const lost of [suspended, sentOn])
      await eventually(
        () => sleeper.output().includes(`"feedId":${lost},"outcome":"lost"`),
        'the sleeper notices',
      );
    expect(server.count('/onward')).toBe(0);
    expect(await untilStatus(suspended, 'ready')).toMatchObject(found);
    expect(await readAttempts(suspended)).toHaveLength(1);
    expect(await sleeper.end('SIGTERM')).toBe(0);
  });

  it('a fetch that takes long keeps its claim: nobody else asks the server meanwhile', async () => {
    expect(await stage.current.untilStatus(long, 'ready', 60_000)).toMatchObject({ itemCount: 5 });
    expect(stage.current.server.count('/long')).toBe(1);
    expect(await readAttempts(long)).toHaveLength(1);
  });

  it('a process that is suspended in a transaction does not keep its rows for as long', async () => {
    const { Prisma } = await import('@/lib/store/generated/client');
    const { inBulkTransaction } = await import('@/lib/store/bulk-client');
    const { openStore } = await import('@/lib/store/client');
    const show = Prisma.sql`SELECT current_setting('idle_in_transaction_session_timeout') AS limit`;
    expect(await inBulkTransaction((tx) => tx.query(show))).toEqual([{ limit: '10s' }]);
    expect(await openStore().$queryRaw(show)).toEqual([{ limit: '10s' }]);
  });

  it('a feed that failed is tried again by itself, when its time has come', async () => {
    const { server, untilStatus } = stage.current;
    const { openStore } = await import('@/lib/store/client');
    server.serve('/recovers', ({ count }) =>
      count === 1 ? { status: 503 } : { body: writeRss('Recovered', makeItems(5)) },
    );
    const feedId = await submit('/recovers');
    const failed = await untilStatus(feedId, 'failing');
    const wait = (failed.nextFetchAt?.getTime() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThan(75_000);
    // The minute passes.
    await openStore().$executeRaw`
    UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now() WHERE feed_id = ${feedId}`;
    expect(await untilStatus(feedId, 'ready')).toMatchObject({ itemCount: 5, attempt: 0 });
  });
});

describe('a claim that runs out while nobody looks', () => {
  const stage = useStage('postgres');

  it('is noticed before the next request, and nothing is written', async () => {
    const { server, userId } = stage.current;
    const { parseEnv } = await import('@/lib/ops/env');
    const { CLAIM_MS, ...claims } = await import('@/lib/store/claims');
    const { claimFeeds, restHost } = await import('@/lib/store/claim-feeds');
    const { subscribe } = await import('@/lib/service/subscribe');
    const { openStore } = await import('@/lib/store/client');
    const { createDocumentPool } = await import('@/workers/document-pool');
    const { fetchFeed } = await import('@/workers/fetch-feed');
    const { openFetcher } = await import('@/workers/open-fetcher');
    const { startClaimKeeper } = await import('@/workers/claim-keeper');
    const env = parseEnv({ ...stage.current.env, FETCH_ALLOW_NETWORKS: '127.0.0.0/8' });
    const fetcher = openFetcher(env);
    const pool = createDocumentPool();
    const politeness = { atOnce: 2, perMinute: 60 };
    const parts: Omit<FetchContext, 'keeper'> = {
      fetch: fetcher.fetch,
      read: pool.read,
      politeness,
      visits: (await import('@/workers/host-visits')).createHostVisits(politeness, () => undefined),
      hubs: (await import('@/workers/hubs/follow-hubs')).createHubFollower(env),
      outage: (await import('@/workers/notice-outage')).createOutageNotice(),
      now: () => new Date(),
      random: Math.random,
      store: {
        ...claims,
        ...(await import('@/lib/store/acquit-feeds')),
        ...(await import('@/lib/store/fetch-marks')),
        ...(await import('@/lib/store/finish-fetch')),
        ...(await import('@/lib/store/finish-read')),
        ...(await import('@/lib/store/move-feed')),
        claimFeeds,
        restHost,
      },
    };
    server.serve('/slow', { status: 302, headers: { location: '/onward' }, delayMs: 1500 });
    server.serve('/onward', { body: writeRss('Not ours', makeItems(5)) });
    const added = await subscribe({ userId, address: `${server.origin}/slow` });
    const feedId = added.ok ? added.feedId : 0;
    const [feed] = await claimFeeds({ feedIds: [feedId], hosts: [] }, politeness);
    if (feed === undefined) throw new Error('The feed could not be claimed.');
    // The keeper looks every five seconds; the claim runs out before that, and before the redirect comes.
    const keeper = startClaimKeeper(claims.renewClaims);
    const context = { ...parts, keeper };
    const runningOut = { ...feed, heldFrom: performance.now() - CLAIM_MS + 1000 };
    expect(await fetchFeed(context, runningOut, new AbortController().signal, undefined)).toBe('lost');
    expect([server.count('/slow'), server.count('/onward')]).toEqual([1, 0]);
    expect(await openStore().fetch.count({ where: { feedId } })).toBe(0);
    keeper.stop();
    await Promise.all([fetcher.close(), pool.close()]);
  });
});
