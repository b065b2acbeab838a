import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
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

  it('a fetch that takes long keeps its claim: nobody else asks the server meanwhile', async () => {
    const { server, startWorker, untilStatus } = stage.current;
    server.serve('/long', { body: writeRss('Long', makeItems(5)), delayMs: LONG_MS });
    const workers = await Promise.all([startWorker(), startWorker()]);
    const feedId = await submit('/long');
    expect(await untilStatus(feedId, 'ready', 60_000)).toMatchObject({ itemCount: 5 });
    expect(server.count('/long')).toBe(1);
    expect(await readAttempts(feedId)).toHaveLength(1);
    for (const worker of workers) await worker.end('SIGTERM');
  });

  it('a worker that was suspended past its claim asks and writes nothing when it wakes up', async () => {
    const { server, startWorker, untilStatus } = stage.current;
    // Answers while the worker is suspended: it wakes up with a redirect to follow.
    server.serve('/sent-on', ({ count }) =>
      count === 1
        ? { status: 302, headers: { location: '/onward' }, delayMs: 15_000 }
        : { body: writeRss('Not sent on', makeItems(5)) },
    );
    server.serve('/suspended', ({ count }) =>
      count === 1 ? { hang: true } : { body: writeRss('Taken over', makeItems(5)) },
    );
    const sleeper = await startWorker();
    const feedId = await submit('/suspended');
    const sentOn = await submit('/sent-on');
    await eventually(() => server.count('/suspended') + server.count('/sent-on') === 2, 'the first requests');
    sleeper.child.kill('SIGSTOP');
    const heir = await startWorker();
    expect(await untilStatus(feedId, 'ready', 60_000)).toMatchObject({ title: 'Taken over', itemCount: 5 });
    expect(await untilStatus(sentOn, 'ready', 60_000)).toMatchObject({ title: 'Not sent on' });
    sleeper.child.kill('SIGCONT');
    server.release(writeRss('Too late', makeItems(50, 'late')));
    for (const lost of [feedId, sentOn])
      await eventually(
        () => sleeper.output().includes(`"feedId":${lost},"outcome":"lost"`),
        'the sleeper notices',
      );
    expect(server.count('/onward')).toBe(0);
    expect(await untilStatus(feedId, 'ready')).toMatchObject({ title: 'Taken over', itemCount: 5 });
    expect(await readAttempts(feedId)).toHaveLength(1);
    await heir.end('SIGTERM');
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
    const { server, startWorker, untilStatus } = stage.current;
    const { openStore } = await import('@/lib/store/client');
    server.serve('/recovers', ({ count }) =>
      count === 1 ? { status: 503 } : { body: writeRss('Recovered', makeItems(5)) },
    );
    const worker = await startWorker();
    const feedId = await submit('/recovers');
    const failed = await untilStatus(feedId, 'failing');
    const wait = (failed.nextFetchAt?.getTime() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThan(75_000);
    // The minute passes.
    await openStore().$executeRaw`
    UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now() WHERE feed_id = ${feedId}`;
    expect(await untilStatus(feedId, 'ready')).toMatchObject({ itemCount: 5, attempt: 0 });
    await worker.end('SIGTERM');
  });
});
