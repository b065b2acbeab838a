import type { BulkTransaction } from './bulk-client';
import { Prisma } from './generated/client';
import { type ItemScope, matchSubscriptions } from './item-scope';

/** Items whose states were overwritten (model MarkUndo). */
export interface MarkedItems {
  /** Had been marked unread. */
  unreadIds: string[];
  /** Had no state that says whether they are read. */
  freshIds: string[];
}

/** More items than can be marked one by one. */
export class TooManyError extends Error {
  override name = 'TooManyError';
}

/** As many at once: rows are written for each. */
export const MOST_MARKED = 50_000;

/** Starred items `i` that are unread and meant: those of feeds that were left, too, if a state says that they are unread. */
export function selectStarred(userId: number, meant: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT i.id, i.feed_id, i.sort_at, i.read IS NOT NULL AS listed
    FROM (SELECT item_id AS id, * FROM item_states WHERE user_id = ${userId} AND starred_at IS NOT NULL) AS i
    LEFT JOIN subscriptions s ON s.user_id = ${userId} AND s.feed_id = i.feed_id
    WHERE NOT COALESCE(i.read, i.id <= s.read_through_id, true) AND ${meant}`;
}

/** Items `i` of a scope that are meant and have a state that says unread. */
export function selectListed(userId: number, scope: ItemScope, meant: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT i.id, i.feed_id, i.sort_at, true AS listed
    FROM (SELECT item_id AS id, * FROM item_states
      WHERE user_id = ${userId} AND read = false AND read IS NOT NULL) AS i
    WHERE ${meant} AND i.feed_id IN (SELECT s.feed_id FROM subscriptions s WHERE ${matchSubscriptions(userId, scope)})`;
}

/** Whether subscription `s` can have unread items above its watermark that are no newer; its count is settled. */
export function reachesBack(until: Date | null): Prisma.Sql {
  return until === null ? Prisma.sql`true` : Prisma.sql`(s.unread_from IS NULL OR s.unread_from <= ${until})`;
}

/** Items `i` of a scope that are meant, have been counted, and are unread because they are above the watermark. */
export function selectAbove(userId: number, scope: ItemScope, meant: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT i.id, s.feed_id, i.sort_at, false AS listed
    FROM subscriptions s JOIN feeds f ON f.id = s.feed_id AND f.newest_item_id > s.read_through_id
    CROSS JOIN LATERAL (
      SELECT i.id, i.sort_at FROM items i
      WHERE i.feed_id = s.feed_id AND i.id > s.read_through_id AND i.id <= s.counted_through AND ${meant} OFFSET 0
    ) AS i
    WHERE ${matchSubscriptions(userId, scope)}
      AND (SELECT st.read FROM item_states st WHERE st.user_id = ${userId} AND st.item_id = i.id) IS NULL`;
}

/** @throws TooManyError where so many would be marked one by one. */
export function noteTooMany(count: number): void {
  if (count > MOST_MARKED) throw new TooManyError();
}

/** Writes states that say read, for rows with the id, the feed and the time of an item. */
export function insertRead(userId: number, rows: Prisma.Sql, at: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO item_states (user_id, item_id, feed_id, sort_at, read, read_at)
    SELECT ${userId}, id, feed_id, sort_at, true, ${at}::timestamptz FROM ${rows} ORDER BY id
    ON CONFLICT (user_id, item_id) DO UPDATE SET read = EXCLUDED.read, read_at = EXCLUDED.read_at`;
}

/**
 * Marks items read, each by a state of its own, and brings the counts along.
 *
 * @param tx holds the reader's lock; the counts of the items' feeds are settled.
 * @param unread one of the selections above.
 * @param at what the states carry as their time, so that they are known again when it is undone.
 * @throws TooManyError; the transaction ends with it.
 */
export async function markEach(
  tx: BulkTransaction,
  userId: number,
  unread: Prisma.Sql,
  at: string,
): Promise<MarkedItems> {
  const rows = await tx.query<{ id: string; feed_id: number; sort_at: Date; listed: boolean }>(
    Prisma.sql`${unread} LIMIT ${MOST_MARKED + 1}`,
  );
  noteTooMany(rows.length);
  const ids = (listed: boolean) => rows.filter((row) => row.listed === listed).map(({ id }) => id);
  const marked = { unreadIds: ids(true), freshIds: ids(false) };
  if (rows.length === 0) return marked;
  await tx.execute(Prisma.sql`
    WITH meant AS MATERIALIZED (
      SELECT id, feed_id, sort_at FROM unnest(${rows.map(({ id }) => id)}::bigint[],
        ${rows.map((row) => row.feed_id)}::int[], ${rows.map((row) => row.sort_at)}::timestamptz[]) AS row (id, feed_id, sort_at)
    ), written AS (${insertRead(userId, Prisma.sql`meant`, at)}
    )
    UPDATE subscriptions s SET unread_count = s.unread_count - marked.count
    FROM (SELECT feed_id, count(*)::int AS count FROM meant GROUP BY feed_id) AS marked
    WHERE s.user_id = ${userId} AND s.feed_id = marked.feed_id`);
  return marked;
}
