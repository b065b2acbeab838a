import { openStore } from './client';
import { readCursor, writeCursor } from './cursor';
import { FEED_TITLE } from './feed-title';
import { ICON_KEY } from './icon-key';
import { IS_READ, type ItemOrder, type ItemScope } from './item-scope';
import { type Stretch, selectFromFeeds, selectFromWindow, selectStarred } from './select-keys';
import { settleCounts } from './settle-counts';
import type { ItemPage, ItemSummary } from './views';

export type { ItemScope } from './item-scope';

export interface ItemQuery {
  scope: ItemScope;
  /** Whether to leave out what is read. */
  unread: boolean;
  order: ItemOrder;
  /** From `nextCursor` of the page before. */
  cursor?: string | undefined;
  /** Items a page: 50, at most 200. */
  limit?: number | undefined;
}

const PAGE = 50;
const LONGEST_PAGE = 200;
/** More are not counted. */
const MANY = 100;

interface Key {
  id: bigint;
  sort_at: Date;
}

/** Finds the items of a stretch by the way that is cheapest for it; all ways give the same. */
async function findKeys(stretch: Stretch): Promise<Key[]> {
  const { scope, unread, userId, limit } = stretch;
  const store = openStore();
  if (scope.kind === 'starred') return store.$queryRaw<Key[]>(selectStarred(stretch));
  if (scope.kind === 'all') {
    const keys = await store.$queryRaw<Key[]>(selectFromWindow(stretch));
    if (keys.length === limit) return keys;
  }
  // Unread items are looked for from where the oldest of them can be.
  if (unread) await settleCounts(userId, scope);
  return store.$queryRaw<Key[]>(selectFromFeeds(stretch));
}

type SummaryRow = Omit<ItemSummary, 'id'> & { id: bigint };

async function readSummaries(userId: number, ids: bigint[]): Promise<ItemSummary[]> {
  if (ids.length === 0) return [];
  const rows = await openStore().$queryRaw<SummaryRow[]>`
    SELECT i.id, i.feed_id AS "feedId", ${FEED_TITLE} AS "feedTitle", ${ICON_KEY} AS "feedIcon", i.title, i.author,
      i.url, i.excerpt, i.thumbnail, i.published_at AS "publishedAt", i.sort_at AS "sortAt", ${IS_READ} AS read,
      st.starred_at IS NOT NULL AS starred
    FROM unnest(${ids}::bigint[]) WITH ORDINALITY AS key (id, place) JOIN items i ON i.id = key.id
    JOIN feeds f ON f.id = i.feed_id
    LEFT JOIN subscriptions s ON s.feed_id = i.feed_id AND s.user_id = ${userId}
    LEFT JOIN item_states st ON st.item_id = i.id AND st.user_id = ${userId}
    WHERE s.id IS NOT NULL OR st.starred_at IS NOT NULL
    ORDER BY key.place`;
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

/**
 * A page of a reader's items. Pages go on after the last row whatever was marked or stored meanwhile: none is left
 * out, and none comes twice.
 *
 * @returns no items where the folder or feed is not the user's.
 */
export async function listItems(userId: number, query: ItemQuery): Promise<ItemPage> {
  const { scope, unread, order } = query;
  const limit = Math.min(Math.max(query.limit ?? PAGE, 1), LONGEST_PAGE);
  const place = readCursor(query.cursor);
  const keys = await findKeys({ userId, scope, unread, order, place, side: 'after', limit: limit + 1 });
  const shown = keys.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await readSummaries(
      userId,
      shown.map(({ id }) => id),
    ),
    nextCursor:
      keys.length > limit && last ? writeCursor({ sortAt: last.sort_at, id: Number(last.id) }) : null,
  };
}

/**
 * How many items have come to stand before a list's first row since it was read.
 *
 * @param than the cursor of that row.
 * @returns at most 100.
 */
export async function countNewer(userId: number, query: ItemQuery, than: string): Promise<number> {
  const { scope, unread, order } = query;
  const place = readCursor(than);
  if (place === null) return 0;
  const keys = await findKeys({ userId, scope, unread, order, place, side: 'before', limit: MANY });
  return keys.length;
}

/**
 * The items before and after one in a list; the item itself need not be in it, as it may have been read meanwhile.
 *
 * @returns ids; null at the ends, and for an item that does not exist.
 */
export async function findNeighbours(
  userId: number,
  query: ItemQuery,
  itemId: number,
): Promise<{ previous: number | null; next: number | null }> {
  const { scope, unread, order } = query;
  const item = await openStore().item.findUnique({ where: { id: itemId }, select: { sortAt: true } });
  if (item === null) return { previous: null, next: null };
  const place = { sortAt: item.sortAt, id: itemId };
  const find = async (side: Stretch['side']) => {
    const [key] = await findKeys({ userId, scope, unread, order, place, side, limit: 1 });
    return key === undefined ? null : Number(key.id);
  };
  const [previous, next] = await Promise.all([find('before'), find('after')]);
  return { previous, next };
}
