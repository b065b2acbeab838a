import { describe, expect, it } from 'vitest';
import { emptyTablesAt } from '../support/empty-tables';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { type Backend, type Stage, useStage } from '../support/stage';
import { usePostgres } from '../support/use-postgres';

/** A claim runs out after 20 s and the sweep comes every 2 s; the rest is for a busy machine. */
const RECOVERY_MS = 60_000;

async function submit({ server, userId }: Stage, path: string): Promise<number> {
  const { subscribe } = await import('@/lib/service/subscribe');
  const result = await subscribe({ userId, address: `${server.origin}${path}` });
  if (!result.ok) throw new Error(result.message);
  return result.feedId;
}

/** @returns how many items of a feed are stored, and how many different ones. */
async function countItems(feedId: number): Promise<{ stored: number; different: number }> {
  const { openStore } = await import('@/lib/store/client');
  const rows = await openStore().item.findMany({ where: { feedId }, select: { title: true } });
  return { stored: rows.length, different: new Set(rows.map((row) => row.title)).size };
}

const FIFTY = { stored: 50, different: 50 };

describe.each<Backend>(['postgres', 'redis'])('recovery, on %s', (backend) => {
  const stage = useStage(backend);

  it('a worker told to stop hands back what it has, within ten seconds', async () => {
    const { server, startWorker, untilStatus } = stage.current;
    server.serve('/stopped', ({ count }) =>
      count === 1 ? { hang: true } : { body: writeRss('Handed back', makeItems(50)) },
    );
    const leaving = await startWorker();
    const feedId = await submit(stage.current, '/stopped');
    await eventually(() => server.count('/stopped') === 1, 'the first request');
    const told = Date.now();
    expect(await leaving.end('SIGTERM')).toBe(0);
    expect(Date.now() - told).toBeLessThan(10_000);
    // Nobody has it, so that the next worker need not wait for a claim to run out.
    await untilStatus(feedId, 'queued');
    const next = await startWorker();
    await untilStatus(feedId, 'ready', 10_000);
    expect(await countItems(feedId)).toEqual(FIFTY);
    await next.end('SIGTERM');
  });

  it('finishes what it has when told to stop, where that is soon', async () => {
    const { server, startWorker, untilStatus } = stage.current;
    server.serve('/finishing', { body: writeRss('Finished', makeItems(50)), delayMs: 1500 });
    const leaving = await startWorker();
    const feedId = await submit(stage.current, '/finishing');
    await eventually(() => server.count('/finishing') === 1, 'the request');
    expect(await leaving.end('SIGTERM')).toBe(0);
    await untilStatus(feedId, 'ready', 100);
    expect(server.count('/finishing')).toBe(1);
  });

  it('feeds added while no worker lives are read when one comes', async () => {
    const { server, startWorker, untilStatus } = stage.current;
    const ids: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      server.serve(`/early-${index}`, { body: writeRss(`Early ${index}`, makeItems(50)) });
      ids.push(await submit(stage.current, `/early-${index}`));
    }
    const worker = await startWorker();
    for (const id of ids) {
      await untilStatus(id, 'ready');
      expect(await countItems(id)).toEqual(FIFTY);
    }
    await worker.end('SIGTERM');
  });

  it('a queue that is lost loses no feed', async () => {
    const { server, startWorker, untilStatus, redis } = stage.current;
    const ids: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      server.serve(`/lost-${index}`, { body: writeRss(`Lost ${index}`, makeItems(50)) });
      ids.push(await submit(stage.current, `/lost-${index}`));
    }
    if (redis) await redis.flush();
    else await emptyPostgresQueue();
    const worker = await startWorker();
    for (const id of ids) await untilStatus(id, 'ready', RECOVERY_MS);
    if (redis) await redis.flush();
    else await emptyPostgresQueue();
    // The running worker goes on with an emptied queue.
    server.serve('/after', { body: writeRss('After', makeItems(50)) });
    const after = await submit(stage.current, '/after');
    await untilStatus(after, 'ready', RECOVERY_MS);
    for (const id of [...ids, after]) expect(await countItems(id)).toEqual(FIFTY);
    await worker.end('SIGTERM');
  });

  it('goes on after its database was away', async () => {
    const { server, startWorker, untilStatus } = stage.current;
    server.serve('/before', { body: writeRss('Before', makeItems(50)) });
    const worker = await startWorker();
    await untilStatus(await submit(stage.current, '/before'), 'ready');
    await usePostgres().restart();
    server.serve('/restarted', { body: writeRss('Restarted', makeItems(50)) });
    const feedId = await eventually(
      () => submit(stage.current, '/restarted').catch(() => null),
      'a submit after the restart',
    );
    await untilStatus(feedId, 'ready', RECOVERY_MS);
    expect(await countItems(feedId)).toEqual(FIFTY);
    await worker.end('SIGTERM');
  });
});

describe('recovery from a queue that is away, on redis', () => {
  const stage = useStage('redis');

  it('a worker told to stop meanwhile hands back what it has', async () => {
    const { server, startWorker, untilStatus, redis } = stage.current;
    server.serve('/left', { hang: true });
    const worker = await startWorker();
    const feedId = await submit(stage.current, '/left');
    await eventually(() => server.count('/left') === 1, 'the first request');
    await redis?.stop();
    const told = Date.now();
    await worker.end('SIGTERM');
    expect(Date.now() - told).toBeLessThan(10_000);
    await untilStatus(feedId, 'queued', 100);
    await redis?.start();
  });

  it('adding a feed is quick while Redis is away, and the feed is read when it is back', async () => {
    const { server, startWorker, untilStatus, redis } = stage.current;
    const worker = await startWorker();
    await redis?.stop();
    const ids: number[] = [];
    for (let index = 0; index < 10; index += 1) {
      server.serve(`/away-${index}`, { body: writeRss(`Away ${index}`, makeItems(50)) });
      const begun = Date.now();
      ids.push(await submit(stage.current, `/away-${index}`));
      expect(Date.now() - begun).toBeLessThan(500);
    }
    await redis?.start();
    for (const id of ids) {
      await untilStatus(id, 'ready', RECOVERY_MS);
      expect(await countItems(id)).toEqual(FIFTY);
    }
    await worker.end('SIGTERM');
  });
});

const emptyPostgresQueue = () => emptyTablesAt(process.env.DATABASE_URL, 'bullmq.job, bullmq.dedup');
