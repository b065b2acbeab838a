'use client';

import { useSyncExternalStore } from 'react';
import type { FullTextView } from '@/lib/store/views';
import { makeSignal } from './signal';

/** What stands in the place of what the feed brings of an article: the text of its own page, or how far that has come. */
export type ShownText = Exclude<FullTextView, { status: 'none' }>;

const changed = makeSignal();
const shown = new Map<number, ShownText>();

/** Shows something in place of the feed's text; null for that itself. */
export function showText(itemId: number, text: ShownText | null): void {
  if (text === null) shown.delete(itemId);
  else shown.set(itemId, text);
  changed.emit();
}

/** @returns what stands in the place of the feed's text; null where that stands there itself. */
export function readShownText(itemId: number): ShownText | null {
  return shown.get(itemId) ?? null;
}

/**
 * What stands in the place of the feed's text, now and whenever that changes.
 *
 * @param rendered what the page was written with.
 */
export function useShownText(itemId: number, rendered: ShownText | null = null): ShownText | null {
  return useSyncExternalStore(
    changed.subscribe,
    () => readShownText(itemId),
    () => rendered,
  );
}
