import { openStore } from './client';
import { Prisma } from './generated/client';

/** Spells SWEE: whoever holds it sweeps, everybody else goes on. */
const SWEEP_LOCK = 0x53574545;

/** A feed found due is looked at again after this long, in case its job was lost. */
const LOOK_AGAIN = '30 seconds';

export interface DueFeed {
  id: number;
  /** Whether a person is waiting for it. */
  requested: boolean;
}

/** How many feeds a round of the sweep may find. */
export interface SweepRoom {
  /** Of those that people wait for. */
  wished: number;
  /** Of all others. */
  background: number;
}

const takeDue = (condition: Prisma.Sql, limit: number) => Prisma.sql`
  SELECT feed_id FROM feed_schedules WHERE ${condition} AND sweep_at <= now() AND (SELECT mine FROM turn)
  ORDER BY sweep_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`;

/** @returns the query of a round of the sweep, or its plan (`EXPLAIN (ANALYZE, BUFFERS)`), which runs it too. */
export function findDueFeeds({ wished, background }: SweepRoom, { explain = false } = {}): Prisma.Sql {
  return Prisma.sql`
    ${explain ? Prisma.sql`EXPLAIN (ANALYZE, BUFFERS)` : Prisma.empty}
    WITH turn AS MATERIALIZED (
      SELECT pg_try_advisory_xact_lock(${SWEEP_LOCK}::bigint) AS mine
    ), wish AS (${takeDue(Prisma.sql`requested_at IS NOT NULL`, wished)}
    ), refresh AS (${takeDue(Prisma.sql`requested_at IS NULL`, background)}
    ), due AS (
      SELECT feed_id FROM wish UNION ALL SELECT feed_id FROM refresh
    )
    UPDATE feed_schedules s SET sweep_at = now() + ${LOOK_AGAIN}::interval FROM due WHERE s.feed_id = due.feed_id
    RETURNING s.feed_id AS id, requested_at IS NOT NULL AS requested`;
}

/**
 * Finds feeds that are due: never fetched, due again, or claimed by a worker that died; longest due first. Those that
 * people wait for are found however many others are due. One process in the cluster does so at a time, and none finds
 * what another has just found.
 */
export async function sweepDueFeeds(room: SweepRoom): Promise<DueFeed[]> {
  return openStore().$queryRaw<DueFeed[]>(findDueFeeds(room));
}

/**
 * Every feed that is due is to be looked at within 30 seconds: when it was swept (`LOOK_AGAIN`), or when its claim ends
 * (`CLAIM_MS`). So one index tells of both.
 *
 * A feed is late while it waits for us: not while it is fetched, nor in the line of a host that is slow, where it is
 * late only when the sweep does not come to look after it.
 *
 * @returns how many feeds are due now, counted up to 10,000, and for how many seconds the longest has waited
 *   for us.
 */
export async function measureBacklog(): Promise<{ due: number; oldestSeconds: number }> {
  const rows = await openStore().$queryRaw<{ due: number; oldestSeconds: number | null }[]>`
    SELECT count(*)::int AS due, extract(epoch FROM now() - min(late_since))::float8 AS "oldestSeconds"
    FROM (SELECT CASE WHEN claim_until > now() THEN NULL WHEN slot_at IS NULL THEN next_fetch_at
            ELSE LEAST(sweep_at, now()) END AS late_since
          FROM feed_schedules WHERE sweep_at <= now() + ${LOOK_AGAIN}::interval AND next_fetch_at <= now()
          ORDER BY sweep_at LIMIT 10000) AS waiting`;
  return { due: rows[0]?.due ?? 0, oldestSeconds: rows[0]?.oldestSeconds ?? 0 };
}
