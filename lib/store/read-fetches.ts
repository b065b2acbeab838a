import { LOG_LENGTH } from './attempt-log';
import { openStore } from './client';
import { Prisma } from './generated/client';
import type { FeedDay, FetchPage, FetchPhases, FetchView } from './health-views';

const PAGE = 10;

/** How far back the picture of a feed's days goes. */
const DAYS = 30;

type FetchRow = Omit<FetchView, 'id' | 'phases'> & FetchPhases & { id: bigint };

function toView({ id, connect, wait, download, parse, save, ...rest }: FetchRow): FetchView {
  return { ...rest, id: Number(id), phases: { connect, wait, download, parse, save } };
}

/** The condition of a keyset page; text that is no id begins at the top. */
function before(cursor: string | undefined): Prisma.Sql {
  return cursor !== undefined && /^\d{1,15}$/.test(cursor)
    ? Prisma.sql`AND l.id < ${Number(cursor)}::bigint`
    : Prisma.empty;
}

/**
 * @param cursor from `nextCursor` of the page before.
 * @param limit attempts a page.
 * @returns a page of the attempts to fetch a feed, newest first; empty when the user does not subscribe to it.
 */
export async function listFetches(
  userId: number,
  feedId: number,
  { cursor, limit = PAGE }: { cursor?: string | undefined; limit?: number } = {},
): Promise<FetchPage> {
  const rows = await openStore().$queryRaw<FetchRow[]>`
    SELECT l.id, l.started_at AS "startedAt", lower(l.outcome::text) AS outcome, l.http_status AS "httpStatus", l.bytes,
      l.connect_ms AS connect, l.wait_ms AS wait, l.download_ms AS download, l.parse_ms AS parse, l.save_ms AS save,
      l.total_ms AS "totalMs", l.new_items AS "newItems", l.updated_items AS "updatedItems",
      l.error_message AS "errorMessage", l.next_fetch_at AS "nextFetchAt", l.next_reason AS "nextReason",
      COALESCE(l.warnings, '[]') AS warnings
    FROM fetches l
    WHERE l.feed_id = ${feedId} AND ${ownedBy(userId, feedId)} ${before(cursor)}
    ORDER BY l.id DESC LIMIT ${limit + 1}`;
  const fetches = rows.slice(0, limit).map(toView);
  const last = fetches.at(-1);
  return { fetches, nextCursor: rows.length > limit && last ? String(last.id) : null };
}

/**
 * What the last 30 days (UTC, today included) brought, oldest first: items by when they were published, and
 * failures as far back as the log of attempts is kept. The day on which a log begins that was cut is known for what
 * failed, but not for that nothing did.
 *
 * @returns empty when the user does not subscribe to the feed.
 */
export async function readFeedDays(userId: number, feedId: number): Promise<FeedDay[]> {
  const since = Prisma.sql`(now() AT TIME ZONE 'UTC')::date - ${DAYS - 1}::int`;
  return openStore().$queryRaw<FeedDay[]>`
    WITH published AS (
      SELECT (sort_at AT TIME ZONE 'UTC')::date AS day, count(*)::int AS items FROM items
      WHERE feed_id = ${feedId} AND sort_at >= (${since})::timestamp AT TIME ZONE 'UTC' GROUP BY 1
    ), failed AS (
      SELECT (started_at AT TIME ZONE 'UTC')::date AS day, count(*)::int AS failures FROM fetches
      WHERE feed_id = ${feedId} AND outcome = 'FAILED'
        AND started_at >= (${since})::timestamp AT TIME ZONE 'UTC' GROUP BY 1
    ), log AS (
      SELECT (min(started_at) AT TIME ZONE 'UTC')::date AS cut_on FROM fetches
      WHERE feed_id = ${feedId} HAVING count(*) >= ${LOG_LENGTH}
    )
    SELECT days.day::text AS day, COALESCE(items, 0) AS items,
      COALESCE(failures, CASE WHEN cut_on IS NULL OR days.day > cut_on THEN 0 END) AS failures
    FROM (SELECT ${since} + n AS day FROM generate_series(0, ${DAYS - 1}::int) n) AS days
    LEFT JOIN published USING (day) LEFT JOIN failed USING (day) LEFT JOIN log ON true
    WHERE ${ownedBy(userId, feedId)} ORDER BY days.day`;
}

function ownedBy(userId: number, feedId: number): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM subscriptions WHERE user_id = ${userId} AND feed_id = ${feedId})`;
}
