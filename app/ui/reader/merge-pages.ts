import { beginList, idsOf, type ListPages } from './list-pages';
import type { ListedItem, ListedPage } from './listed-item';
import { cursorOf, type ListOrder, PAGE } from './reader-view';

type Place = Pick<ListedItem, 'sortAt' | 'id'>;

/** @returns how two items stand to one another, for `sort`. */
export function comparePlaces(order: ListOrder, a: Place, b: Place): number {
  const age = a.sortAt === b.sortAt ? b.id - a.id : a.sortAt < b.sortAt ? 1 : -1;
  return order === 'newest' ? age : -age;
}

/**
 * A page tells of the stretch of a list from where it begins to its last item, and of nothing before or behind.
 *
 * @param after the item behind which it begins; null at the top.
 * @returns whether an item has its place there.
 */
export function covers(order: ListOrder, page: ListedPage, after: Place | null, item: Place): boolean {
  if (after !== null && comparePlaces(order, after, item) >= 0) return false;
  const last = page.items.at(-1);
  return page.nextCursor === null || (last !== undefined && comparePlaces(order, item, last) <= 0);
}

/** Whether an item has its place among those that are loaded: one behind them comes with the next page. */
function isWithin({ pages, nextCursor }: ListPages, order: ListOrder, item: ListedItem): boolean {
  const last = pages.at(-1)?.at(-1);
  if (last === undefined || (nextCursor === null && order === 'newest')) return true;
  return comparePlaces(order, item, last) < 0;
}

/**
 * Takes note of what a stretch of a list is now: what is new waits, what has been edited is replaced.
 *
 * @param after the item behind which the page begins; null at the top.
 */
export function notePage(
  list: ListPages,
  order: ListOrder,
  page: ListedPage,
  after: Place | null = null,
): ListPages {
  if (list.pages.length === 0) return beginList(page);
  const known = idsOf(list);
  const now = new Map(page.items.map((item) => [item.id, item]));
  const found = page.items.filter((item) => !known.has(item.id) && isWithin(list, order, item));
  const waiting = list.fresh.filter((item) => !now.has(item.id) && !covers(order, page, after, item));
  const fresh = [...found, ...waiting].sort((a, b) => comparePlaces(order, a, b));
  const pages = list.pages.map((items) =>
    items.some(({ id }) => now.has(id)) ? items.map((item) => now.get(item.id) ?? item) : items,
  );
  return { ...list, pages, fresh };
}

/** @returns the list, in which the oldest come first, ready to load what is new at its end. */
export function reopenEnd(list: ListPages): ListPages {
  const last = list.pages.at(-1)?.at(-1);
  return { ...list, nextCursor: list.nextCursor ?? (last === undefined ? null : cursorOf(last)) };
}

/** Longer pages could not be looked at again at once. */
const cutPage = (items: ListedItem[]): ListedItem[][] =>
  items.length <= 2 * PAGE ? [items] : [items.slice(0, PAGE), ...cutPage(items.slice(PAGE))];

/** @returns the list with what is new at its place. Pages begin with the same items as before: they stay what they are. */
export function showFresh(list: ListPages, order: ListOrder): ListPages {
  const known = idsOf(list);
  const top: ListedItem[] = [];
  const pages = list.pages.map((items) => [...items]);
  for (const item of list.fresh) {
    if (known.has(item.id)) continue;
    const page = pages.findLast(([first]) => first !== undefined && comparePlaces(order, first, item) < 0);
    (page ?? top).push(item);
  }
  const sorted = [top, ...pages].filter(({ length }) => length > 0);
  for (const items of sorted) items.sort((a, b) => comparePlaces(order, a, b));
  return { ...list, pages: sorted.flatMap(cutPage), fresh: [] };
}
