import { Prisma } from './generated/client';
import { type ItemScope, matchSubscriptions } from './item-scope';
import { type MarkedItems, markEach, selectAbove, selectListed } from './mark-each';
import { settleCountsIn } from './settle-counts';

type Transaction = Prisma.TransactionClient;

/** What marking all has changed, and what it was before (model MarkUndo). */
export interface Overwritten extends MarkedItems {
  /** How many items had been unread. */
  marked: number;
  feedIds: number[];
  fromIds: bigint[];
  throughIds: bigint[];
}

interface MovedRow {
  feedId: number;
  was: bigint;
  through: bigint;
  /** How many items had been unread. */
  unread: number;
}

/** Moves the watermarks of a scope as far as everything up to there is meant. */
async function moveAll(
  tx: Transaction,
  userId: number,
  scope: ItemScope,
  meant: Prisma.Sql | null,
): Promise<MovedRow[]> {
  const kept = Prisma.sql`(
    SELECT min(i.id) - 1 FROM (SELECT i.id FROM items i
      WHERE i.feed_id = s.feed_id AND i.id > s.read_through_id AND NOT (${meant ?? Prisma.sql`true`}) OFFSET 0) AS i)`;
  const through =
    meant === null ? Prisma.sql`s.counted_through` : Prisma.sql`COALESCE(${kept}, s.counted_through)`;
  // Where all are meant, the counts are known: none is left. Elsewhere it is counted what is.
  const count = meant === null ? Prisma.sql`s.unread_count - s.unread_count` : Prisma.sql`NULL`;
  return tx.$queryRaw<MovedRow[]>`
    WITH wanted AS MATERIALIZED (
      SELECT s.id, s.read_through_id AS was, s.unread_count AS unread, ${through} AS through FROM subscriptions s
      WHERE ${matchSubscriptions(userId, scope)} AND s.unread_count > 0
    )
    UPDATE subscriptions s SET read_through_id = through, unread_count = ${count}, unread_from = NULL
    FROM wanted WHERE s.id = wanted.id AND through > was RETURNING s.feed_id AS "feedId", was, through, unread`;
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
 * @throws TooManyError
 */
export async function moveWatermarks(
  tx: Transaction,
  userId: number,
  scope: ItemScope,
  meant: Prisma.Sql | null,
  at: Date,
): Promise<Overwritten> {
  const listed = await markEach(tx, userId, selectListed(userId, scope, meant ?? Prisma.sql`true`), at);
  const rows = await moveAll(tx, userId, scope, meant);
  const feedIds = rows.map(({ feedId }) => feedId);
  const overwritten = {
    ...listed,
    marked: rows.reduce((sum, { unread }) => sum + unread, listed.unreadIds.length),
    feedIds,
    fromIds: rows.map(({ was }) => was),
    throughIds: rows.map(({ through }) => through),
  };
  if (meant === null) return overwritten;
  await settleCountsIn(tx, userId, matchSubscriptions(userId, scope));
  const left = await sumUnread(tx, userId, feedIds);
  const { freshIds } = await markEach(tx, userId, selectAbove(userId, scope, meant), at);
  return { ...overwritten, freshIds, marked: overwritten.marked - left + freshIds.length };
}
