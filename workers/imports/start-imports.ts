import { claimImports } from '@/lib/store/imports';
import { startRounds } from '../run-rounds';
import { readListInThread } from './read-list';
import { runImport } from './run-import';

/** Somebody looks at the page of an import meanwhile. */
const ROUND_EVERY_MS = 1000;
/** Imports share one database: two at a time are no slower than more. */
const AT_ONCE = 2;

/**
 * Reads the lists of feeds that people bring, and subscribes to what is in them.
 *
 * @returns how to stop: what is left of an import is another worker's.
 */
export function startImports(): () => Promise<void> {
  return startRounds({
    name: 'imports',
    everyMs: ROUND_EVERY_MS,
    atOnce: AT_ONCE,
    claim: claimImports,
    work: (held, signal) => runImport(held, readListInThread, signal),
  });
}
