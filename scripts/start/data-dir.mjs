import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileProblem, StartError } from '../lib/start-error.mjs';

/**
 * Makes the data folder when it is not there.
 *
 * @param {string} root what a relative `DATA_DIR` is relative to
 * @returns {string} its real path: one folder, one name.
 */
export function prepareDataDir(root) {
  const path = resolve(root, process.env.DATA_DIR?.trim() || '.tidings');
  try {
    // As root, PostgreSQL runs as another user, who must be able to pass, but not to look around.
    if (mkdirSync(path, { recursive: true })) chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    return realpathSync(path);
  } catch (error) {
    throw new StartError(
      fileProblem(error, path) ?? `The data folder ${path} cannot be used: ${String(error)}.`,
    );
  }
}
