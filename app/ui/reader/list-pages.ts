import type { ListedItem, ListedPage } from './listed-item';

/** A list as far as this tab has loaded it. */
export interface ListPages {
  /** As they were loaded, with what has been shown since at its place: always in the order of the list. */
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

/** @returns the ids of all items that are loaded. */
export const idsOf = (list: ListPages) => new Set(list.pages.flat().map(({ id }) => id));

/** @returns the list with one more page at its end; an item that is there already does not come twice. */
export function appendPage(list: ListPages, { items, nextCursor }: ListedPage): ListPages {
  const added = new Map(items.map((item) => [item.id, item]));
  for (const page of list.pages) for (const { id } of page) added.delete(id);
  const pages = added.size === 0 ? list.pages : [...list.pages, [...added.values()]];
  return { ...list, pages, nextCursor, loading: false, failed: false };
}

/** @returns the item so many steps from another; null at the ends. An unknown one stands before the first. */
export function findStep(list: ListPages, from: number | null, step: 1 | -1): ListedItem | null {
  const items = list.pages.flat();
  const index = from === null ? -1 : items.findIndex(({ id }) => id === from);
  return items[index + step] ?? null;
}
