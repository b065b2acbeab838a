import { deleteFolder, deleteFolderWithFeeds } from '@/lib/store/change-folders';
import type { EndedSubscriptions } from '@/lib/store/end-subscriptions';

/**
 * Deletes one of a user's folders.
 *
 * @param feeds what becomes of the feeds in it: they stay without a folder, or are unsubscribed from.
 * @returns what was unsubscribed from, and what undoing needs; null when there is no such folder.
 */
export async function removeFolder(request: {
  userId: number;
  folderId: number;
  feeds: 'keep' | 'unsubscribe';
}): Promise<EndedSubscriptions | null> {
  const { userId, folderId, feeds } = request;
  if (feeds === 'unsubscribe') return deleteFolderWithFeeds(userId, folderId);
  return (await deleteFolder(userId, folderId)) ? { count: 0, undo: null } : null;
}
