'use client';

import { useSyncExternalStore } from 'react';
import { makeSignal } from './signal';

/** How many items of each feed are unread, by the feed's id; only feeds with some. */
export type Counts = Record<number, number>;

const changed = makeSignal();
let counts: Counts | null = null;
let newestItemId = 0;

/** What the server says, once nothing waits to be told to it. */
export function setCounts(said: Counts): void {
  counts = said;
  changed.emit();
}

/** Begins with what the server rendered, unless this tab knows better. */
export function beginCounts(rendered: Counts, newest: number): void {
  if (typeof window === 'undefined' || counts !== null) return;
  counts = rendered;
  newestItemId = newest;
}

/** @returns the largest id of an item that this tab has heard of. */
export function readNewestItemId(): number {
  return newestItemId;
}

/** Takes note of the newest item there is. @returns whether it is news. */
export function noteNewestItem(id: number): boolean {
  const news = newestItemId !== 0 && id > newestItemId;
  newestItemId = Math.max(newestItemId, id);
  return news;
}

/** Counts up or down at once, before the server has been told. */
export function adjustCount(feedId: number, by: number): void {
  if (counts === null) return;
  const count = Math.max(0, (counts[feedId] ?? 0) + by);
  counts = { ...counts, [feedId]: count };
  changed.emit();
}

/** @returns the counts as they are now; null before the page is awake. */
export function readCounts(): Counts | null {
  return counts;
}

/** @returns how many are unread in these feeds; in all, where none are named. */
export function sumCounts(of: Counts, feedIds?: readonly number[]): number {
  const all = feedIds === undefined ? Object.values(of) : feedIds.map((id) => of[id] ?? 0);
  return all.reduce((total, count) => total + count, 0);
}

/**
 * A number out of the counts, or several in a text, now and whenever it changes.
 *
 * @param seed the counts that the server rendered with.
 */
export function useCount<Picked extends number | string>(
  seed: Counts,
  pick: (counts: Counts) => Picked,
): Picked {
  return useSyncExternalStore(
    changed.subscribe,
    () => pick(counts ?? seed),
    () => pick(seed),
  );
}
