import { setImmediate } from 'node:timers/promises';
import { writeVector } from '@/lib/feed/search/write-vector';
import { metrics } from '@/lib/ops/metrics';
import { indexItems, tidyIndex, type UnindexedItem } from '@/lib/store/search-index';
import { startRounds } from '../run-rounds';

/** Somebody who reads an item searches for it seconds later at the earliest. */
const ROUND_EVERY_MS = 1000;
/** How long a round goes on while there is something to do, in milliseconds: then others have their turn. */
const ROUND_MS = 2000;
/** The same while feeds are being fetched, which go first. */
const BUSY_ROUND_MS = 500;

/** Between two items, whatever else this process does comes first. */
async function toVector(item: UnindexedItem): Promise<string> {
  await setImmediate();
  return writeVector(item);
}

async function round(isBusy: () => boolean, signal: AbortSignal): Promise<void> {
  const begun = Date.now();
  let done = 0;
  while (!signal.aborted && Date.now() - begun < (isBusy() ? BUSY_ROUND_MS : ROUND_MS)) {
    const count = await indexItems(toVector);
    if (count === 0) break;
    done += count;
  }
  if (done > 0) {
    metrics.searchIndexed.inc(done);
    await tidyIndex();
  }
}

/**
 * Makes items searchable, behind their being stored: a round at a time, and apart from the queue.
 *
 * @param isBusy whether this process fetches feeds, too.
 * @returns how to stop.
 */
export function startSearch(isBusy: () => boolean): () => Promise<void> {
  return startRounds({
    name: 'search',
    everyMs: ROUND_EVERY_MS,
    atOnce: 1,
    claim: async () => [null],
    work: (_nothing, signal) => round(isBusy, signal),
  });
}
