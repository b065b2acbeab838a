import { randomUUID } from 'node:crypto';
import { type BulkTransaction, inBulkTransaction } from './bulk-client';
import type { UnreadCounts } from './count-unread';
import { readCursor } from './cursor';
import { Prisma } from './generated/client';
import { type ItemOrder, type ItemScope, matchSubscriptions } from './item-scope';
import { markEach, selectAbove, selectListed, selectStarred, TooManyError } from './mark-each';
import { type Deed, isMeant, type Limits, moveWatermarks, moveWhole, newestOf } from './move-watermarks';
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

/** Which of a list's items a request means. */
function limitsOf({ order, before, from, through }: MarkAll): Limits {
  const place = readCursor(from?.cursor) ?? undefined;
  const isOlder = (order === 'newest') === (from?.direction === 'below');
  return { before, through, [isOlder ? 'olderThan' : 'newerThan']: place };
}

/** Marks what no watermark can say: what is starred, or newer than something. */
async function markByStates(
  tx: BulkTransaction,
  deed: Deed,
  scope: ItemScope,
  limits: Limits,
): Promise<Pick<MarkedAll, 'marked' | 'counts'>> {
  const { userId, token, at } = deed;
  const meant = isMeant(limits);
  const unread =
    scope.kind === 'starred'
      ? selectStarred(userId, meant)
      : Prisma.sql`${selectAbove(userId, scope, meant)} UNION ALL ${selectListed(userId, scope, meant)}`;
  const items = await markEach(tx, userId, unread, at);
  await tx.execute(Prisma.sql`
    INSERT INTO mark_undos (user_id, token, marked_at, unread_ids, fresh_ids) VALUES (
      ${userId}, ${token}::uuid, ${at}, ${items.unreadIds}::bigint[], ${items.freshIds}::bigint[])`);
  return { marked: items.freshIds.length + items.unreadIds.length };
}

async function mark(tx: BulkTransaction, request: MarkAll): Promise<MarkedAll> {
  const { userId, scope, token = randomUUID() } = request;
  const limits = limitsOf(request);
  const byStates = scope.kind === 'starred' || limits.newerThan !== undefined;
  const mayBeWhole = !byStates && newestOf(limits) === null;
  const settle = () => settleCountsIn(tx, userId, matchSubscriptions(userId, scope));
  const markWhole = () => moveWhole(tx, { userId, token }, scope, limits.through);
  // All in one round trip: mostly there is nothing to count first, and all is meant.
  const [, , [begun], swift] = await Promise.all([
    // Planned once a connection, whoever the reader is: that takes 2 ms, and what is chosen is the same.
    tx.execute(Prisma.sql`SET LOCAL plan_cache_mode = force_generic_plan`),
    lockReader(tx, userId),
    tx.query<{ at: string; spent: boolean | null }>(Prisma.sql`
      SELECT clock_timestamp()::text AS at,
        (SELECT ${IS_SPENT} FROM mark_undos u WHERE user_id = ${userId} AND token = ${token}::uuid) AS spent`),
    mayBeWhole ? markWhole() : settle(),
    // After it: what is forgotten is not known to have been done.
    forgetUndos(tx, userId),
  ]);
  if (begun === undefined) throw new Error('The time is one row.');
  const { at, spent } = begun;
  if (spent !== null) return { undo: spent ? null : token, marked: 0 };
  const deed: Deed = { userId, token, at };
  if (swift === 'unsettled') await settle();
  const whole = swift === 'unsettled' ? await markWhole() : swift;
  const markRest = byStates ? markByStates : moveWatermarks;
  const { marked, counts } = typeof whole === 'object' ? whole : await markRest(tx, deed, scope, limits);
  if (marked === 0) {
    await tx.execute(
      Prisma.sql`UPDATE mark_undos SET ${SPENT} WHERE user_id = ${userId} AND token = ${token}::uuid`,
    );
  }
  return { undo: marked === 0 ? null : token, marked, counts: scope.kind === 'all' ? counts : undefined };
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
