import { renameFolder as writeName } from '@/lib/store/change-folders';
import { parseFolderName } from './folder-name';

/**
 * Gives one of a user's folders another name.
 *
 * @param name as typed.
 */
export async function renameFolder(request: {
  userId: number;
  folderId: number;
  name: string;
}): Promise<{ ok: true } | { ok: false; message: string }> {
  const parsed = parseFolderName(request.name);
  if (!parsed.ok) return parsed;
  switch (await writeName(request.userId, request.folderId, parsed.name)) {
    case 'renamed':
      return { ok: true };
    case 'taken':
      return { ok: false, message: `You have a folder named “${parsed.name}” already.` };
    case 'missing':
      return { ok: false, message: 'There is no such folder among yours.' };
  }
}
