import { openStore } from './client';
import type { Prisma } from './generated/client';
import { lockReader } from './settle-counts';

type Undo = Prisma.MarkUndoGetPayload<Record<never, never>>;

/** @returns the undo, taken out; null where it has run out, or where the same feeds were marked again since. */
async function takeUndo(tx: Prisma.TransactionClient, userId: number, token: string): Promise<Undo | null> {
  const undo = await tx.markUndo.findFirst({ where: { token, userId } });
  if (undo === null) return null;
  const later = await tx.markUndo.count({
    where: { userId, markedAt: { gt: undo.markedAt } },
  });
  if (later > 0) return null;
  const { count } = await tx.markUndo.deleteMany({ where: { token, userId } });
  return count === 0 ? null : undo;
}

/**
 * Takes back that everything was marked read. What has come since, or was marked one by one since, stays as it is.
 *
 * @returns false where there is nothing to undo (any more): it has run out, or a later one has to be undone first.
 */
export async function undoMarks(userId: number, token: string): Promise<boolean> {
  return openStore().$transaction(async (tx) => {
    await lockReader(tx, userId);
    const undo = await takeUndo(tx, userId, token);
    if (undo === null) return false;
    await tx.$executeRaw`
      UPDATE subscriptions s SET read_through_id = LEAST(s.read_through_id, old.from_id), unread_count = NULL
      FROM unnest(${undo.feedIds}::int[], ${undo.fromIds}::bigint[]) AS old (feed_id, from_id)
      WHERE s.user_id = ${userId} AND s.feed_id = old.feed_id`;
    // Unread by a state, even where the watermark said so before: it may have moved past the item since.
    await tx.$executeRaw`
      WITH restored AS (
        UPDATE item_states st SET read = false, read_at = NULL
        WHERE st.user_id = ${userId} AND st.item_id = ANY(${[...undo.unreadIds, ...undo.freshIds]}::bigint[])
          AND st.read_at = ${undo.markedAt}
        RETURNING st.feed_id
      )
      UPDATE subscriptions s SET unread_count = NULL
      WHERE s.user_id = ${userId} AND s.feed_id IN (SELECT feed_id FROM restored)`;
    return true;
  });
}
