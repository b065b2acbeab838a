import { queryBulk } from './bulk-client';
import type { Cursor } from './cursor';
import { FEED_TITLE } from './feed-title';
import { Prisma } from './generated/client';
import { ICON_KEY } from './icon-key';
import { IS_READ, type ItemScope, matchSubscriptions } from './item-scope';
import type { ItemSummary } from './views';

/** How much of an article is looked at for words to show. */
const SHOWN_HTML = 20_000;
/** Weights of text, author and title, for what is relevant; the third is not used. */
const WEIGHTS = '{0.1, 0.2, 0.4, 1}';

/** A stretch of a reader's items that is searched. */
export interface Stretch {
  scope: ItemScope;
  /** The text of a tsquery. */
  query: string;
  /** One that the index is asked instead; `query` is then held against each item of its. Null: none. */
  among?: string | null;
  /** Not older; null: however old. */
  since: Date | null;
  /** Older than this, as in a list; null: from the newest on. */
  before: Cursor | null;
  limit: number;
}

export interface Match {
  id: number;
  sortAt: Date;
}

/** Which rows of item_search `x` are the reader's to find: of feeds subscribed to, and starred ones for ever. */
function matchScope(userId: number, scope: ItemScope): Prisma.Sql {
  const starred = Prisma.sql`x.item_id IN (
    SELECT item_id FROM item_states WHERE user_id = ${userId}::int AND starred_at IS NOT NULL)`;
  if (scope.kind === 'starred') return starred;
  const subscribed = Prisma.sql`x.feed_id IN (
    SELECT s.feed_id FROM subscriptions s WHERE ${matchSubscriptions(userId, scope)})`;
  return scope.kind === 'all' ? Prisma.sql`(${subscribed} OR ${starred})` : subscribed;
}

/** @returns the query that finds a stretch's matches, or its plan (`EXPLAIN (ANALYZE, BUFFERS)`), which runs it too. */
export function selectMatches(
  userId: number,
  { scope, query, among = null, since, before, limit }: Stretch,
  { explain = false } = {},
): Prisma.Sql {
  // The function behind the operator: no index knows it.
  const matches =
    among === null
      ? Prisma.sql`x.vector @@ ${query}::tsquery`
      : Prisma.sql`x.vector @@ ${among}::tsquery AND ts_match_vq(x.vector, ${query}::tsquery)`;
  return Prisma.sql`
    ${explain ? Prisma.sql`EXPLAIN (ANALYZE, BUFFERS)` : Prisma.empty}
    SELECT x.item_id::float8 AS id, x.sort_at AS "sortAt" FROM item_search x
    WHERE ${matches} AND ${matchScope(userId, scope)}
      AND (${since}::timestamptz IS NULL OR x.sort_at >= ${since}::timestamptz)
      AND (${before?.sortAt ?? null}::timestamptz IS NULL
        OR (x.sort_at, x.item_id) < (${before?.sortAt ?? null}::timestamptz, ${before?.id ?? null}::bigint))
    ORDER BY x.sort_at DESC, x.item_id DESC LIMIT ${limit}::int`;
}

/**
 * Finds the newest matches of a stretch. It costs what matches in it, not what there is: the index answers all but whose
 * the items are.
 */
export function findMatches(userId: number, stretch: Stretch): Promise<Match[]> {
  return queryBulk<Match>(selectMatches(userId, stretch));
}

/** @returns ids of the feeds in a scope, when there are so few that a query can name them; else null. */
export async function listFewFeeds(
  userId: number,
  scope: ItemScope,
  atMost: number,
): Promise<number[] | null> {
  if (scope.kind === 'starred') return null;
  const rows = await queryBulk<{ id: number }>(Prisma.sql`
    SELECT s.feed_id AS id FROM subscriptions s WHERE ${matchSubscriptions(userId, scope)} LIMIT ${atMost + 1}::int`);
  return rows.length > atMost ? null : rows.map(({ id }) => id);
}

/** @returns whether a reader has starred items of feeds that they no longer follow. */
export async function hasStrayStars(userId: number): Promise<boolean> {
  const rows = await queryBulk(Prisma.sql`
    SELECT 1 FROM item_states st JOIN items i ON i.id = st.item_id
    WHERE st.user_id = ${userId}::int AND st.starred_at IS NOT NULL AND NOT EXISTS (
      SELECT FROM subscriptions s WHERE s.user_id = ${userId}::int AND s.feed_id = i.feed_id) LIMIT 1`);
  return rows.length > 0;
}

/** @returns those of the ids that belong to the reader, the most relevant first. */
export async function rankMatches(
  userId: number,
  { scope, query }: Pick<Stretch, 'scope' | 'query'>,
  ids: number[],
): Promise<number[]> {
  const rows = await queryBulk<{ id: number }>(Prisma.sql`
    SELECT x.item_id::float8 AS id FROM item_search x
    WHERE x.item_id = ANY(${ids}::bigint[]) AND ${matchScope(userId, scope)}
    ORDER BY ts_rank(${WEIGHTS}::float4[], x.vector, ${query}::tsquery, 1) DESC, x.sort_at DESC, x.item_id DESC`);
  return rows.map(({ id }) => id);
}

/** What a list shows of an item, and the beginnings of its texts: of the feed's, and of that of its own page. */
export type FoundItem = ItemSummary & { html: string; fullHtml: string | null };

/** @returns the reader's items of these ids, in this order. */
export async function readFoundItems(userId: number, ids: number[]): Promise<FoundItem[]> {
  const rows = await queryBulk<Omit<FoundItem, 'id'> & { id: number }>(Prisma.sql`
    SELECT i.id::float8 AS id, i.feed_id AS "feedId", ${FEED_TITLE} AS "feedTitle", ${ICON_KEY} AS "feedIcon", i.title,
      i.author, i.url, i.excerpt, i.thumbnail, i.published_at AS "publishedAt", i.sort_at AS "sortAt",
      ${IS_READ} AS read, st.starred_at IS NOT NULL AS starred, left(i.html, ${SHOWN_HTML}::int) AS html,
      left(ft.html, ${SHOWN_HTML}::int) AS "fullHtml"
    FROM unnest(${ids}::bigint[]) WITH ORDINALITY AS found (id, place)
    JOIN items i ON i.id = found.id JOIN feeds f ON f.id = i.feed_id
    LEFT JOIN subscriptions s ON s.feed_id = i.feed_id AND s.user_id = ${userId}::int
    LEFT JOIN item_states st ON st.item_id = i.id AND st.user_id = ${userId}::int
    LEFT JOIN full_texts ft ON ft.item_id = i.id
    WHERE s.id IS NOT NULL OR st.starred_at IS NOT NULL
    ORDER BY found.place`);
  return rows;
}
