import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileProblem, StartError } from '../lib/start-error.mjs';

/**
 * The key that secrets in the embedded database are encrypted with: made at the first start, and kept beside the
 * database's passwords, so that the two are copied and restored together.
 *
 * @param dataDir exists.
 * @returns a value for SECRET_KEY.
 * @throws StartError when it can be neither read nor written.
 */
export async function keepSecretKey(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret.key');
  try {
    const known = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    if (known.trim() !== '') return known.trim();
    const key = randomBytes(32).toString('base64');
    await writeFile(`${path}.new`, `${key}\n`, { mode: 0o600 });
    await rename(`${path}.new`, path);
    return key;
  } catch (error) {
    throw new StartError(fileProblem(error, path) ?? `The key in ${path} cannot be kept: ${String(error)}`);
  }
}
