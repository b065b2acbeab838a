'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { readNewestItemId } from './counts';
import { absorbStates, readState } from './item-states';
import { appendPage, beginList, type ListPages } from './list-pages';
import type { ListedItem, ListedPage } from './listed-item';
import { news } from './news';
import { isNewerHere, isOvertaken } from './outbox';
import { listAddress, listKey, type ReaderView } from './reader-view';
import { makeSignal } from './signal';

/** What the server rendered a list with. */
export interface ListSeed {
  page: ListedPage;
  /** ISO. */
  asOf: string;
}

/** A list as it was left: what going back brings. */
interface KeptList {
  list: ListPages;
  asOf: string;
  scrollTop: number;
  /** Heights of pages that were out of sight, by their first item. */
  heights: Map<number, number>;
  /** How often it has been looked whether all is still as it was, and of pages, by their first item, how often then. */
  looks: number;
  looked: Map<number, number>;
  /** The largest id of an item that was known when nothing of the list was kept back. */
  through: number;
}

const KEPT_LISTS = 12;
/** Going back is told by an event that comes before the page does. */
const BACK_MS = 3000;
/** What the server renders anew does not say since when it has been on its way: seldom longer than this. */
export const RENDER_MS = 5000;

const UNMOVED = () => ({
  scrollTop: 0,
  heights: new Map(),
  looks: 0,
  looked: new Map(),
  through: readNewestItemId(),
});

const changed = makeSignal();
const kept = new Map<string, KeptList>();
let wentBackAt = Number.NEGATIVE_INFINITY;

if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    wentBackAt = performance.now();
  });
}

/** Replaces a list that is kept. */
export function put(key: string, list: ListPages): void {
  const before = kept.get(key);
  if (before === undefined) return;
  kept.set(key, { ...before, list });
  changed.emit();
}

/**
 * The server may not have known yet what was done here.
 *
 * @returns the page without what has been read meanwhile in a list of what is unread, or lost its star in that of stars.
 */
function leaveOut(view: ReaderView, page: ListedPage, isNewer: (id: number) => boolean): ListedPage {
  const belongs = (item: ListedItem) => {
    const { read, starred } = readState(item);
    return !(view.unread && read) && (view.name !== 'starred' || starred);
  };
  return { ...page, items: page.items.filter((item) => belongs(item) || !isNewer(item.id)) };
}

/** Takes over how items are, as the server has said that was asked at a moment. @returns those that are of the view. */
function absorbPage(view: ReaderView, page: ListedPage, askedAt: number): ListedPage {
  const isNewer = (id: number) => isNewerHere(id, askedAt);
  absorbStates(page.items, isNewer);
  return leaveOut(view, page, isNewer);
}

/** Takes over what the server rendered, unless the reader has come back to a list as it was left. */
function adopt(view: ReaderView, { page, asOf }: ListSeed) {
  if (typeof window === 'undefined') return;
  const key = listKey(view);
  const before = kept.get(key);
  const back = performance.now() - wentBackAt < BACK_MS;
  if (before !== undefined && (before.asOf === asOf || back)) return;
  kept.delete(key);
  const askedAt = performance.now() - RENDER_MS;
  const list = beginList(leaveOut(view, page, (id) => isNewerHere(id, askedAt)));
  kept.set(key, { ...UNMOVED(), list, asOf });
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_LISTS) break;
    kept.delete(oldest);
  }
}

type NoteRendered = (view: ReaderView, page: ListedPage) => void;

const absorbed = new Set<string>();

/** A page that the server renders again while it is looked at: nothing moves. */
function follow(view: ReaderView, { page: rendered, asOf }: ListSeed, note: NoteRendered) {
  const key = listKey(view);
  const stamp = `${key} ${asOf}`;
  if (absorbed.has(stamp)) return;
  absorbed.add(stamp);
  const askedAt = performance.now() - RENDER_MS;
  const page = absorbPage(view, rendered, askedAt);
  // What was marked with very many others, and had not been shown, is looked at again.
  void isOvertaken(askedAt).then((is) => is && news.emit());
  const before = kept.get(key);
  if (before === undefined || before.asOf === asOf) return;
  kept.set(key, { ...before, asOf });
  note(view, page);
}

/** @returns a page of a list, whose states are taken over; null where nobody answers. */
export async function fetchPage(view: ReaderView, address: string): Promise<ListedPage | null> {
  const askedAt = performance.now();
  try {
    const response = await fetch(address);
    if (!response.ok) return null;
    const page = await response.json();
    return (await isOvertaken(askedAt)) ? fetchPage(view, address) : absorbPage(view, page, askedAt);
  } catch {
    // The network is away: whoever asked says so.
    return null;
  }
}

/** Loads the next page, if there is one and it is not on its way. */
export async function loadMore(view: ReaderView): Promise<void> {
  const key = listKey(view);
  const list = kept.get(key)?.list;
  if (list === undefined || list.loading || list.nextCursor === null) return;
  put(key, { ...list, loading: true, failed: false });
  const page = await fetchPage(view, listAddress(view, list.nextCursor));
  const now = kept.get(key)?.list;
  // It may have been begun anew, and end elsewhere.
  if (now?.nextCursor !== list.nextCursor) return;
  if (page !== null) noteLooked(view, page.items);
  put(key, page === null ? { ...now, loading: false, failed: true } : appendPage(now, page));
}

/** Says of a page that its states are those of now. */
export function noteLooked(view: ReaderView, items: readonly ListedItem[]): void {
  const { looks, looked } = placeOf(view);
  if (items[0] !== undefined) looked.set(items[0].id, looks);
}

/** Where a list was left, in pixels; how tall its pages are that are out of sight; when its states were looked at. */
export function placeOf(view: ReaderView): Omit<KeptList, 'list' | 'asOf'> {
  return kept.get(listKey(view)) ?? UNMOVED();
}

/** Remembers where a list is left. */
export function notePlace(view: ReaderView, scrollTop: number): void {
  const list = kept.get(listKey(view));
  if (list !== undefined) list.scrollTop = scrollTop;
}

/** @returns the items of a list that are in the browser. */
export function listedItems(view: ReaderView): ListedItem[] {
  return kept.get(listKey(view))?.list.pages.flat() ?? [];
}

/** @returns a list as far as it is loaded. */
export function readList(view: ReaderView): ListPages | null {
  return kept.get(listKey(view))?.list ?? null;
}

/**
 * A list as far as it is loaded, now and whenever that changes.
 *
 * @param note takes note of what the server renders again while it is looked at.
 */
export function useList(view: ReaderView, seed: ListSeed, note: NoteRendered): ListPages {
  const key = listKey(view);
  // Before the first look at it: what comes later is too late for where the list is scrolled to.
  const [adopted, setAdopted] = useState(() => {
    adopt(view, seed);
    return key;
  });
  if (adopted !== key) {
    adopt(view, seed);
    setAdopted(key);
  }
  const rendered = useMemo(() => beginList(seed.page), [seed.page]);
  useEffect(() => follow(view, seed, note), [view, seed, note]);
  return useSyncExternalStore(
    changed.subscribe,
    () => kept.get(key)?.list ?? rendered,
    () => rendered,
  );
}
