import { type BulkTransaction, inBulkTransaction } from './bulk-client';
import { Prisma } from './generated/client';
import { lockReader, settleCountsIn } from './settle-counts';

export interface ItemMarks {
  userId: number;
  itemIds: number[];
  /** Left as it is where undefined. */
  read?: boolean | undefined;
  starred?: boolean | undefined;
}

/** Feeds with at most so many unread items have them listed by their states. */
const LISTED = 50;

interface MarkedFeed {
  feedId: number;
  /** Whether what is unread of the feed should be listed. */
  listable: boolean;
}

/**
 * Writes the states of items, and brings the counts along. A state is written even where the watermark says the same:
 * so that undoing what was done to all leaves alone what was done to one.
 */
function writeStates(
  tx: BulkTransaction,
  { userId, itemIds, read, starred }: ItemMarks,
): Promise<MarkedFeed[]> {
  const star = starred ? Prisma.sql`COALESCE(st.starred_at, now())` : Prisma.sql`NULL::timestamptz`;
  const isRead = read === undefined ? Prisma.sql`was.read` : Prisma.sql`${read}::boolean`;
  const readAt = read === undefined ? Prisma.sql`was.read_at` : Prisma.sql`clock_timestamp()`;
  return tx.query<MarkedFeed>(Prisma.sql`
    WITH was AS MATERIALIZED (
      SELECT i.id, i.feed_id, i.sort_at, s.id AS subscription, st.read, st.read_at,
        ${starred === undefined ? Prisma.sql`st.starred_at` : star} AS starred_at,
        COALESCE(st.read, i.id <= s.read_through_id, true) AS was_read
      FROM items i LEFT JOIN item_states st ON st.item_id = i.id AND st.user_id = ${userId}
      LEFT JOIN subscriptions s ON s.feed_id = i.feed_id AND s.user_id = ${userId}
      WHERE i.id = ANY(${itemIds}::bigint[]) AND (s.id IS NOT NULL OR st.starred_at IS NOT NULL)
    ), written AS (
      INSERT INTO item_states (user_id, item_id, feed_id, sort_at, read, read_at, starred_at)
      SELECT ${userId}, id, feed_id, sort_at, ${isRead}, ${readAt}, starred_at FROM was ORDER BY id
      ON CONFLICT (user_id, item_id) DO UPDATE SET
        read = EXCLUDED.read, read_at = EXCLUDED.read_at, starred_at = EXCLUDED.starred_at
    ), changed AS (
      SELECT subscription, sum(was_read::int - COALESCE(${isRead}, was_read)::int) AS difference
      FROM was GROUP BY subscription
    )
    UPDATE subscriptions s SET unread_count = s.unread_count + difference FROM changed
    WHERE s.id = changed.subscription
    RETURNING s.feed_id AS "feedId",
      s.unread_count <= ${LISTED} AND s.read_through_id < s.counted_through AS listable`);
}

/**
 * Gives the few unread items of feeds states that say so, and moves the watermark past them: then they are found
 * without looking at what has been read.
 */
async function listUnread(tx: BulkTransaction, userId: number, feedIds: number[]): Promise<void> {
  await tx.execute(Prisma.sql`
    INSERT INTO item_states AS st (user_id, item_id, feed_id, sort_at, read)
    SELECT ${userId}, i.id, i.feed_id, i.sort_at, false
    FROM subscriptions s JOIN items i ON i.feed_id = s.feed_id AND i.id > s.read_through_id AND i.id <= s.counted_through
    LEFT JOIN item_states st ON st.user_id = ${userId} AND st.item_id = i.id
    WHERE s.user_id = ${userId} AND s.feed_id = ANY(${feedIds}::int[]) AND st.read IS NULL ORDER BY i.id
    ON CONFLICT (user_id, item_id) DO UPDATE SET read = false WHERE st.read IS NULL`);
  await tx.execute(Prisma.sql`
    UPDATE subscriptions SET read_through_id = counted_through, unread_from = NULL
    WHERE user_id = ${userId} AND feed_id = ANY(${feedIds}::int[])`);
}

/**
 * Marks items of a user read or unread, starred or not. What is not the user's to see is left out.
 */
export async function writeMarks(marks: ItemMarks): Promise<void> {
  const { userId, itemIds, read } = marks;
  const theirs = Prisma.sql`s.feed_id IN (SELECT feed_id FROM items WHERE id = ANY(${itemIds}::bigint[]))`;
  await inBulkTransaction(async (tx) => {
    await Promise.all([lockReader(tx, userId), settleCountsIn(tx, userId, theirs)]);
    const marked = await writeStates(tx, marks);
    const listable = marked.filter((feed) => feed.listable).map(({ feedId }) => feedId);
    if (read !== undefined && listable.length > 0) await listUnread(tx, userId, listable);
  });
}
