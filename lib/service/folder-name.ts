/** As much as a navigation shows of it in two lines. */
const LONGEST = 100;

export type FolderName = { ok: true; name: string } | { ok: false; message: string };

/** Reads what a person typed as the name of a folder, or says in one sentence why it cannot be one. */
export function parseFolderName(typed: string): FolderName {
  const name = typed
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (name === '') return { ok: false, message: 'Type a name for the folder.' };
  if ([...name].length > LONGEST) {
    return { ok: false, message: `The name is too long: ${LONGEST} characters are the limit.` };
  }
  return { ok: true, name };
}
