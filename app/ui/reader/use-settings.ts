'use client';

import { createContext, use, useSyncExternalStore } from 'react';
import {
  cookieText,
  parseSettings,
  type ReadingSettings,
  rootAttributes,
  SETTINGS_COOKIE,
  writeSettings,
} from './reading-settings';
import { makeSignal } from './signal';

const changed = makeSignal();
let chosen: ReadingSettings | null = null;

/** The settings that the server rendered with. */
export const SettingsContext = createContext<ReadingSettings>(parseSettings(undefined));

/** The settings, now and whenever one is changed. */
export function useSettings(): ReadingSettings {
  const rendered = use(SettingsContext);
  return useSyncExternalStore(
    changed.subscribe,
    () => chosen ?? rendered,
    () => rendered,
  );
}

/** Changes settings: at once on this page, and for all that come. */
export function chooseSettings(settings: ReadingSettings): void {
  chosen = settings;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser, nor without HTTPS
  document.cookie = cookieText(SETTINGS_COOKIE, writeSettings(settings));
  for (const [name, value] of Object.entries(rootAttributes(settings))) {
    if (value === undefined) document.documentElement.removeAttribute(name);
    else document.documentElement.setAttribute(name, value);
  }
  changed.emit();
}
