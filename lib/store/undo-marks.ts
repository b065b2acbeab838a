import { inBulkTransaction } from './bulk-client';
import { Prisma } from './generated/client';
import { lockReader } from './settle-counts';

/** An undo `u` that undoes nothing (any more): it is kept as word that its mark has been made. */
export const IS_SPENT = Prisma.sql`(COALESCE(cardinality(u.feed_ids), 0) + COALESCE(cardinality(u.unread_ids), 0)
  + COALESCE(cardinality(u.fresh_ids), 0) = 0)`;

/** What an undo is set to once it is spent. */
export const SPENT = Prisma.sql`feed_ids = '{}', from_ids = '{}', through_ids = '{}', from_counts = '{}', from_dates = '{}',
  unread_ids = '{}', fresh_ids = '{}'`;

/**
 * Whether a later mark stands on undo `u`: it has moved the watermark of one of its feeds further, or left it to that
 * watermark to say what is read. States that say so themselves stand on nothing.
 */
const isStoodOn = (userId: number) => Prisma.sql`EXISTS (
  SELECT FROM mark_undos later WHERE later.user_id = ${userId} AND later.marked_at > u.marked_at AND (
    later.feed_ids && u.feed_ids OR EXISTS (
      SELECT FROM items i LEFT JOIN item_states st ON st.user_id = ${userId} AND st.item_id = i.id
      WHERE i.id = ANY(later.unread_ids) AND i.feed_id = ANY(u.feed_ids) AND st.read IS NULL)))`;

/**
 * Takes back that everything was marked read. What has come since, or was marked one by one since, stays as it is. Asked
 * again to mark by the same name, `markAll` knows that it has been taken back.
 *
 * @returns false where there is nothing to undo (any more): it has run out, or a later one has to be undone first, since
 *   it began where this one ended.
 */
export async function undoMarks(userId: number, token: string): Promise<boolean> {
  return inBulkTransaction(async (tx) => {
    const locked = lockReader(tx, userId);
    // What has states of its own is unread by them, even where the watermark said so before: it may have moved past the
    // item since. Where they are gone they come back, unless a later mark has taken them as well. A row that was written by
    // the transaction that marked all has not changed since: it becomes what it was. Of any other whose watermark goes back,
    // the unread are counted anew. `old` is materialised so that its rows are narrow: a join that is hashed would else keep
    // the undo's arrays once for each feed, 40 MB for a thousand.
    const undone = tx.query<{ undone: boolean }>(Prisma.sql`
      WITH undo AS MATERIALIZED (
        SELECT * FROM mark_undos u
        WHERE user_id = ${userId} AND token = ${token}::uuid AND NOT ${IS_SPENT} AND NOT ${isStoodOn(userId)}
      ), spent AS (
        UPDATE mark_undos u SET ${SPENT} FROM undo WHERE u.user_id = undo.user_id AND u.token = undo.token
      ), restored AS (
        UPDATE item_states st SET read = false, read_at = NULL FROM undo
        WHERE st.user_id = ${userId} AND st.item_id = ANY(undo.unread_ids || undo.fresh_ids) AND st.read_at = undo.marked_at
        RETURNING st.feed_id
      ), gone AS MATERIALIZED (
        SELECT unnest(unread_ids) AS id FROM undo EXCEPT SELECT unnest(later.unread_ids) FROM undo
        JOIN mark_undos later ON later.user_id = undo.user_id AND later.marked_at > undo.marked_at
      ), brought AS (
        INSERT INTO item_states AS st (user_id, item_id, feed_id, sort_at, read)
        SELECT ${userId}, i.id, i.feed_id, i.sort_at, false FROM gone JOIN items i USING (id)
        JOIN subscriptions s ON s.user_id = ${userId} AND s.feed_id = i.feed_id
        LEFT JOIN item_states st ON st.user_id = ${userId} AND st.item_id = i.id
        WHERE st.read IS NULL AND st.read_at IS NULL ORDER BY i.id
        ON CONFLICT (user_id, item_id) DO UPDATE SET read = false
        RETURNING st.feed_id
      ), old AS MATERIALIZED (
        SELECT feed_id, from_id, count, unread_from, marked_by, COALESCE(items, 0) AS items
        FROM (SELECT marked_by, kept.* FROM undo
          CROSS JOIN LATERAL unnest(feed_ids, from_ids, from_counts, from_dates) AS kept (feed_id, from_id, count, unread_from)) AS moved
        FULL JOIN (
          SELECT feed_id, count(*) AS items FROM (TABLE restored UNION ALL TABLE brought) AS unread GROUP BY feed_id
        ) AS listed USING (feed_id)
      ), written AS (
        UPDATE subscriptions s SET read_through_id = LEAST(s.read_through_id, from_id),
          unread_from = CASE WHEN s.xmin::text::bigint = marked_by THEN old.unread_from ELSE s.unread_from END,
          unread_count = CASE WHEN from_id IS NULL THEN s.unread_count + items
            WHEN s.xmin::text::bigint = marked_by AND s.unread_count IS NOT NULL THEN old.count END
        FROM old WHERE s.user_id = ${userId} AND s.feed_id = old.feed_id
      )
      SELECT EXISTS (SELECT FROM undo) AS undone`);
    const [[row]] = await Promise.all([undone, locked]);
    return row?.undone ?? false;
  });
}
