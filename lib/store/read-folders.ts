import { openStore } from './client';

export interface FolderView {
  id: number;
  name: string;
  /** From 0, as the reader has ordered them. */
  position: number;
}

/** @returns the user's folders, in the reader's order. */
export async function listFolders(userId: number): Promise<FolderView[]> {
  return openStore().folder.findMany({
    where: { userId },
    select: { id: true, name: true, position: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
}
