'use client';

import { useCommands } from './reader/commands';

const HITS = '[data-hits] h2 a';

const nothing = () => undefined;

/** The focused link of what was found; null where the focus is elsewhere. */
const focused = () =>
  document.activeElement instanceof HTMLElement && document.activeElement.matches(HITS)
    ? document.activeElement
    : null;

/** Goes through what was found by the keys that go through a list. */
export function SearchKeys() {
  useCommands({
    step: (by) => {
      const links = [...document.querySelectorAll<HTMLElement>(HITS)];
      const here = focused();
      const next = links[here === null ? 0 : links.indexOf(here) + by];
      next?.focus();
      next?.scrollIntoView({ block: 'nearest' });
    },
    open: () => focused()?.click(),
    close: nothing,
    original: nothing,
    fullText: nothing,
    toggle: nothing,
    markAll: nothing,
    refresh: nothing,
  });
  return null;
}
