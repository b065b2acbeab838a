import { hostname } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { type Backend, type Stage, useStage } from '../support/stage';

async function submit({ server, userId }: Stage, path: string): Promise<number> {
  const { subscribe } = await import('@/lib/service/subscribe');
  const result = await subscribe({ userId, address: `${server.origin}${path}` });
  if (!result.ok) throw new Error(result.message);
  return result.feedId;
}

const look = async () => (await import('@/lib/service/oversee-fetching')).readFetching();

/** Once it is as wanted, how fetching fares. */
const untilSeen = (isWanted: (view: Awaited<ReturnType<typeof look>>) => boolean, what: string) =>
  eventually(async () => {
    const view = await look();
    return isWanted(view) ? view : null;
  }, what);

const countJobs = (view: Awaited<ReturnType<typeof look>>) =>
  (view.queue?.queues ?? []).map(({ name, waiting }) => [name, waiting]);

async function troubles(): Promise<string[]> {
  const { findTroubles } = await import('@/lib/service/find-troubles');
  return (await findTroubles(4000)).map(({ code }) => code);
}

/** Has a feed due since a while ago, as if its time had come; the sweep is to find it `sweepAt`. */
async function makeDue(feedId: number, sweepAt = new Date()): Promise<void> {
  const { openStore } = await import('@/lib/store/client');
  const nextFetchAt = new Date(Date.now() - 90_000);
  await openStore().feedSchedule.updateMany({ where: { feedId }, data: { nextFetchAt, sweepAt } });
}

/** Waits until a worker has counted so many feeds that are due: it has looked whether it is paused just before. */
const untilCounted = (worker: { healthPort: number }, due: number) =>
  eventually(async () => {
    const metrics = await fetch(`http://127.0.0.1:${worker.healthPort}/metrics`);
    return (await metrics.text()).includes(`\ntidings_due_feeds ${due}\n`);
  }, `the worker counts ${due} due feeds`);

/** Waits until the one worker has said that it is alive. */
async function untilBeat(): Promise<void> {
  const { openStore } = await import('@/lib/store/client');
  const before = await openStore().worker.findFirstOrThrow();
  await eventually(async () => {
    const { beatAt } = await openStore().worker.findFirstOrThrow();
    return beatAt > before.beatAt;
  }, 'the worker beats');
}

/** Puts feeds on the queues, as a sweep does. */
async function enqueue(feeds: { id: number; requested: boolean }[]): Promise<void> {
  const { startConsumer } = await import('@/lib/queue/consumer');
  const refuse = () => Promise.reject(new Error('This one takes none.'));
  const consumer = startConsumer({ fetch: refuse, fetchMany: refuse, refresh: refuse });
  await consumer.enqueueAll(feeds).finally(() => consumer.close());
}

describe.each<Backend>(['postgres', 'redis'])('fetching as seen from outside, on %s', (backend) => {
  const stage = useStage(backend);

  it('tells of jobs that failed, and no secret', async () => {
    const { startConsumer } = await import('@/lib/queue/consumer');
    const fail = async () => {
      throw new Error('connect ECONNREFUSED\n postgres://tidings:hunter2@db.example/tidings');
    };
    const consumer = startConsumer({ fetch: fail, fetchMany: fail, refresh: fail });
    onTestFinished(() => consumer.close());
    const begun = await untilSeen(({ queue }) => queue !== null, 'the queue answers');
    expect(begun.queue?.failed).toEqual([]);
    await consumer.enqueueAll([1, 2, 3].map((id) => ({ id, requested: false })));
    const view = await untilSeen(
      ({ queue }) => queue?.failed.length === 1 && queue.queues.some(({ failed }) => failed === 1),
      'a failed job',
    );
    expect(view.queue?.failed).toEqual([
      {
        queue: 'refresh',
        at: expect.any(Date),
        feeds: 3,
        reason: 'connect ECONNREFUSED postgres://[Redacted]@db.example/tidings',
      },
    ]);
    expect(view.queue?.queues).toMatchObject([
      { name: 'fetch', failed: 0 },
      { name: 'wanted', failed: 0 },
      { name: 'refresh', failed: 1 },
    ]);
    expect(view.workers).toEqual([]);
  });

  it('tells which worker is at work on how much', async () => {
    const { server, startWorker } = stage.current;
    server.serve('/held', ({ count }) =>
      count === 1 ? { hang: true } : { body: writeRss('Held', makeItems(3)) },
    );
    const worker = await startWorker();
    await submit(stage.current, '/held');
    const view = await untilSeen(({ workers }) => workers[0]?.atWork === 1, 'a worker that fetches one feed');
    expect(view.workers).toMatchObject([{ pid: expect.any(Number), host: hostname() }]);
    expect(Date.now() - (view.workers[0]?.startedAt.getTime() ?? 0)).toBeLessThan(60_000);
    server.release(writeRss('Held', makeItems(3)));
    await worker.end('SIGTERM');
    expect((await look()).workers).toEqual([]);
  });

  it('fetches nothing while it is paused, fills no queue, and forgets nothing', async () => {
    const { pauseFetching, resumeFetching } = await import('@/lib/service/oversee-fetching');
    const { server, startWorker, untilStatus } = stage.current;
    const { BATCH } = await import('@/lib/queue/jobs');
    const { openStore } = await import('@/lib/store/client');
    await openStore().feed.deleteMany();
    server.serve('/known', { body: writeRss('Known', makeItems(3)) });
    server.serve('/new', { body: writeRss('New', makeItems(3)) });
    const worker = await startWorker();
    const known = await submit(stage.current, '/known');
    await untilStatus(known, 'ready');
    const before = server.count('/known');
    const failed = (await untilSeen(({ queue }) => queue !== null, 'the queue answers')).queue?.failed;
    await eventually(async () => (await troubles()).length === 0, 'all well');

    expect(await pauseFetching()).toBe(true);
    expect((await look()).queue?.paused).toBe(true);
    await eventually(async () => (await troubles()).join() === 'paused', 'told that it is paused');
    // Until the worker has noticed, it may still enqueue: there is nothing to be swept yet.
    await untilCounted(worker, 0);
    await makeDue(known, new Date(Date.now() + 25_000));
    await untilCounted(worker, 1);
    const added = await submit(stage.current, '/new');
    await makeDue(known);
    await untilSeen((view) => countJobs(view)[0]?.[1] === 1, 'the job that waits');
    await untilCounted(worker, 2);
    // Nor is taken what is in the other queues: of many that somebody waits for, and of what is due.
    await enqueue([{ id: known, requested: false }]);
    await enqueue(Array.from({ length: BATCH + 1 }, () => ({ id: added, requested: true })));
    // Sweeps go on ten times a second meanwhile.
    await untilBeat();
    const view = await look();
    expect(countJobs(view)).toEqual([
      ['fetch', 1],
      ['wanted', 2],
      ['refresh', 1],
    ]);
    expect(view.due).toBe(2);
    expect(view.oldestSeconds).toBeGreaterThan(90);
    expect([server.count('/known'), server.count('/new')]).toEqual([before, 0]);

    expect(await resumeFetching()).toBe(true);
    await untilStatus(added, 'ready');
    await eventually(() => server.count('/known') > before, 'the feed that was due is fetched');
    const { queue } = await untilSeen((seen) => seen.queue !== null, 'the queue answers');
    expect(queue).toMatchObject({ paused: false, failed });
    await eventually(async () => (await troubles()).length === 0, 'all well again');
    await worker.end('SIGTERM');
  });

  it('enqueues nothing by itself from the moment on in which it is paused', async () => {
    const { pauseFetching, resumeFetching } = await import('@/lib/service/oversee-fetching');
    const { server, startWorker, untilStatus } = stage.current;
    const worker = await startWorker();
    const added: number[] = [];
    for (const path of ['/first', '/second', '/third']) {
      server.serve(path, { body: writeRss(path, makeItems(1)) });
      await untilCounted(worker, 0);
      const waiting = countJobs(await look());
      expect(await pauseFetching()).toBe(true);
      added.push(await submit(stage.current, path));
      await untilCounted(worker, 1);
      expect(countJobs(await look())).toEqual(
        waiting.map(([name, jobs]) => [name, Number(jobs) + Number(name === 'fetch')]),
      );
      expect(await resumeFetching()).toBe(true);
      await untilStatus(added.at(-1) ?? 0, 'ready');
    }
    await worker.end('SIGTERM');
  });

  it.skipIf(backend === 'postgres')('answers at once while the queue is away, and says so', async () => {
    const { pauseFetching } = await import('@/lib/service/oversee-fetching');
    const { redis } = stage.current;
    await redis?.stop();
    for (let time = 0; time < 3; time++) {
      const begun = performance.now();
      expect((await look()).queue).toBeNull();
      expect(performance.now() - begun).toBeLessThan(1000);
    }
    expect(await pauseFetching()).toBe(false);
    await eventually(async () => (await troubles()).join() === 'no-worker', 'told what is known');
    await redis?.start();
    await untilSeen(({ queue }) => queue !== null, 'the queue again');
  });
});
