import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { importFeeds } from '../support/import-feeds';
import { type Backend, useStage } from '../support/stage';

describe.each<Backend>(['postgres', 'redis'])('troubles, on %s', (backend) => {
  const stage = useStage(backend);
  let stopWorker: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await stopWorker?.();
    stopWorker = undefined;
  });

  async function untilTold(codes: string[], patienceMs = 4000) {
    const { findTroubles } = await import('@/lib/service/find-troubles');
    await eventually(
      async () => {
        const troubles = await findTroubles(patienceMs);
        return troubles.map((trouble) => trouble.code).join() === codes.join();
      },
      `told: ${codes.join() || 'nothing'}`,
    );
  }

  /** A worker that does nothing but live: one that beats once only is dead before a busy machine has looked twice. */
  async function startIdleWorker(): Promise<void> {
    const { startHeartbeat } = await import('@/workers/heartbeat');
    stopWorker = await startHeartbeat(() => 0);
  }

  /** As a process that has just started: what was found would hold for two seconds. */
  async function untilToldAfresh(codes: string[]) {
    delete (globalThis as { tidingsCheckup?: unknown }).tidingsCheckup;
    await untilTold(codes);
  }

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: stage.current.env.DATABASE_URL });
    await client.connect();
    return client;
  }

  it('tells what is wrong with us while it is, and nothing else', async () => {
    const { openStore } = await import('@/lib/store/client');
    await untilToldAfresh(['no-worker']);
    await startIdleWorker();
    await untilToldAfresh([]);
    const nextFetchAt = new Date(Date.now() - 185_000);
    await openStore().feed.create({
      data: { url: 'https://late.example/', host: 'late.example' },
    });
    await openStore().feedSchedule.updateMany({ data: { nextFetchAt, sweepAt: nextFetchAt } });
    await untilToldAfresh(['behind']);
    await openStore().feed.deleteMany();
    await untilToldAfresh([]);
  });

  it('a host that hangs makes nobody late, and what waits for us in its line does', async () => {
    const { openStore } = await import('@/lib/store/client');
    const { claimFeeds } = await import('@/lib/store/claim-feeds');
    const { measureBacklog } = await import('@/lib/store/sweep-feeds');
    const db = openStore();
    const host = 'hangs.example';
    const polite = { atOnce: 2, perMinute: 60 };
    await importFeeds(
      stage.current.userId,
      Array.from({ length: 12 }, (_, index) => `https://${host}/${index}`),
    );
    const feeds = await db.feed.findMany({ where: { host } });
    const first = await claimFeeds({ feedIds: feeds.map(({ id }) => id), hosts: [] }, polite);
    expect(first).toHaveLength(2);
    const line = { host, claim: null, slotAt: { lte: new Date() } };
    expect(await db.feedSchedule.count({ where: line })).toBe(8);
    // Minutes pass, in which both are asked for; then they give up, and the next two are taken out of the line.
    await db.$executeRaw`
      UPDATE feed_schedules SET next_fetch_at = next_fetch_at - interval '10 minutes', slot_at = slot_at - interval '10 minutes'`;
    expect((await measureBacklog()).oldestSeconds).toBeLessThan(30);
    await db.feed.deleteMany({ where: { id: { in: first.map(({ id }) => id) } } });
    expect(await claimFeeds({ feedIds: [], hosts: [host] }, polite)).toHaveLength(2);
    const backlog = await measureBacklog();
    expect(backlog.due).toBe(10);
    expect(backlog.oldestSeconds).toBeLessThan(30);
    await startIdleWorker();
    await untilToldAfresh([]);
    // The sweep has not come to look after the line.
    const sweepAt = new Date(Date.now() - 185_000);
    await db.feedSchedule.updateMany({ where: { host, claim: null }, data: { sweepAt } });
    await untilToldAfresh(['behind']);
    await db.feedSchedule.updateMany({ where: { host, claim: null }, data: { sweepAt: new Date() } });
    await untilToldAfresh([]);
    // A worker has died, and nobody takes what it had.
    await db.feedSchedule.updateMany({
      where: { host, claim: { not: null } },
      data: { claimUntil: sweepAt, sweepAt },
    });
    await untilToldAfresh(['behind']);
    await db.feed.deleteMany();
  });

  it('keeps no page waiting for a database that hangs, and asks it one question at a time', async () => {
    const { findTroubles } = await import('@/lib/service/find-troubles');
    const blocker = await connect();
    await blocker.query('BEGIN; LOCK TABLE feed_schedules IN ACCESS EXCLUSIVE MODE');
    await untilTold(['database-down'], 50);
    const start = performance.now();
    await findTroubles(50);
    expect(performance.now() - start).toBeLessThan(500);
    await untilTold(['database-down']);
    const { rows } = await blocker.query(
      "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
    );
    expect(rows[0]).toEqual({ waiting: 1 });
    await blocker.query('COMMIT');
    await blocker.end();
    await startIdleWorker();
    await untilTold([]);
  });

  it('tells a database that is slow again and again', async () => {
    const brake = await connect();
    const watch = await connect();
    await startIdleWorker();
    let braking = true;
    /** Whether somebody has waited for the brake long enough to be called slow. */
    const isFelt = async () => {
      const { rowCount } = await watch.query(`
        SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
          AND clock_timestamp() - query_start > interval '600 milliseconds'`);
      return !braking || rowCount === 1;
    };
    // Released when a question has waited for it, and not by the clock: questions come by a clock of their own, and two
    // of the same pace may miss each other for ever.
    const braked = (async () => {
      while (braking) {
        await brake.query('BEGIN; LOCK TABLE feed_schedules');
        await eventually(isFelt, 'a question waits');
        await brake.query('COMMIT');
      }
    })();
    await untilTold(['database-slow']);
    braking = false;
    await braked;
    await Promise.all([brake.end(), watch.end()]);
    await untilTold([]);
  });
});
