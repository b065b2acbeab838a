import { type BulkTransaction, inBulkTransaction } from './bulk-client';
import { openStore } from './client';
import { Prisma } from './generated/client';
import { type ItemScope, matchSubscriptions } from './item-scope';

/** Of the advisory locks, those of readers: a reader's marks are made one after the other. */
const READER_LOCK = 7001;

/**
 * Takes the lock under which a reader's watermarks and counts may change; it goes with the transaction. What is asked
 * next may be sent along: it is begun once the lock is there.
 */
export async function lockReader(tx: BulkTransaction, userId: number): Promise<void> {
  await tx.execute(Prisma.sql`SELECT pg_advisory_xact_lock(${READER_LOCK}::int, ${userId}::int)`);
}

/** A subscription `s` whose count does not say how many items of its feed `f` are unread. */
export const IS_UNSETTLED = Prisma.sql`(s.unread_count IS NULL OR f.newest_item_id > s.counted_through)`;

/**
 * Counts what is unread where it is not known: what has come since the last count is added, and where that is not
 * known either, all is counted, as the watermark and the states have it.
 *
 * @param tx holds the reader's lock.
 * @param among which subscriptions `s` of the reader.
 */
export async function settleCountsIn(tx: BulkTransaction, userId: number, among: Prisma.Sql): Promise<void> {
  // What others do to these rows meanwhile (a merge, deleted items) is seen before or waits until after.
  const held = await tx.query<{ id: number }>(Prisma.sql`
    SELECT s.id FROM subscriptions s JOIN feeds f ON f.id = s.feed_id
    WHERE s.user_id = ${userId} AND ${among} AND ${IS_UNSETTLED} ORDER BY s.id FOR UPDATE OF s`);
  if (held.length === 0) return;
  await tx.execute(Prisma.sql`
    WITH unsettled AS MATERIALIZED (
      SELECT s.id, s.feed_id, s.read_through_id, s.unread_count, s.unread_from, f.newest_item_id AS newest,
        CASE WHEN s.unread_count IS NULL THEN s.read_through_id ELSE s.counted_through END AS known
      FROM subscriptions s JOIN feeds f ON f.id = s.feed_id
      WHERE s.user_id = ${userId} AND s.id = ANY(${held.map(({ id }) => id)}::int[])
    )
    UPDATE subscriptions s SET
      unread_count = added.count + COALESCE(was.unread_count, (
        SELECT count(*) FROM item_states st WHERE st.user_id = ${userId} AND st.read = false AND st.read IS NOT NULL
          AND st.feed_id = was.feed_id AND st.item_id <= was.read_through_id
      ) - (
        SELECT count(*) FROM item_states st WHERE st.user_id = ${userId} AND st.read = true AND st.read IS NOT NULL
          AND st.feed_id = was.feed_id AND st.item_id > was.read_through_id
      )),
      counted_through = GREATEST(newest, was.read_through_id),
      unread_from = CASE WHEN was.unread_count IS NULL THEN added.oldest ELSE LEAST(was.unread_from, added.oldest) END
    FROM unsettled was
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, min(i.sort_at) AS oldest FROM items i
      WHERE i.feed_id = was.feed_id AND i.id > was.known
    ) AS added
    WHERE s.id = was.id`);
}

/** The same for the subscriptions of a list, where there is anything to count. */
export async function settleCounts(userId: number, scope: ItemScope): Promise<void> {
  const store = openStore();
  const among = matchSubscriptions(userId, scope);
  const [row] = await store.$queryRaw<{ unsettled: boolean }[]>`
    SELECT EXISTS (SELECT FROM subscriptions s JOIN feeds f ON f.id = s.feed_id
      WHERE ${among} AND ${IS_UNSETTLED}) AS unsettled`;
  if (!row?.unsettled) return;
  await inBulkTransaction((tx) => Promise.all([lockReader(tx, userId), settleCountsIn(tx, userId, among)]));
}
