import { randomUUID } from 'node:crypto';
import { openStore } from './client';
import { readCursor } from './cursor';
import { Prisma } from './generated/client';
import { beyond, fromScope, IS_READ, type ItemOrder, type ItemScope, matchSubscriptions } from './item-scope';

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
}

export interface MarkedAll {
  /** Token for `undoMarks`; null where nothing changed. */
  undo: string | null;
  /** How many items had been unread. */
  marked: number;
}

/** As many can be undone. */
const KEPT_UNDOS = 20;
const KEPT_MINUTES = 60;

type Transaction = Prisma.TransactionClient;

/** Which items `i` are meant, among those of the scope. */
function isMeant({ before, from, through, order }: MarkAll): Prisma.Sql | null {
  const place = readCursor(from?.cursor);
  const parts = [
    ...(before === undefined ? [] : [Prisma.sql`i.sort_at < ${before}`]),
    ...(from === undefined || place === null
      ? []
      : [beyond(place, order, from.direction === 'below' ? 'after' : 'before')]),
    ...(through === undefined ? [] : [Prisma.sql`i.id <= ${through}::bigint`]),
  ];
  return parts.length === 0 ? null : Prisma.join(parts, ' AND ');
}

interface Moved {
  feedIds: number[];
  fromIds: bigint[];
  throughIds: bigint[];
}

/** Moves the watermarks as far as everything up to there is meant. */
async function moveWatermarks(tx: Transaction, request: MarkAll, meant: Prisma.Sql | null): Promise<Moved> {
  const { userId, scope } = request;
  if (scope.kind === 'starred') return { feedIds: [], fromIds: [], throughIds: [] };
  const kept =
    meant === null
      ? Prisma.sql`NULL::bigint`
      : Prisma.sql`(SELECT min(i.id) - 1 FROM items i
          WHERE i.feed_id = s.feed_id AND i.id > s.read_through_id AND NOT (${meant}))`;
  const rows = await tx.$queryRaw<{ feedId: number; was: bigint; through: bigint }[]>`
    WITH held AS MATERIALIZED (
      SELECT s.id, s.feed_id, s.read_through_id FROM subscriptions s
      WHERE ${matchSubscriptions(userId, scope)} ORDER BY s.id FOR UPDATE
    ), wanted AS MATERIALIZED (
      SELECT s.id, s.read_through_id AS was,
        COALESCE(${kept}, (SELECT max(i.id) FROM items i WHERE i.feed_id = s.feed_id)) AS through FROM held s
    )
    UPDATE subscriptions s SET read_through_id = through FROM wanted
    WHERE s.id = wanted.id AND through > was RETURNING s.feed_id AS "feedId", was, through`;
  return {
    feedIds: rows.map(({ feedId }) => feedId),
    fromIds: rows.map(({ was }) => was),
    throughIds: rows.map(({ through }) => through),
  };
}

/** What the watermarks do not say gets a state of its own. */
async function writeStates(tx: Transaction, { userId, scope }: MarkAll, meant: Prisma.Sql | null, at: Date) {
  const rows = await tx.$queryRaw<{ id: bigint; unread: boolean }[]>`
    WITH wanted AS MATERIALIZED (
      SELECT i.id, st.read IS NOT NULL AS unread ${fromScope(userId, scope)}
        AND NOT ${IS_READ} AND ${meant ?? Prisma.sql`true`} ORDER BY i.id
    ), written AS (
      INSERT INTO item_states (user_id, item_id, read, read_at) SELECT ${userId}, id, true, ${at} FROM wanted
      ON CONFLICT (user_id, item_id) DO UPDATE SET read = EXCLUDED.read, read_at = EXCLUDED.read_at
    )
    SELECT id, unread FROM wanted`;
  return {
    unreadIds: rows.filter(({ unread }) => unread).map(({ id }) => id),
    freshIds: rows.filter(({ unread }) => !unread).map(({ id }) => id),
  };
}

async function countMeant(tx: Transaction, { userId, scope }: MarkAll, meant: Prisma.Sql | null) {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count ${fromScope(userId, scope)}
      AND NOT ${IS_READ} AND ${meant ?? Prisma.sql`true`}`;
  return row?.count ?? 0;
}

function forgetOldUndos(tx: Transaction, userId: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM mark_undos WHERE marked_at < now() - make_interval(mins => ${KEPT_MINUTES}) OR token IN (
      SELECT token FROM mark_undos WHERE user_id = ${userId} ORDER BY marked_at DESC OFFSET ${KEPT_UNDOS - 1})`;
}

/** Marks everything in a list read, or a part of it. Items that come later are not meant. */
export async function markAll(request: MarkAll): Promise<MarkedAll> {
  const { userId } = request;
  const meant = isMeant(request);
  return openStore().$transaction(async (tx) => {
    const marked = await countMeant(tx, request, meant);
    if (marked === 0) return { undo: null, marked };
    await forgetOldUndos(tx, userId);
    const at = new Date();
    const moved = await moveWatermarks(tx, request, meant);
    const states = await writeStates(tx, request, meant, at);
    const token = randomUUID();
    await tx.markUndo.create({ data: { token, userId, markedAt: at, ...moved, ...states } });
    return { undo: token, marked };
  });
}
