import { Prisma } from './generated/client';
import { type ItemScope, matchSubscriptions } from './item-scope';
import { markEach, selectAbove, selectListed } from './mark-each';
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

interface Moved {
  /** How many items had been unread in the feeds whose watermarks moved. */
  unread: number;
  feedIds: number[];
}

/** Moves the watermarks of a scope as far as everything up to there is meant, and keeps where they were. */
async function moveAll(
  tx: Transaction,
  { userId, token, at }: Deed,
  scope: ItemScope,
  meant: Prisma.Sql | null,
  unreadIds: bigint[],
): Promise<Moved> {
  const kept = Prisma.sql`(
    SELECT min(i.id) - 1 FROM (SELECT i.id FROM items i
      WHERE i.feed_id = s.feed_id AND i.id > s.read_through_id AND NOT (${meant ?? Prisma.sql`true`}) OFFSET 0) AS i)`;
  const through =
    meant === null ? Prisma.sql`s.counted_through` : Prisma.sql`COALESCE(${kept}, s.counted_through)`;
  // Where all are meant, the counts are known: none is left. Elsewhere it is counted what is.
  const count = meant === null ? Prisma.sql`s.unread_count - s.unread_count` : Prisma.sql`NULL`;
  const [row] = await tx.$queryRaw<{ unread: number; feedIds: number[] | null }[]>`
    WITH wanted AS MATERIALIZED (
      SELECT s.id, s.read_through_id AS was, s.unread_count AS unread, ${through} AS through FROM subscriptions s
      WHERE ${matchSubscriptions(userId, scope)} AND s.unread_count > 0
    ), moved AS (
      UPDATE subscriptions s SET read_through_id = through, unread_count = ${count}, unread_from = NULL
      FROM wanted WHERE s.id = wanted.id AND through > was RETURNING s.feed_id, was, through, unread
    ), kept AS (
      INSERT INTO mark_undos (token, user_id, marked_at, feed_ids, from_ids, through_ids, unread_ids, fresh_ids)
      SELECT ${token}::uuid, ${userId}, ${at}, COALESCE(array_agg(feed_id), '{}'), COALESCE(array_agg(was), '{}'),
        COALESCE(array_agg(through), '{}'), ${unreadIds}::bigint[], '{}' FROM moved
    )
    SELECT COALESCE(sum(unread), 0)::int AS unread,
      ${meant === null ? Prisma.sql`NULL::int[]` : Prisma.sql`array_agg(feed_id)`} AS "feedIds" FROM moved`;
  return { unread: row?.unread ?? 0, feedIds: row?.feedIds ?? [] };
}

async function sumUnread(tx: Transaction, userId: number, feedIds: number[]): Promise<number> {
  const [row] = await tx.$queryRaw<{ sum: number }[]>`
    SELECT COALESCE(sum(unread_count), 0)::int AS sum FROM subscriptions
    WHERE user_id = ${userId} AND feed_id = ANY(${feedIds}::int[])`;
  return row?.sum ?? 0;
}

/**
 * Marks what is meant in a scope read by moving watermarks: one number a feed, however many items. What they cannot
 * say, items that had been marked unread and items that came after newer ones, gets a state of its own.
 *
 * @param tx holds the reader's lock; the scope's counts are settled.
 * @param meant which items `i` are, where they are not all: those that are not are newer.
 * @returns how many items had been unread.
 * @throws TooManyError
 */
export async function moveWatermarks(
  tx: Transaction,
  deed: Deed,
  scope: ItemScope,
  meant: Prisma.Sql | null,
): Promise<number> {
  const { userId, token, at } = deed;
  const listed = await markEach(tx, userId, selectListed(userId, scope, meant ?? Prisma.sql`true`), at);
  const { unread, feedIds } = await moveAll(tx, deed, scope, meant, listed.unreadIds);
  const marked = unread + listed.unreadIds.length;
  if (meant === null) return marked;
  await settleCountsIn(tx, userId, matchSubscriptions(userId, scope));
  const left = await sumUnread(tx, userId, feedIds);
  const { freshIds } = await markEach(tx, userId, selectAbove(userId, scope, meant), at);
  await tx.$executeRaw`UPDATE mark_undos SET fresh_ids = ${freshIds}::bigint[] WHERE token = ${token}::uuid`;
  return marked - left + freshIds.length;
}
