import { Piscina } from 'piscina';
import type { FeedList } from '@/lib/feed/opml/types';
import { log } from '@/lib/ops/log';
import { findThreadEntry } from '../thread-entry';

/** Less than the lease of an import: 10 MB take a second. */
const TIMEOUT_MS = 15_000;
/** Heap of the thread, in MB. */
const HEAP_MB = 512;

/**
 * Reads a file in a thread that lives as long as that takes: files are few, and one that was made to do harm does it
 * there.
 *
 * @returns never rejects: what cannot be read in time is refused.
 */
export async function readListInThread(bytes: Uint8Array): Promise<FeedList> {
  const thread = new Piscina<Uint8Array, FeedList>({
    ...findThreadEntry('imports/list-thread'),
    minThreads: 1,
    maxThreads: 1,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  try {
    return await thread.run(bytes, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    log.warn({ err: error, bytes: bytes.byteLength }, 'A list of feeds could not be read.');
    return { kind: 'refused', message: 'The file is too complicated to be read.' };
  } finally {
    await thread.destroy();
  }
}
