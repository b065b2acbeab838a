'use client';

import { useCallback, useSyncExternalStore } from 'react';

/**
 * What is read and starred, of all items that this tab has met: lists and articles look here first, so that what is
 * done to an item shows wherever it stands.
 */

export interface ItemState {
  read: boolean;
  starred: boolean;
}

interface Stated extends ItemState {
  id: number;
}

const states = new Map<number, ItemState>();
/** What was done before the page was loaded, and is not in what the server wrote. */
const expected = new Map<number, Partial<ItemState>>();
const listeners = new Map<number, Set<() => void>>();

function emit(id: number) {
  for (const listener of listeners.get(id) ?? []) listener();
}

/** @returns how an item is now; as it came, where nothing is known since. */
export function readState(item: Stated): ItemState {
  return states.get(item.id) ?? { read: item.read, starred: item.starred, ...expected.get(item.id) };
}

/** Says how items will be once the server has been told what waits. */
export function expectStates(ids: readonly number[], change: Partial<ItemState>): void {
  for (const id of ids) {
    expected.set(id, { ...expected.get(id), ...change });
    writeKnownStates([id], change);
  }
}

/** Sets what is given, for one item. */
export function writeState(item: Stated, change: Partial<ItemState>): void {
  const before = readState(item);
  const after = { ...before, ...change };
  states.set(item.id, after);
  if (after.read !== before.read || after.starred !== before.starred) emit(item.id);
}

/** Sets what is given for items of which this tab may know nothing: those it does not know are left alone. */
export function writeKnownStates(ids: readonly number[], change: Partial<ItemState>): void {
  for (const id of ids) {
    const known = states.get(id);
    if (known !== undefined) writeState({ id, ...known }, change);
  }
}

/** Says that items are not as they were expected to be: the server does not take what was to make them so. */
export function withdrawStates(ids: readonly number[], change: Partial<ItemState>): void {
  for (const id of ids) if (expected.delete(id)) emit(id);
  const { read, starred } = change;
  writeKnownStates(ids, {
    ...(read === undefined ? {} : { read: !read }),
    ...(starred === undefined ? {} : { starred: !starred }),
  });
}

/** Takes over how items are, as the server has said; not of those of which something newer is known here. */
export function absorbStates(items: readonly Stated[], isNewerHere: (id: number) => boolean): void {
  for (const item of items) {
    if (!isNewerHere(item.id)) writeState(item, { read: item.read, starred: item.starred });
  }
}

function subscribe(id: number, listener: () => void) {
  const mine = listeners.get(id) ?? new Set();
  listeners.set(id, mine.add(listener));
  return () => {
    mine.delete(listener);
    if (mine.size === 0) listeners.delete(id);
  };
}

const toBits = ({ read, starred }: ItemState) => (read ? 1 : 0) + (starred ? 2 : 0);

/** How an item is, now and whenever that changes; while the page wakes up, as the server wrote it. */
export function useItemState(item: Stated): ItemState {
  const listen = useCallback((listener: () => void) => subscribe(item.id, listener), [item.id]);
  // A number, since what is compared has to be the same while nothing has changed.
  const bits = useSyncExternalStore(
    listen,
    () => toBits(readState(item)),
    () => toBits(item),
  );
  return { read: bits % 2 === 1, starred: bits > 1 };
}
