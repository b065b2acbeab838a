import { queryBulk } from './bulk-client';
import { Prisma } from './generated/client';
import { ALL_LOCKED, withHostsLocked } from './lock-hosts';
import { BURST, FIRST, type Politeness } from './politeness';

/** A visit's turn is waited for so long, and its place once more; what would take longer comes back another time. */
export const LONGEST_WAIT_MS = 20_000;

/** The fetch of a feed that has been claimed: a visit of its lasts for as long as the claim. */
interface VisitOfFeed {
  feedId: number;
  token: string;
}

export interface NewVisit {
  host: string;
  /** Null where it is for no feed's fetch. */
  feed: VisitOfFeed | null;
  /** Whether a person waits: such visits need no turn, and are the first in line. */
  requested: boolean;
  /** The visit that ends with this. */
  leaves: string | null;
}

/** A place in the line of a host, or why there is none. */
export type Entry = { id: string } | { id: null; until: Date; reason: string | null };

/** Whether a row of `host_visits v` counts. @param now SQL of the time. */
export const isVisiting = (now: Prisma.Sql) => Prisma.sql`(COALESCE(v.until > ${now}, false) OR EXISTS (
  SELECT FROM feed_schedules AS c WHERE c.feed_id = v.feed_id AND c.claim = v.claim AND c.claim_until > ${now}))`;

/** Whether the fetch of a row of `feed_schedules s` has gone on to another server than its feed's own. */
export const IS_ELSEWHERE = Prisma.sql`EXISTS (
  SELECT FROM host_visits AS e WHERE e.feed_id = s.feed_id AND e.claim = s.claim)`;

const NOW = Prisma.sql`(SELECT now FROM clock)`;

const clock = ({ perMinute }: Politeness) => Prisma.sql`
  clock AS MATERIALIZED (
    SELECT clock_timestamp() AS now, ${60_000 / perMinute}::float8 * interval '1 millisecond' AS turn
  )`;

/**
 * Puts a request in the line of a host that is not told by the claim of one of its feeds, and gives it the host's next
 * turn. Whatever place its fetch had elsewhere is free from now on.
 *
 * @returns until when the host has no turn for it, and why if it rests, where that is too long to wait.
 */
export async function enterHost(visit: NewVisit, politeness: Politeness): Promise<Entry> {
  const { host, feed, requested, leaves } = visit;
  const [row] = await withHostsLocked<{ id: string | null; slot: number; reason: string | null }>(
    { feedIds: [], hosts: [host] },
    Prisma.sql`
      WITH ${clock(politeness)}, gone AS (
        DELETE FROM host_visits v WHERE id = ${leaves}::bigint OR NOT ${isVisiting(NOW)}
      ), turn AS (
        SELECT CASE WHEN ${requested}::boolean THEN ${FIRST}::timestamptz
            ELSE GREATEST(next_slot, rest_until, now - ${BURST - 1}::int * turn) END AS slot,
          now, turn, CASE WHEN rest_until > now THEN rest_reason END AS reason
        FROM hosts, clock WHERE host = ${host} AND ${ALL_LOCKED}
      ), entered AS (
        INSERT INTO host_visits (host, slot_at, until, feed_id, claim)
        SELECT ${host}, slot, CASE WHEN ${feed === null}::boolean
            THEN GREATEST(slot, now) + ${2 * LONGEST_WAIT_MS}::int * interval '1 millisecond' END,
          ${feed?.feedId ?? null}::int, ${feed?.token ?? null}::uuid
        FROM turn WHERE slot <= now + ${LONGEST_WAIT_MS}::int * interval '1 millisecond'
        RETURNING id
      ), given AS (
        UPDATE hosts SET next_slot = slot + turn FROM turn
        WHERE host = ${host} AND NOT ${requested}::boolean AND EXISTS (SELECT FROM entered)
      )
      SELECT (SELECT id::text FROM entered) AS id, extract(epoch FROM slot)::float8 * 1000 AS slot, reason FROM turn`,
  );
  if (row === undefined) throw new Error(`The host ${host} could not be entered.`);
  return row.id === null ? { id: null, until: new Date(row.slot), reason: row.reason } : { id: row.id };
}

/**
 * Lets those in who are next in the lines of their hosts, as far as there are places.
 *
 * @param visits of the process that asks.
 * @param stayMs those that are for no feed's fetch are over by then.
 * @returns those that are in, by id.
 */
export async function admitVisits(
  visits: { id: string; host: string }[],
  { atOnce }: Politeness,
  stayMs: number,
): Promise<string[]> {
  const hosts = [...new Set(visits.map(({ host }) => host))];
  const rows = await withHostsLocked<{ id: string }>(
    { feedIds: [], hosts },
    Prisma.sql`
      WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now), present AS MATERIALIZED (
        SELECT id, host, slot_at, admitted FROM host_visits v WHERE host = ANY(${hosts}::text[]) AND ${isVisiting(NOW)}
      ), busy AS (
        SELECT host, count(*) AS requests FROM (
          SELECT host FROM present WHERE admitted
          UNION ALL SELECT host FROM feed_schedules s
          WHERE host = ANY(${hosts}::text[]) AND claim IS NOT NULL AND claim_until > ${NOW} AND NOT ${IS_ELSEWHERE}
        ) AS request GROUP BY host
      ), line AS (
        SELECT id, host, row_number() OVER (PARTITION BY host ORDER BY slot_at, id) AS place
        FROM present WHERE NOT admitted AND slot_at <= ${NOW}
      )
      UPDATE host_visits v SET admitted = true,
        until = CASE WHEN claim IS NULL THEN ${NOW} + ${stayMs}::int * interval '1 millisecond' END
      FROM line LEFT JOIN busy USING (host)
      WHERE v.id = line.id AND line.id = ANY(${visits.map(({ id }) => id)}::bigint[]) AND ${ALL_LOCKED}
        AND place <= ${atOnce}::int - COALESCE(requests, 0)
      RETURNING v.id::text AS id`,
  );
  return rows.map(({ id }) => id);
}

/** Ends a visit: its place is free. */
export async function leaveHost(id: string): Promise<void> {
  await queryBulk(Prisma.sql`DELETE FROM host_visits WHERE id = ${id}::bigint`);
}
