import { orderFolders } from '@/lib/store/change-folders';
import { listFolders } from '@/lib/store/read-folders';

/**
 * Puts one of a user's folders before another; nothing happens where either is not the user's.
 *
 * @param before the folder that comes after it; null for none: it is last.
 */
export async function placeFolder(request: {
  userId: number;
  folderId: number;
  before: number | null;
}): Promise<void> {
  const { userId, folderId, before } = request;
  const ids = (await listFolders(userId)).map(({ id }) => id);
  if (before === folderId || !ids.includes(folderId)) return;
  const others = ids.filter((id) => id !== folderId);
  const place = before === null ? others.length : others.indexOf(before);
  if (place < 0) return;
  await orderFolders(userId, others.toSpliced(place, 0, folderId));
}
