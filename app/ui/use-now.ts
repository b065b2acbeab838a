'use client';

import { useSyncExternalStore } from 'react';

const TICK_MS = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
      now = 0;
    }
  };
}

function read() {
  if (now === 0) now = Date.now();
  return now;
}

/**
 * The time in milliseconds, moving on every half minute: one timer for all dates of a page.
 *
 * @returns null on the server and while the page wakes up, so that both say the same.
 */
export function useNow(): number | null {
  return useSyncExternalStore(subscribe, read, () => null);
}
