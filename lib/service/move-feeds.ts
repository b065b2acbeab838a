import { moveFeedsToFolder } from '@/lib/store/change-folders';

/** More than any page shows at once. */
const AT_MOST = 5000;

/**
 * Moves feeds of a user to one of their folders, or out of any.
 *
 * @param folderId null for none.
 * @returns how many were moved.
 */
export async function moveFeeds(request: {
  userId: number;
  feedIds: number[];
  folderId: number | null;
}): Promise<number> {
  const { userId, feedIds, folderId } = request;
  return moveFeedsToFolder(userId, feedIds.slice(0, AT_MOST), folderId);
}
