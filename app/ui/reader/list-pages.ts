import type { ListedItem, ListedPage } from './listed-item';
import { cursorOf, PAGE } from './reader-view';

/** A list as far as this tab has loaded it. */
export interface ListPages {
  /** As they were loaded; new items stand in a page of their own before them. */
  pages: ListedItem[][];
  nextCursor: string | null;
  /** New items that are not shown yet, so that nothing moves under the reader's eyes. */
  fresh: ListedItem[];
  loading: boolean;
  failed: boolean;
}

/** @returns a list that begins with this page. */
export function beginList({ items, nextCursor }: ListedPage): ListPages {
  return { pages: items.length === 0 ? [] : [items], nextCursor, fresh: [], loading: false, failed: false };
}

const idsOf = (list: ListPages) => new Set(list.pages.flat().map(({ id }) => id));

/** @returns the list with one more page at its end; an item that is there already does not come twice. */
export function appendPage(list: ListPages, { items, nextCursor }: ListedPage): ListPages {
  const added = new Map(items.map((item) => [item.id, item]));
  for (const page of list.pages) for (const { id } of page) added.delete(id);
  const pages = added.size === 0 ? list.pages : [...list.pages, [...added.values()]];
  return { ...list, pages, nextCursor, loading: false, failed: false };
}

/** Whether an item has its place among those that are loaded: one behind them comes with the next page. */
function isWithin({ pages, nextCursor }: ListPages, { sortAt, id }: ListedItem): boolean {
  const last = pages.at(-1)?.at(-1);
  if (nextCursor === null || last === undefined) return true;
  return sortAt === last.sortAt ? id > last.id : sortAt > last.sortAt;
}

/**
 * Takes note of what the first page of a list is now: what is new waits, what has been edited is replaced.
 *
 * @returns the same list where nothing is different.
 */
export function noteFirstPage(list: ListPages, page: ListedPage): ListPages {
  if (list.pages.length === 0) return beginList(page);
  const known = idsOf(list);
  const fresh = page.items.filter((item) => !known.has(item.id) && isWithin(list, item));
  const now = new Map(page.items.map((item) => [item.id, item]));
  const pages = list.pages.map((items) => items.map((item) => now.get(item.id) ?? item));
  return { ...list, pages, fresh, nextCursor: list.nextCursor };
}

/** @returns the list, in which the oldest come first, ready to load what is new: that stands behind its end. */
export function reopenEnd(list: ListPages): ListPages {
  const last = list.pages.at(-1)?.at(-1);
  return { ...list, fresh: [], nextCursor: list.nextCursor ?? (last === undefined ? null : cursorOf(last)) };
}

/** @returns the list with what is new at its top; begun anew where there may be more between. */
export function showFresh(list: ListPages): ListPages {
  if (list.fresh.length === 0) return list;
  if (list.fresh.length >= PAGE) {
    const last = list.fresh.at(-1);
    return beginList({ items: list.fresh, nextCursor: last === undefined ? null : cursorOf(last) });
  }
  return { ...list, pages: [list.fresh, ...list.pages], fresh: [] };
}

/** @returns the item so many steps from another; null at the ends. An unknown one stands before the first. */
export function findStep(list: ListPages, from: number | null, step: 1 | -1): ListedItem | null {
  const items = list.pages.flat();
  const index = from === null ? -1 : items.findIndex(({ id }) => id === from);
  return items[index + step] ?? null;
}
