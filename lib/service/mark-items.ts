import { type MarkAll, type MarkedAll, markAll } from '@/lib/store/mark-all';
import { type ItemMarks, writeMarks } from '@/lib/store/mark-items';
import { undoMarks } from '@/lib/store/undo-marks';

/** As many in one request. */
export const MOST_MARKED = 500;

/**
 * Marks items of a user read or unread, starred or not.
 *
 * @param request at most 500 items; those that are not the user's are left out.
 */
export async function markItems(request: ItemMarks): Promise<void> {
  const itemIds = [...new Set(request.itemIds)].slice(0, MOST_MARKED);
  if (itemIds.length > 0) await writeMarks({ ...request, itemIds });
}

/** Marks everything in a list read, or what is older, above or below in it. */
export async function markAllRead(request: MarkAll): Promise<MarkedAll> {
  return markAll(request);
}

/**
 * Takes back what `markAllRead` did.
 *
 * @param request with the token that it gave.
 * @returns false where it cannot be undone any more.
 */
export async function undoMarkAll(request: { userId: number; undo: string }): Promise<boolean> {
  return undoMarks(request.userId, request.undo);
}
