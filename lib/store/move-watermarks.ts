import { Prisma } from './generated/client';
import { type ItemScope, matchSubscriptions } from './item-scope';
import { markEach, reachesBack, selectAbove, selectListed } from './mark-each';
import { settleCountsIn } from './settle-counts';

type Transaction = Prisma.TransactionClient;

/** What marking all leaves behind for whoever takes it back (model MarkUndo). */
export interface Deed {
  userId: number;
  /** Names the undo. */
  token: string;
  /** What states that are written carry as their time, so that they are known again. */
  at: Date;
}

/** How many items of the feeds whose watermarks moved were unread, and how many are left. */
interface Moved {
  unread: number;
  left: number;
}

/** How far a watermark goes: to before the first item that is not meant. Of what is not counted yet, nothing is. */
function farthest(meant: Prisma.Sql | null): Prisma.Sql {
  if (meant === null) return Prisma.sql`s.counted_through`;
  return Prisma.sql`LEAST(s.counted_through, (
    SELECT min(i.id) - 1 FROM (SELECT i.id FROM items i
      WHERE i.feed_id = s.feed_id AND i.id > s.read_through_id AND NOT (${meant}) OFFSET 0) AS i))`;
}

/**
 * What is unread of `wanted` once its watermark has moved: what lies above, without what has been read there, and what
 * has been marked unread below. In the same statement: to write a row twice in a transaction has its keys checked again.
 */
const leftOf = (userId: number) => Prisma.sql`
  SELECT above.oldest, above.count - (
      SELECT count(*) FROM item_states st WHERE st.user_id = ${userId} AND st.read = true AND st.read IS NOT NULL
        AND st.feed_id = wanted.feed_id AND st.item_id > wanted.through AND st.item_id <= wanted.counted_through
    ) + (
      SELECT count(*) FROM item_states st WHERE st.user_id = ${userId} AND st.read = false AND st.read IS NOT NULL
        AND st.feed_id = wanted.feed_id AND st.item_id <= wanted.through
    ) AS count
  FROM (SELECT count(*)::int AS count, min(i.sort_at) AS oldest FROM items i
    WHERE i.feed_id = wanted.feed_id AND i.id > wanted.through AND i.id <= wanted.counted_through) AS above`;

/** Moves the watermarks of a scope as far as everything up to there is meant, and keeps where they were. */
async function moveAll(
  tx: Transaction,
  { userId, token, at }: Deed,
  scope: ItemScope,
  meant: Prisma.Sql | null,
  until: Date | null,
  unreadIds: bigint[],
): Promise<Moved> {
  // Where all are meant, nothing is left. Elsewhere it is counted what is.
  const left = meant === null ? Prisma.sql`SELECT NULL::timestamptz AS oldest, 0 AS count` : leftOf(userId);
  const [row] = await tx.$queryRaw<Moved[]>`
    WITH wanted AS MATERIALIZED (
      SELECT s.id, s.feed_id, s.read_through_id AS was, s.unread_count AS unread, s.counted_through,
        ${farthest(meant)} AS through
      FROM subscriptions s WHERE ${matchSubscriptions(userId, scope)} AND s.unread_count > 0 AND ${reachesBack(until)}
    ), moved AS (
      UPDATE subscriptions s SET read_through_id = GREATEST(through, was), unread_count = remaining.count, unread_from = remaining.oldest
      FROM wanted CROSS JOIN LATERAL (${left}) AS remaining
      WHERE s.id = wanted.id AND ${meant === null ? Prisma.sql`true` : Prisma.sql`through > was`} RETURNING s.feed_id, was, through, unread, remaining.count AS remaining
    ), kept AS (
      INSERT INTO mark_undos (token, user_id, marked_at, feed_ids, from_ids, through_ids, unread_ids, fresh_ids)
      SELECT ${token}::uuid, ${userId}, ${at}, COALESCE(array_agg(feed_id), '{}'), COALESCE(array_agg(was), '{}'),
        COALESCE(array_agg(through), '{}'), ${unreadIds}::bigint[], '{}' FROM moved
    )
    SELECT COALESCE(sum(unread), 0)::int AS unread, COALESCE(sum(remaining), 0)::int AS left FROM moved`;
  return row ?? { unread: 0, left: 0 };
}

/**
 * Marks what is meant in a scope read by moving watermarks: one number a feed, however many items. What they cannot
 * say, items that had been marked unread and items that came after newer ones, gets a state of its own.
 *
 * @param tx holds the reader's lock; the scope's counts are settled.
 * @param meant which items `i` are, where they are not all: those that are not are newer.
 * @param until none of those that are meant is newer.
 * @returns how many items had been unread.
 * @throws TooManyError
 */
export async function moveWatermarks(
  tx: Transaction,
  deed: Deed,
  scope: ItemScope,
  meant: Prisma.Sql | null,
  until: Date | null,
): Promise<number> {
  const { userId, token, at } = deed;
  const isAll = meant === null;
  // Where all are meant, every count becomes nothing when the watermarks move.
  const unreadItems = selectListed(userId, scope, meant ?? Prisma.sql`true`);
  const listed = await markEach(tx, userId, unreadItems, at, { counts: !isAll });
  const { unread, left } = await moveAll(tx, deed, scope, meant, until, listed.unreadIds);
  if (isAll) return unread;
  const marked = unread - left + listed.unreadIds.length;
  // What has come meanwhile and is meant is marked one by one, as what came after newer ones is.
  await settleCountsIn(tx, userId, matchSubscriptions(userId, scope));
  const { freshIds } = await markEach(tx, userId, selectAbove(userId, scope, meant, until), at);
  await tx.$executeRaw`UPDATE mark_undos SET fresh_ids = ${freshIds}::bigint[] WHERE token = ${token}::uuid`;
  return marked + freshIds.length;
}
