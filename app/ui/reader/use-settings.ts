'use client';

import { createContext, use, useSyncExternalStore } from 'react';
import type { ReadingSettings } from './reading-settings';
import { makeSignal } from './signal';

const changed = makeSignal();
let chosen: ReadingSettings | null = null;

/** The settings that the server rendered with. */
export const SettingsContext = createContext<ReadingSettings | null>(null);

/** The settings, now and whenever one is changed. */
export function useSettings(): ReadingSettings {
  const rendered = use(SettingsContext);
  if (rendered === null) throw new Error('There are no settings outside of the reader’s frame.');
  return useSyncExternalStore(
    changed.subscribe,
    () => chosen ?? rendered,
    () => rendered,
  );
}

/** Puts what has just been chosen in the place of what the server rendered with. */
export function replaceSettings(settings: ReadingSettings): void {
  chosen = settings;
  changed.emit();
}
