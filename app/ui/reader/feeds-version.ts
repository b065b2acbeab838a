'use client';

import { useSyncExternalStore } from 'react';
import { makeSignal } from './signal';

/** What names the list of feeds as the server has it: pages are written with it, and hear of another one later. */
const changed = makeSignal();
let heard: string | null = null;

/** Says what the list is now. @returns whether that is news. */
export function noteFeedsVersion(version: string): boolean {
  if (version === heard) return false;
  const isNews = heard !== null;
  heard = version;
  changed.emit();
  return isNews;
}

/** What the list is, as far as this tab has heard. @param rendered what the page was written with. */
export function useFeedsVersion(rendered: string): string {
  return useSyncExternalStore(
    changed.subscribe,
    () => heard ?? rendered,
    () => rendered,
  );
}
