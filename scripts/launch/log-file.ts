import { appendFileSync, renameSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** What a process writes, kept in a file of bounded size. */
export interface LogFile {
  path: string;
  /** The last lines that were not empty. */
  tail(): string[];
}

const largest = 10_000_000;
const tailLines = 5;

/**
 * Writes what comes from some streams to a file; at 10 MB it begins a new one and keeps one older.
 *
 * @param path its folder must exist.
 */
export function keepLog(path: string, streams: (Readable | null)[]): LogFile {
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  let lines: string[] = [];
  const write = (text: string) => {
    lines = [...lines, ...text.split('\n').filter((line) => line.trim())].slice(-tailLines);
    try {
      if (size > largest) {
        renameSync(path, `${path}.1`);
        size = 0;
      }
      appendFileSync(path, text, { mode: 0o600 });
      size += Buffer.byteLength(text);
    } catch (error) {
      // A full disk must not end the launcher, which has to stop PostgreSQL in order.
      lines = [...lines, `(${path} cannot be written: ${String(error)})`].slice(-tailLines);
    }
  };
  for (const stream of streams) stream?.setEncoding('utf8').on('data', write);
  return { path, tail: () => lines };
}
