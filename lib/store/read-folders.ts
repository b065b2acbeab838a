import { openStore } from './client';
import type { FolderView } from './settings-views';

/** @returns the user's folders, in the reader's order. */
export async function listFolders(userId: number): Promise<FolderView[]> {
  return openStore().folder.findMany({
    where: { userId },
    select: { id: true, name: true, position: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
}
