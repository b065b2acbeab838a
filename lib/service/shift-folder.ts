import { orderFolders } from '@/lib/store/change-folders';
import { listFolders } from '@/lib/store/read-folders';

/**
 * Moves one of a user's folders before or after its neighbour; one that is at the end stays there.
 *
 * @param by -1 for up, 1 for down.
 */
export async function shiftFolder(request: { userId: number; folderId: number; by: -1 | 1 }): Promise<void> {
  const { userId, folderId, by } = request;
  const ids = (await listFolders(userId)).map(({ id }) => id);
  const from = ids.indexOf(folderId);
  const other = ids[from + by];
  if (from < 0 || other === undefined) return;
  ids[from + by] = folderId;
  ids[from] = other;
  await orderFolders(userId, ids);
}
