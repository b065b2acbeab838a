'use client';

import {
  cookieText,
  type ReadingSettings,
  rootAttributes,
  SETTINGS_COOKIE,
  writeSettings,
} from './reading-settings';
import { replaceSettings } from './use-settings';

/** Changes settings: at once on this page, and for all that come. */
export function chooseSettings(settings: ReadingSettings): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser, nor without HTTPS
  document.cookie = cookieText(SETTINGS_COOKIE, writeSettings(settings));
  for (const [name, value] of Object.entries(rootAttributes(settings))) {
    if (value === undefined) document.documentElement.removeAttribute(name);
    else document.documentElement.setAttribute(name, value);
  }
  replaceSettings(settings);
}
