import { createImport } from '@/lib/store/imports';

/** The largest file that is taken, in bytes: 4,000 feeds are one. */
export const MAX_IMPORT_BYTES = 10_485_760;
const MAX_NAME = 120;

export type StartedImport = { ok: true; importId: number } | { ok: false; code: 'empty' | 'too-many' };

/**
 * Takes a list of feeds as it came. Answers at once: the file is committed as it is, and a worker reads it.
 *
 * @param file at most `MAX_IMPORT_BYTES`; nothing of it is looked at.
 */
export async function startImport(request: {
  userId: number;
  file: { name: string; bytes: Uint8Array };
}): Promise<StartedImport> {
  const { name, bytes } = request.file;
  if (bytes.byteLength === 0) return { ok: false, code: 'empty' };
  const shown =
    name
      .replace(/[\p{Cc}\p{Surrogate}]/gu, '')
      .slice(-MAX_NAME)
      .trim() || 'feeds';
  const importId = await createImport(request.userId, { name: shown, bytes });
  return importId === null ? { ok: false, code: 'too-many' } : { ok: true, importId };
}
