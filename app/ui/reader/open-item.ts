'use client';

import { useSyncExternalStore } from 'react';
import { type Opened, parseOpened } from './opened';
import { makeSignal } from './signal';

const changed = makeSignal();

function readOpened(): Opened {
  const query = new URLSearchParams(window.location.search);
  return parseOpened(query.get('item'), query.get('about'));
}

/** Steps of the history that have been made on this page since the list was alone; unknown after going back. */
let steps = 0;

/** Goes to another state of the same page: a step of its own in the history, or in place of the last. */
export function goWithin(address: string, step: 'push' | 'replace'): void {
  if (step === 'push') steps += 1;
  if (step === 'push') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
  changed.emit();
}

/** Goes to the list by itself: back, where that is where one came from. */
export function closeWithin(address: string): void {
  if (steps === 1) window.history.back();
  else goWithin(address, 'push');
  steps = 0;
}

function subscribe(listener: () => void) {
  const onBack = () => {
    steps = 0;
    listener();
  };
  const stop = changed.subscribe(listener);
  window.addEventListener('popstate', onBack);
  return () => {
    steps = 0;
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
