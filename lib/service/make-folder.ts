import { createFolder } from '@/lib/store/change-folders';
import { parseFolderName } from './folder-name';

export type MadeFolderResult = { ok: true; folderId: number } | { ok: false; message: string };

/**
 * Makes a folder for a user's feeds.
 *
 * @param name as typed.
 */
export async function makeFolder(request: { userId: number; name: string }): Promise<MadeFolderResult> {
  const parsed = parseFolderName(request.name);
  if (!parsed.ok) return parsed;
  const made = await createFolder(request.userId, parsed.name);
  switch (made.kind) {
    case 'made':
      return { ok: true, folderId: made.id };
    case 'taken':
      return { ok: false, message: `You have a folder named “${parsed.name}” already.` };
    case 'full':
      return { ok: false, message: 'You have as many folders as there can be: delete one first.' };
  }
}
