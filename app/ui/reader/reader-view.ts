export type ListOrder = 'newest' | 'oldest';

/** What a list shows, and where it is. */
export interface ReaderView {
  /** As the API names it: `unread`, `all`, `starred`, `folder-ID`, `feed-ID`; `search` of what was found. */
  name: string;
  /** Whether items that are read are left out. */
  unread: boolean;
  order: ListOrder;
  /** The page of the list, without a query. */
  path: string;
  /** Its query, without the open item: "?unread=1", or "". */
  query: string;
  title: string;
  /** Of a feed that has one. */
  icon?: string | null;
  /** Of what was found. */
  found?: FoundView;
}

interface FoundView {
  /** What /api/search is asked: "q=fox&in=starred"; "" where nothing is asked for. */
  query: string;
  /** Whether what is newer stands above: else what fits better does. */
  byDate: boolean;
}

/** @returns what tells lists from one another. */
export function listKey({ name, unread, order, found }: ReaderView): string {
  return `${name} ${unread ? 'unread' : 'any'} ${order} ${found?.query ?? ''}`;
}

/** As many items come in one page. */
export const PAGE = 50;

/** @returns the address of the API at which the list's pages are. */
export function listAddress(
  { name, unread, order, found }: ReaderView,
  cursor: string | null,
  limit: number = PAGE,
): string {
  if (found !== undefined) {
    const query = new URLSearchParams(found.query);
    if (cursor !== null) query.set('before', cursor);
    return `/api/search?${query}`;
  }
  const query = new URLSearchParams({ view: name, unread: unread ? '1' : '0', order });
  if (cursor !== null) query.set('cursor', cursor);
  if (limit > PAGE) query.set('limit', String(limit));
  return `/api/items?${query}`;
}

/** @returns the address of the list with an item open beside it. */
export function itemAddress({ path, query }: ReaderView, itemId: number | null): string {
  const params = new URLSearchParams(query);
  if (itemId !== null) params.set('item', String(itemId));
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** @returns a place in a list, as the API takes it. */
export function cursorOf({ sortAt, id }: { sortAt: string; id: number }): string {
  return `${Date.parse(sortAt)}-${id}`;
}

/** @returns the feed of a list that is of one; null for any other. */
export function feedOf({ name }: ReaderView): number | null {
  const [, id] = /^feed-(\d+)$/.exec(name) ?? [];
  return id === undefined ? null : Number(id);
}
