import type { Enclosure } from '@/lib/feed/types';
import { openStore } from './client';
import { readCursor, writeCursor } from './cursor';
import { FEED_TITLE } from './feed-title';
import { Prisma } from './generated/client';
import { ICON_KEY, writeIconKey } from './icon-key';
import type { ItemPage, ItemSummary, ItemView } from './views';

export interface PageRequest {
  /** From `nextCursor` of the page before. */
  cursor?: string | undefined;
  /** Items a page. */
  limit?: number | undefined;
}

const PAGE = 50;

type SummaryRow = Omit<ItemSummary, 'id'> & { id: bigint };

const SUMMARY = Prisma.sql`
  i.id, i.feed_id AS "feedId", ${FEED_TITLE} AS "feedTitle", ${ICON_KEY} AS "feedIcon", i.title, i.author, i.url,
  i.excerpt, i.thumbnail, i.published_at AS "publishedAt", i.sort_at AS "sortAt"`;

/** The condition of a keyset page: what comes after the cursor, newest first. */
function after(cursor: string | undefined): Prisma.Sql {
  const place = readCursor(cursor);
  return place === null
    ? Prisma.empty
    : Prisma.sql`AND (i.sort_at, i.id) < (${place.sortAt}, ${place.id}::bigint)`;
}

function toPage(rows: SummaryRow[], limit: number): ItemPage {
  const items = rows.slice(0, limit).map((row) => ({ ...row, id: Number(row.id) }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor(last) : null };
}

/** @returns a page of a feed's items, newest first; empty when the user does not subscribe to it. */
export async function listFeedItems(
  userId: number,
  feedId: number,
  { cursor, limit = PAGE }: PageRequest = {},
): Promise<ItemPage> {
  const rows = await openStore().$queryRaw<SummaryRow[]>`
    SELECT ${SUMMARY} FROM items i
    JOIN feeds f ON f.id = i.feed_id
    JOIN subscriptions s ON s.feed_id = i.feed_id AND s.user_id = ${userId}
    WHERE i.feed_id = ${feedId} ${after(cursor)}
    ORDER BY i.sort_at DESC, i.id DESC LIMIT ${limit + 1}`;
  return toPage(rows, limit);
}

/** @returns a page of the newest items of all feeds that the user subscribes to. */
export async function listNewestItems(
  userId: number,
  { cursor, limit = PAGE }: PageRequest = {},
): Promise<ItemPage> {
  const rows = await openStore().$queryRaw<SummaryRow[]>`
    SELECT ${SUMMARY} FROM items i
    JOIN feeds f ON f.id = i.feed_id
    JOIN subscriptions s ON s.feed_id = i.feed_id AND s.user_id = ${userId}
    WHERE true ${after(cursor)}
    ORDER BY i.sort_at DESC, i.id DESC LIMIT ${limit + 1}`;
  return toPage(rows, limit);
}

/** @returns an item of a feed that the user subscribes to, or null. */
export async function readItem(userId: number, itemId: number): Promise<ItemView | null> {
  const item = await openStore().item.findFirst({
    where: { id: itemId, feed: { subscriptions: { some: { userId } } } },
    omit: { identity: true, contentHash: true },
    include: {
      feed: {
        include: {
          subscriptions: { where: { userId }, select: { title: true } },
          storedIcon: { select: { id: true, hash: true } },
        },
      },
    },
  });
  if (item === null) return null;
  const { feed } = item;
  return {
    id: itemId,
    feedId: item.feedId,
    feedTitle: feed.subscriptions[0]?.title || feed.title || feed.host,
    feedIcon: feed.storedIcon && writeIconKey(feed.storedIcon),
    title: item.title,
    author: item.author,
    url: item.url,
    excerpt: item.excerpt,
    thumbnail: item.thumbnail,
    publishedAt: item.publishedAt,
    sortAt: item.sortAt,
    html: item.html,
    // Written by writeItems, from an Enclosure[].
    enclosures: item.enclosures as unknown as Enclosure[],
    categories: item.categories,
    commentsUrl: item.commentsUrl,
    feedLanguage: feed.language,
  };
}
