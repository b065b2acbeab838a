import { readDocument } from '@/lib/feed/read-document';
import type { ReadOptions, ReadOutcome } from '@/lib/feed/types';

/** What the pool sends to a thread. */
export interface DocumentTask {
  bytes: Uint8Array;
  options: ReadOptions;
}

/** Entry of a pool thread: piscina calls it once for each document. */
export default function runTask({ bytes, options }: DocumentTask): ReadOutcome {
  return readDocument(bytes, options);
}
