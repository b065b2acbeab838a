'use client';

import { useSyncExternalStore } from 'react';
import { type Opened, parseOpened } from './opened';
import { makeSignal } from './signal';

const changed = makeSignal();

/** What the browser has been asked to go back to and is not at yet, what has been asked for since, and what is shown. */
interface Return {
  shown: Opened;
  after: (() => void)[];
}

/** Browsers go back after a while: until then the address is still that of what has been left. */
let returning: Return | null = null;
/** It takes a few milliseconds; a browser that does not go back at all is not waited for. */
const RETURN_MS = 2000;

const openedAt = (query: string): Opened => {
  const params = new URLSearchParams(query);
  return parseOpened(params.get('item'), params.get('about'));
};

const readOpened = (): Opened => (returning === null ? openedAt(window.location.search) : returning.shown);

/** Steps of the history that have been made on this page since the list was alone; unknown after going back. */
let steps = 0;

/** Does what has been asked for while the browser went back. */
function endReturn({ after }: Return) {
  returning = null;
  for (const step of after) step();
  changed.emit();
}

/** Goes to another state of the same page: a step of its own in the history, or in place of the last. */
export function goWithin(address: string, step: 'push' | 'replace'): void {
  if (step === 'push') steps += 1;
  const go = () =>
    step === 'push'
      ? window.history.pushState(null, '', address)
      : window.history.replaceState(null, '', address);
  if (returning === null) go();
  else {
    returning.shown = openedAt(new URL(address, window.location.href).search);
    returning.after.push(go);
  }
  changed.emit();
}

/** Goes to the list by itself: back, where that is where one came from. It shows at once. */
export function closeWithin(address: string): void {
  if (steps === 1 && returning === null) {
    const mine: Return = { shown: null, after: [] };
    returning = mine;
    window.history.back();
    setTimeout(() => returning === mine && endReturn(mine), RETURN_MS);
    changed.emit();
  } else goWithin(address, 'push');
  steps = 0;
}

function onBack() {
  if (returning !== null) return endReturn(returning);
  steps = 0;
  changed.emit();
}

function subscribe(listener: () => void) {
  const stop = changed.subscribe(listener);
  window.addEventListener('popstate', onBack);
  return () => {
    steps = 0;
    returning = null;
    stop();
    window.removeEventListener('popstate', onBack);
  };
}

/**
 * What the address says is open; the router need not be asked.
 *
 * @param rendered what the server rendered with.
 */
export function useOpened(rendered: Opened): Opened {
  return useSyncExternalStore(subscribe, readOpened, () => rendered);
}
