/** Something that stops the start and that a person can put right; the message is one sentence. */
export class StartError extends Error {
  name = 'StartError';
}

/**
 * @param {unknown} error
 * @returns {string} the sentence of an expected failure; of an unexpected one its stack, since that is a bug.
 */
export function sentenceOf(error) {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'StartError' || error.name === 'SettingError') return error.message;
  return fileProblem(error) ?? error.stack ?? error.message;
}

/**
 * @param {unknown} error what a call on a file or folder threw
 * @param {string} [path] where, when the error does not say
 * @returns {string | undefined} one sentence, when the reason is the disk or its permissions
 */
export function fileProblem(error, path) {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const where = 'path' in error && typeof error.path === 'string' ? error.path : path;
  const place = where ? ` ${where}` : '';
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk is full:${place || ' a file'} could not be written.`;
    case 'EACCES':
    case 'EPERM':
      return `${where ?? 'A file'} cannot be used: this user has no permission to write there.`;
    case 'EROFS':
      return `${where ?? 'A file'} cannot be written: it is on a read-only file system.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${where ?? 'A path'} cannot be used: a file is in the place of a folder.`;
    default:
      return undefined;
  }
}
