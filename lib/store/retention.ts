import { openStore } from './client';
import { MARK } from './forgotten-items';
import { Prisma } from './generated/client';

/** What is kept of a feed where none of its readers has said otherwise. */
export const USUAL_KEPT = { days: 365, items: 2000 };

/** Of every feed that is read its newest items stay, however old. */
const ALWAYS_KEPT = 100;
/** What somebody has not read yet is kept for so long, and so many of it, where the limits are tighter. */
const UNREAD_DAYS = 365;
const UNREAD_ITEMS = 5000;
/** Of a feed with more readers, each item counts as unread by one of them: there is always somebody. */
const READERS_ASKED = 50;
/** Nothing is kept, but what is starred, of a feed that has not been fetched for so long because nobody reads it. */
const ABANDONED_AFTER = '30 days';

/** As many items are deleted at once: bounds a transaction, not what goes. */
const BATCH = 1000;

type Transaction = Prisma.TransactionClient;

interface Limits {
  readers: number;
  /** Null: without limit. */
  days: number | null;
  items: number | null;
  /** Whether nobody reads it, nor can undo having left it. */
  abandoned: boolean;
}

/**
 * Takes feeds whose items are to be looked through, so that nobody else gets them. Each is due again after a day; one
 * that has too few items to lose any, after a week.
 *
 * @returns their ids.
 */
export async function claimTrims(limit: number): Promise<number[]> {
  const rows = await openStore().$queryRaw<{ id: number }[]>`
    WITH due AS (
      SELECT id FROM feeds WHERE trim_at <= now() ORDER BY trim_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE feeds SET trim_at = now() + (1 + 0.2 * random())
      * CASE WHEN item_count > ${ALWAYS_KEPT} THEN interval '1 day' ELSE interval '7 days' END
    FROM due WHERE feeds.id = due.id RETURNING feeds.id`;
  return rows.map(({ id }) => id);
}

/**
 * Deletes what is no longer to be kept of a feed, up to a thousand items; with more, the feed is due again at once.
 * Starred items stay, and so does what somebody has not read yet, for longer. What goes is remembered, so that the
 * feed's document does not bring it back as new.
 *
 * @returns how many items went; none while a worker has the feed.
 */
export async function trimFeed(feedId: number): Promise<number> {
  return openStore().$transaction(
    async (tx) => {
      // A fetch that ends waits for this, and then sees what has gone.
      const free = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM feed_schedules
        WHERE feed_id = ${feedId} AND (claim IS NULL OR claim_until < now()) FOR UPDATE`;
      if (free.length === 0) return 0;
      const limits = await readLimits(tx, feedId);
      const chosen = await tx.$queryRaw<{ id: bigint }[]>(findOldItems(feedId, limits));
      if (chosen.length === 0) return 0;
      const ids = chosen.map(({ id }) => id);
      const gone = await deleteItems(tx, feedId, ids, limits.abandoned);
      if (chosen.length === BATCH) {
        await tx.$executeRaw`UPDATE feeds SET trim_at = now() WHERE id = ${feedId}`;
      }
      return gone;
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
}

async function readLimits(tx: Transaction, feedId: number): Promise<Limits> {
  const [limits] = await tx.$queryRaw<Limits[]>`
    SELECT count(*)::int AS readers,
      CASE WHEN NOT COALESCE(bool_or(keep_days = 0), false)
        THEN max(COALESCE(keep_days, ${USUAL_KEPT.days}::int)) END AS days,
      CASE WHEN NOT COALESCE(bool_or(keep_items = 0), false)
        THEN max(COALESCE(keep_items, ${USUAL_KEPT.items}::int)) END AS items,
      count(*) = 0 AND NOT EXISTS (SELECT FROM ended_subscriptions WHERE feed_id = ${feedId}) AND EXISTS (
        SELECT FROM feed_schedules WHERE feed_id = ${feedId} AND last_fetch_at < now() - ${ABANDONED_AFTER}::interval
      ) AS abandoned
    FROM subscriptions WHERE feed_id = ${feedId}`;
  if (limits === undefined) throw new Error('A count returned no row.');
  return limits;
}

/** Whether an item `i` is starred by anybody, or anybody has yet to read it. */
const STARRED = Prisma.sql`EXISTS (
  SELECT FROM item_states state WHERE state.item_id = i.id AND state.starred_at IS NOT NULL)`;
const UNREAD = Prisma.sql`EXISTS (
  SELECT FROM subscriptions s LEFT JOIN item_states state ON state.user_id = s.user_id AND state.item_id = i.id
  WHERE s.feed_id = i.feed_id AND NOT COALESCE(state.read, i.id <= s.read_through_id))`;

/** Whether an item is past an age since it came, in days, or a place among the feed's newest. */
const isPast = (days: number | null, place: number | null) => Prisma.sql`(
  ${days === null ? Prisma.sql`false` : Prisma.sql`i.created_at < now() - ${days}::int * interval '1 day'`}
  OR ${place === null ? Prisma.sql`false` : Prisma.sql`i.place > ${place}::int`})`;

/** @returns the query of the items that are to go, or its plan (`EXPLAIN (ANALYZE, BUFFERS)`), which runs it too. */
export function findOldItems(
  feedId: number,
  { readers, days, items, abandoned }: Limits,
  { explain = false } = {},
): Prisma.Sql {
  const longer = (limit: number | null, unread: number) => limit && Math.max(limit, unread);
  const unread = readers > READERS_ASKED ? Prisma.sql`true` : UNREAD;
  const old = abandoned
    ? Prisma.sql`true`
    : Prisma.sql`i.place > ${ALWAYS_KEPT}::int AND ${isPast(days, items)}
        AND (${isPast(longer(days, UNREAD_DAYS), longer(items, UNREAD_ITEMS))} OR NOT ${unread})`;
  return Prisma.sql`
    ${explain ? Prisma.sql`EXPLAIN (ANALYZE, BUFFERS)` : Prisma.empty}
    SELECT i.id FROM (
      SELECT id, feed_id, created_at, row_number() OVER (ORDER BY sort_at DESC, id DESC) AS place
      FROM items WHERE feed_id = ${feedId}
    ) AS i
    WHERE ${readers === 0 && !abandoned ? Prisma.sql`false` : old} AND NOT ${STARRED} LIMIT ${BATCH}`;
}

/** Locks first: a star that is given at this moment is waited for, and seen. */
async function deleteItems(
  tx: Transaction,
  feedId: number,
  ids: bigint[],
  abandoned: boolean,
): Promise<number> {
  await tx.$queryRaw`SELECT 1 FROM items WHERE id = ANY(${ids}::bigint[]) ORDER BY id FOR UPDATE`;
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    WITH gone AS (
      DELETE FROM items i WHERE i.id = ANY(${ids}::bigint[]) AND i.feed_id = ${feedId} AND NOT ${STARRED}
      RETURNING identity
    ), noted AS (
      INSERT INTO forgotten_items (feed_id, mark) SELECT ${feedId}, ${MARK} FROM gone WHERE NOT ${abandoned}
      ON CONFLICT DO NOTHING
    ), counted AS (
      UPDATE feeds SET item_count = GREATEST(0, item_count - (SELECT count(*)::int FROM gone)) WHERE id = ${feedId}
    )
    SELECT count(*)::int AS count FROM gone`;
  // Whoever had not read one of them has fewer to read: to be counted again.
  await tx.$executeRaw`
    UPDATE subscriptions SET unread_count = NULL WHERE feed_id = ${feedId} AND unread_count > 0`;
  if (abandoned) await forgetDocument(tx, feedId);
  return row?.count ?? 0;
}

/** Whoever subscribes to it one day gets what its document has then: nothing of it counts as known. */
async function forgetDocument(tx: Transaction, feedId: number): Promise<void> {
  await tx.$executeRaw`DELETE FROM forgotten_items WHERE feed_id = ${feedId}`;
  await tx.$executeRaw`
    UPDATE feeds SET etag = NULL, last_modified = NULL, validators_url = NULL, content_hash = NULL WHERE id = ${feedId}`;
}
