import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { useStage } from '../support/stage';

const stage = useStage('postgres');

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

it('tells what is wrong with us while it is, and nothing else', async () => {
  const { beat } = await import('@/lib/store/workers');
  const { openStore } = await import('@/lib/store/client');
  const worker = { id: randomUUID(), host: 'here', pid: 1 };
  await untilTold(['no-worker']);
  await beat(worker);
  await untilTold([]);
  const nextFetchAt = new Date(Date.now() - 185_000);
  await openStore().feed.create({
    data: { url: 'https://late.example/', host: 'late.example' },
  });
  await openStore().feedSchedule.updateMany({ data: { nextFetchAt, sweepAt: nextFetchAt } });
  await untilTold(['behind']);
  await openStore().feed.deleteMany();
  await untilTold([]);
});

it('keeps no page waiting for a database that hangs, and asks it one question at a time', async () => {
  const { findTroubles } = await import('@/lib/service/find-troubles');
  const { beat } = await import('@/lib/store/workers');
  const blocker = new pg.Client({ connectionString: stage.current.env.DATABASE_URL });
  await blocker.connect();
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
  await beat({ id: randomUUID(), host: 'here', pid: 1 });
  await untilTold([]);
});

it('tells a database that is slow again and again', async () => {
  const { beat } = await import('@/lib/store/workers');
  const brake = new pg.Client({ connectionString: stage.current.env.DATABASE_URL });
  await brake.connect();
  let braking = true;
  const braked = (async () => {
    while (braking) await brake.query('BEGIN; LOCK TABLE feed_schedules; SELECT pg_sleep(2); COMMIT');
  })();
  await beat({ id: randomUUID(), host: 'here', pid: 1 });
  await untilTold(['database-slow']);
  braking = false;
  await braked;
  await brake.end();
  await beat({ id: randomUUID(), host: 'here', pid: 1 });
  await untilTold([]);
});
