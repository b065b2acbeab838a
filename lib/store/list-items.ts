import { openStore } from './client';
import { type Cursor, readCursor, writeCursor } from './cursor';
import { FEED_TITLE } from './feed-title';
import { Prisma } from './generated/client';
import { ICON_KEY } from './icon-key';
import { beyond, fromScope, IS_READ, type ItemOrder, type ItemScope } from './item-scope';
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
const MANY = 1000;

type SummaryRow = Omit<ItemSummary, 'id'> & { id: bigint };
type Side = 'after' | 'before';

/** The items next to a place, nearest first. */
function selectKeys(
  userId: number,
  query: ItemQuery,
  place: Cursor | null,
  side: Side,
  limit: number,
): Prisma.Sql {
  const { scope, unread, order } = query;
  const descending = (order === 'newest') === (side === 'after');
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return Prisma.sql`
    SELECT i.id, i.sort_at ${fromScope(userId, scope)}
      AND ${unread ? Prisma.sql`NOT ${IS_READ}` : Prisma.sql`true`}
      AND ${place === null ? Prisma.sql`true` : beyond(place, order, side)}
    ORDER BY i.sort_at ${direction}, i.id ${direction} LIMIT ${limit}`;
}

/**
 * A page of a reader's items. Pages go on after the last row whatever was marked or stored meanwhile: none is left
 * out, and none comes twice.
 *
 * @returns no items where the folder or feed is not the user's.
 */
export async function listItems(userId: number, query: ItemQuery): Promise<ItemPage> {
  const limit = Math.min(Math.max(query.limit ?? PAGE, 1), LONGEST_PAGE);
  const keys = selectKeys(userId, query, readCursor(query.cursor), 'after', limit + 1);
  const direction = query.order === 'newest' ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const rows = await openStore().$queryRaw<SummaryRow[]>`
    WITH keys AS MATERIALIZED (${keys})
    SELECT i.id, i.feed_id AS "feedId", ${FEED_TITLE} AS "feedTitle", ${ICON_KEY} AS "feedIcon", i.title, i.author,
      i.url, i.excerpt, i.thumbnail, i.published_at AS "publishedAt", i.sort_at AS "sortAt", ${IS_READ} AS read,
      st.starred_at IS NOT NULL AS starred
    FROM keys JOIN items i ON i.id = keys.id JOIN feeds f ON f.id = i.feed_id
    LEFT JOIN subscriptions s ON s.feed_id = i.feed_id AND s.user_id = ${userId}
    LEFT JOIN item_states st ON st.item_id = i.id AND st.user_id = ${userId}
    ORDER BY keys.sort_at ${direction}, keys.id ${direction}`;
  const items = rows.slice(0, limit).map((row) => ({ ...row, id: Number(row.id) }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor(last) : null };
}

/**
 * How many items have come to stand before a list's first row since it was read.
 *
 * @param than the cursor of that row.
 * @returns at most 1,000.
 */
export async function countNewer(userId: number, query: ItemQuery, than: string): Promise<number> {
  const place = readCursor(than);
  if (place === null) return 0;
  const [row] = await openStore().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (${selectKeys(userId, query, place, 'before', MANY)}) AS newer`;
  return row?.count ?? 0;
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
  const store = openStore();
  const item = await store.item.findUnique({ where: { id: itemId }, select: { sortAt: true } });
  if (item === null) return { previous: null, next: null };
  const place = { sortAt: item.sortAt, id: itemId };
  const find = async (side: Side) => {
    const [row] = await store.$queryRaw<{ id: bigint }[]>(selectKeys(userId, query, place, side, 1));
    return row === undefined ? null : Number(row.id);
  };
  const [previous, next] = await Promise.all([find('before'), find('after')]);
  return { previous, next };
}
