import { StartError } from '../lib/start-error.mjs';

/**
 * Puts what PostgreSQL's programs wrote before they gave up into one sentence.
 *
 * @param doing such as `PostgreSQL did not start`.
 * @param output their messages, the oldest first.
 * @param where the folder of the data, or the log to look into.
 */
export function explainOutput(doing: string, output: string, where: string): StartError {
  if (/No space left on device|Disk quota exceeded|wrote only \d+ of|Check free disk space/i.test(output)) {
    return new StartError(`The disk is full: ${doing} in ${where}.`);
  }
  if (/Read-only file system/i.test(output)) {
    return new StartError(`${doing}: ${where} is on a read-only file system.`);
  }
  if (/Permission denied/i.test(output)) {
    return new StartError(`${doing}: its user has no permission to use ${where}.`);
  }
  if (
    /could not create shared memory|could not map anonymous shared memory|Cannot allocate memory/i.test(
      output,
    )
  ) {
    return new StartError(`${doing}: there is not enough memory.`);
  }
  const lines = output.split('\n').filter((line) => /\b(FATAL|PANIC|error):/i.test(line));
  const line = (lines[0] ?? output.trim().split('\n').at(-1) ?? '').replace(
    /^.*?(FATAL|PANIC|error):\s*/i,
    '',
  );
  return new StartError(`${doing}${line ? `: ${line.trim().replace(/\.$/, '')}` : ''} (see ${where}).`);
}
