import { readNewestItemId } from './counts';
import { focusItem } from './focused-item';
import { writeKnownStates } from './item-states';
import { beginList, type ListPages } from './list-pages';
import type { ListedItem, ListedPage } from './listed-item';
import { fetchPage, listedItems, noteLooked, placeOf, put, readList } from './lists';
import { covers, notePage, reopenEnd, showFresh } from './merge-pages';
import { isNewerHere } from './outbox';
import { cursorOf, listAddress, listKey, PAGE, type ReaderView } from './reader-view';
import { tell } from './undo-stack';

/** As the server gives at most in one page. */
const MOST_ITEMS = 200;

/** Items that are left out of a page of what is unread, while it tells of their place, have been read elsewhere. */
function noteLeftOut(
  view: ReaderView,
  known: readonly ListedItem[],
  page: ListedPage,
  after: ListedItem | null,
  askedAt: number,
) {
  if (!view.unread) return;
  const said = new Set(page.items.map(({ id }) => id));
  const isLeftOut = (item: ListedItem) => !said.has(item.id) && covers(view.order, page, after, item);
  const read = known.filter((item) => isLeftOut(item) && !isNewerHere(item.id, askedAt));
  writeKnownStates(
    read.map(({ id }) => id),
    { read: true },
  );
}

/** @returns the list, of which this is the first page now. */
function noteTop({ order }: ReaderView, list: ListPages, page: ListedPage): ListPages {
  const noted = notePage(list, order, page);
  return order === 'newest' ? noted : reopenEnd(noted);
}

/**
 * Replaces a list by what it has been found to be.
 *
 * @param newest the largest id of an item that was known when that was asked for.
 */
function putWhole(view: ReaderView, list: ListPages, newest: number) {
  if (list.fresh.length === 0) placeOf(view).through = newest;
  put(listKey(view), list);
}

/**
 * Looks whether a list has new items, and how those are that are shown; what it finds waits until `revealFresh`.
 * Further down it is looked when that is in sight (`lookAgain`).
 */
export async function lookForFresh(view: ReaderView): Promise<void> {
  if (view.found?.query === '') return;
  // What comes into the list meanwhile may be newer than the answer.
  const known = listedItems(view);
  const newest = readNewestItemId();
  const askedAt = performance.now();
  const page = await fetchPage(view, listAddress(view, null, Math.min(MOST_ITEMS, known.length)));
  const list = readList(view);
  // How the items are is known by now; what fits better than others is found when somebody searches again.
  if (page === null || list === null || view.found?.byDate === false) return;
  noteLeftOut(view, known, page, null, askedAt);
  placeOf(view).looks += 1;
  for (const items of list.pages) {
    const last = items.at(-1);
    if (last !== undefined && covers(view.order, page, null, last)) noteLooked(view, items);
  }
  putWhole(view, noteTop(view, list, page), newest);
}

/** Looks how the items of a loaded page are now, unless that has been looked at since something changed. */
export async function lookAgain(
  view: ReaderView,
  items: readonly ListedItem[],
  before: ListedItem | null,
): Promise<void> {
  const { looks, looked } = placeOf(view);
  const key = items[0]?.id ?? 0;
  const last = looked.get(key) ?? 0;
  if (last === looks) return;
  looked.set(key, looks);
  const askedAt = performance.now();
  const page = await fetchPage(view, listAddress(view, before && cursorOf(before), items.length));
  if (page === null) {
    looked.set(key, last);
    return;
  }
  noteLeftOut(view, items, page, before, askedAt);
  const list = readList(view);
  // A list that has been begun anew since may not reach as far.
  if (list !== null && view.found === undefined && list.pages.some(([first]) => first?.id === key))
    put(listKey(view), notePage(list, view.order, page, before));
}

/** Takes note of a page that the server has rendered again while it is looked at: nothing moves. */
export function noteRendered(view: ReaderView, page: ListedPage): void {
  const list = readList(view);
  // What fits best is in no order that something new would have a place in.
  if (list === null) return;
  const noted = view.found?.byDate === false ? beginList(page) : noteTop(view, list, page);
  putWhole(view, noted, readNewestItemId());
}

/** Loads a list anew from its top. @returns whether that went well. */
export async function reloadList(view: ReaderView): Promise<boolean> {
  const newest = readNewestItemId();
  const page = await fetchPage(view, listAddress(view, null));
  if (page !== null) putWhole(view, beginList(page), newest);
  return page !== null;
}

/** Shows what is new at its place, and brings the first of it into sight. */
export async function revealFresh(view: ReaderView, scroller: HTMLElement | null): Promise<void> {
  const list = readList(view);
  if (list === null) return;
  const [first] = list.fresh;
  // The button goes: whoever pressed it by keyboard goes on from what it has brought.
  const byKeyboard = document.activeElement?.matches('.new-items :focus-visible') ?? false;
  if (list.fresh.length < PAGE) put(listKey(view), showFresh(list, view.order));
  // There may be more between.
  else if (!(await reloadList(view))) return tell('The server does not answer.');
  scroller?.scrollTo({ top: 0 });
  if (first !== undefined) requestAnimationFrame(() => focusItem(first.id, byKeyboard));
}
