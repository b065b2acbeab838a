import { randomUUID } from 'node:crypto';
import { type BulkTransaction, inBulkTransaction } from './bulk-client';
import type { UnreadCounts } from './count-unread';
import { readCursor } from './cursor';
import { Prisma } from './generated/client';
import { type ItemOrder, type ItemScope, matchSubscriptions } from './item-scope';
import { markEach, selectAbove, selectListed, selectStarred, TooManyError } from './mark-each';
import { type Deed, isMeant, type Limits, moveWatermarks } from './move-watermarks';
import { lockReader, settleCountsIn } from './settle-counts';
import { IS_SPENT, SPENT } from './undo-marks';

export interface MarkAll {
  userId: number;
  scope: ItemScope;
  order: ItemOrder;
  /** Only items published before. */
  before?: Date | undefined;
  /** Only items above or below a row of the list, the row itself left out. */
  from?: { cursor: string; direction: 'above' | 'below' } | undefined;
  /** Only items up to this id: those that the reader can have seen. */
  through?: number | undefined;
  /** Names the undo, and the request: where it has been done already, or even undone, it is not done again. */
  token?: string | undefined;
}

export interface MarkedAll {
  /** Token for `undoMarks`; null where nothing changed. */
  undo: string | null;
  /** How many items had been unread. */
  marked: number;
  /** Of everything, where marking has counted it. */
  counts?: UnreadCounts | undefined;
  /** Nothing was done: so many items cannot be marked one by one, and nothing else would be exact. */
  tooMany?: true;
}

/** So many can be undone, and for so long; of so many it is known that they have been. */
const KEPT_UNDOS = 20;
const KEPT_MINUTES = 60;

async function forgetUndos(tx: BulkTransaction, userId: number): Promise<void> {
  await tx.execute(Prisma.sql`
    DELETE FROM mark_undos WHERE marked_at < now() - make_interval(mins => ${KEPT_MINUTES}) OR user_id = ${userId}
      AND token IN (
        SELECT token FROM (
          SELECT token, row_number() OVER (PARTITION BY ${IS_SPENT} ORDER BY marked_at DESC) AS place
          FROM mark_undos u WHERE user_id = ${userId}
        ) AS placed WHERE place > ${KEPT_UNDOS})`);
}

/** @returns how many items had been unread, and what is left where that is known; the undo is kept. */
async function overwrite(
  tx: BulkTransaction,
  request: MarkAll,
  deed: Deed,
): Promise<Pick<MarkedAll, 'marked' | 'counts'>> {
  const { userId, scope, order, before, from, through } = request;
  const place = readCursor(from?.cursor) ?? undefined;
  const isOlder = (order === 'newest') === (from?.direction === 'below');
  const limits: Limits = { before, through, [isOlder ? 'olderThan' : 'newerThan']: place };
  if (scope.kind !== 'starred' && limits.newerThan === undefined) {
    const { marked, counts } = await moveWatermarks(tx, deed, scope, limits);
    return { marked, counts: scope.kind === 'all' ? counts : undefined };
  }
  const meant = isMeant(limits);
  const unread =
    scope.kind === 'starred'
      ? selectStarred(userId, meant)
      : Prisma.sql`${selectAbove(userId, scope, meant)} UNION ALL ${selectListed(userId, scope, meant)}`;
  const items = await markEach(tx, userId, unread, deed.at);
  await tx.execute(Prisma.sql`
    INSERT INTO mark_undos (user_id, token, marked_at, unread_ids, fresh_ids) VALUES (
      ${userId}, ${deed.token}::uuid, ${deed.at}, ${items.unreadIds}::bigint[], ${items.freshIds}::bigint[])`);
  return { marked: items.freshIds.length + items.unreadIds.length };
}

async function mark(tx: BulkTransaction, request: MarkAll): Promise<MarkedAll> {
  const { userId, scope, token = randomUUID() } = request;
  const [, , [done]] = await Promise.all([
    // Planned once a connection, whoever the reader is: that takes 2 ms, and what is chosen is the same.
    tx.execute(Prisma.sql`SET LOCAL plan_cache_mode = force_generic_plan`),
    lockReader(tx, userId),
    tx.query<{ spent: boolean }>(Prisma.sql`
      SELECT ${IS_SPENT} AS spent FROM mark_undos u WHERE user_id = ${userId} AND token = ${token}::uuid`),
    settleCountsIn(tx, userId, matchSubscriptions(userId, scope)),
  ]);
  if (done !== undefined) return { undo: done.spent ? null : token, marked: 0 };
  const { marked, counts } = await overwrite(tx, request, { userId, token, at: new Date() });
  if (marked === 0) {
    await tx.execute(
      Prisma.sql`UPDATE mark_undos SET ${SPENT} WHERE user_id = ${userId} AND token = ${token}::uuid`,
    );
  }
  await forgetUndos(tx, userId);
  return { undo: marked === 0 ? null : token, marked, counts };
}

/** Marks everything in a list read, or a part of it. Items that come later are not meant. */
export async function markAll(request: MarkAll): Promise<MarkedAll> {
  try {
    return await inBulkTransaction((tx) => mark(tx, request));
  } catch (error) {
    if (!(error instanceof TooManyError)) throw error;
    return { undo: null, marked: 0, tooMany: true };
  }
}
