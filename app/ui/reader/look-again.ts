import { writeKnownStates } from './item-states';
import { noteFirstPage, reopenEnd } from './list-pages';
import type { ListedItem, ListedPage } from './listed-item';
import { fetchPage, listedItems, noteLooked, placeOf, put, readList } from './lists';
import { isWaiting } from './outbox';
import { cursorOf, listAddress, listKey, type ReaderView } from './reader-view';

/** As the server gives at most in one page. */
const MOST_ITEMS = 200;

/**
 * Items that are left out of a list of what is unread have been read elsewhere.
 *
 * @param known what had been loaded from where the page begins.
 * @returns of how many of these the page says how they are.
 */
function noteLeftOut(view: ReaderView, known: readonly ListedItem[], page: ListedPage): number {
  const said = new Set(page.items.map(({ id }) => id));
  // Where the page ends, it says nothing about what comes behind.
  const end = page.nextCursor === null ? known.length : known.findLastIndex(({ id }) => said.has(id)) + 1;
  const read = known.slice(0, end).filter(({ id }) => !said.has(id) && !isWaiting(id));
  if (view.unread)
    writeKnownStates(
      read.map(({ id }) => id),
      { read: true },
    );
  return end;
}

/**
 * Looks whether a list has new items, and how those are that are shown; what it finds waits until `revealFresh`.
 * Further down it is looked when that is in sight (`lookAgain`).
 */
export async function lookForFresh(view: ReaderView): Promise<void> {
  if (view.found?.query === '') return;
  const shown = listedItems(view).length;
  const page = await fetchPage(view, listAddress(view, null, Math.min(MOST_ITEMS, shown)));
  const list = readList(view);
  // How the items are is known by now; what fits better than others is found when somebody searches again.
  if (page === null || list === null || view.found?.byDate === false) return;
  const end = noteLeftOut(view, list.pages.flat(), page);
  placeOf(view).looks += 1;
  let position = 0;
  for (const items of list.pages) {
    position += items.length;
    if (position <= end) noteLooked(view, items);
  }
  const noted = noteFirstPage(list, page);
  put(listKey(view), view.order === 'newest' ? noted : reopenEnd(noted));
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
  const page = await fetchPage(view, listAddress(view, before && cursorOf(before), items.length));
  if (page === null) looked.set(key, last);
  else noteLeftOut(view, items, page);
}
