import type { Cursor } from './cursor';
import { Prisma } from './generated/client';
import { type ItemOrder, type ItemScope, matchSubscriptions } from './item-scope';

/** A part of a list: the items next to a place in it, nearest first. */
export interface Stretch {
  userId: number;
  scope: ItemScope;
  /** Whether to leave out what is read. */
  unread: boolean;
  order: ItemOrder;
  /** Null: from the end of the list that `side` begins at. */
  place: Cursor | null;
  side: 'after' | 'before';
  limit: number;
}

/** Of so many items of everybody, next to the place, those of the list are looked for. */
const WINDOW = 500;
/** A feed with at most so many items above the watermark is read by them, not by time. */
const FEW = 300;

const isDescending = ({ order, side }: Stretch) => (order === 'newest') === (side === 'after');

/** `ORDER BY` by time and id, whatever the columns are called. */
function orderBy(stretch: Stretch, sortAt: Prisma.Sql, id: Prisma.Sql): Prisma.Sql {
  return isDescending(stretch)
    ? Prisma.sql`ORDER BY ${sortAt} DESC, ${id} DESC`
    : Prisma.sql`ORDER BY ${sortAt}, ${id}`;
}

const BY_ITEM = [Prisma.sql`i.sort_at`, Prisma.sql`i.id`] as const;
const BY_STATE = [Prisma.sql`st.sort_at`, Prisma.sql`st.item_id`] as const;
const BY_KEY = [Prisma.sql`sort_at`, Prisma.sql`id`] as const;

/** What lies beyond a place, by time and id. */
export function isBeyond(
  place: Cursor,
  descending: boolean,
  [sortAt, id]: readonly [Prisma.Sql, Prisma.Sql] = BY_ITEM,
): Prisma.Sql {
  const sign = descending ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`(${sortAt}, ${id}) ${sign} (${place.sortAt}, ${place.id}::bigint)`;
}

function isInStretch(stretch: Stretch, columns: readonly [Prisma.Sql, Prisma.Sql] = BY_ITEM): Prisma.Sql {
  return stretch.place === null ? Prisma.sql`true` : isBeyond(stretch.place, isDescending(stretch), columns);
}

/** Looked up one by one: so the items stay in the order of their index, and no more than needed are looked at. */
const stateOf = (userId: number) => Prisma.sql`
  (SELECT st.read FROM item_states st WHERE st.user_id = ${userId} AND st.item_id = i.id)`;

/** Of an item `i`, whether it is in the list; null where the reader does not have its feed there. */
function isListed({ userId, scope, unread }: Stretch): Prisma.Sql {
  const isUnread = Prisma.sql`NOT COALESCE(${stateOf(userId)}, i.id <= s.read_through_id)`;
  return Prisma.sql`(
    SELECT ${unread ? isUnread : Prisma.sql`true`} FROM subscriptions s
    WHERE ${matchSubscriptions(userId, scope)} AND s.feed_id = i.feed_id)`;
}

/** Starred items are found by their states, which have the items' times. */
export function selectStarred(stretch: Stretch): Prisma.Sql {
  const { userId, unread, limit } = stretch;
  const isUnread = Prisma.sql`NOT COALESCE(st.read, st.item_id <= (
    SELECT s.read_through_id FROM subscriptions s WHERE s.user_id = ${userId} AND s.feed_id = st.feed_id), true)`;
  return Prisma.sql`
    SELECT st.item_id AS id, st.sort_at FROM item_states st
    WHERE st.user_id = ${userId} AND st.starred_at IS NOT NULL AND ${isInStretch(stretch, BY_STATE)}
      AND ${unread ? isUnread : Prisma.sql`true`}
    ${orderBy(stretch, ...BY_STATE)} LIMIT ${limit}`;
}

/**
 * Items of the list among the next five hundred of everybody's. Where most of those are in the list, a page is read
 * straight off one index.
 */
export function selectFromWindow(stretch: Stretch): Prisma.Sql {
  return Prisma.sql`
    SELECT i.id, i.sort_at FROM (
      SELECT i.id, i.sort_at, i.feed_id FROM items i WHERE ${isInStretch(stretch)}
      ${orderBy(stretch, ...BY_ITEM)} LIMIT ${WINDOW}
    ) AS i WHERE ${isListed(stretch)} ${orderBy(stretch, ...BY_ITEM)} LIMIT ${stretch.limit}`;
}

/** The next items of feed `s`, walking along its index by time: sorting what is above the watermark costs more. */
function walkFeed(stretch: Stretch, limit: Prisma.Sql): Prisma.Sql {
  const isUnread = Prisma.sql`i.id + 0 > s.read_through_id AND ${stateOf(stretch.userId)} IS NULL`;
  return Prisma.sql`
    SELECT i.id, i.sort_at FROM items i WHERE i.feed_id = s.feed_id AND ${isInStretch(stretch)}
      AND ${stretch.unread ? isUnread : Prisma.sql`true`}
      AND ${stretch.unread ? Prisma.sql`i.sort_at >= s.unread_from` : Prisma.sql`true`}
    ${orderBy(stretch, ...BY_ITEM)} LIMIT ${limit}`;
}

/** Whether unread items above the watermark of `s` can lie beyond the place. */
function reachesInto(stretch: Stretch): Prisma.Sql {
  if (stretch.place === null || !isDescending(stretch)) return Prisma.sql`true`;
  return Prisma.sql`(s.unread_from IS NULL OR s.unread_from <= ${stretch.place.sortAt})`;
}

/**
 * As many feeds as there are rows on a page are enough, those whose next item is nearest: each of the others would
 * come after all of them.
 */
function selectFeeds(stretch: Stretch): Prisma.Sql {
  const { userId, scope, unread, limit } = stretch;
  const hasSome = Prisma.sql`
    JOIN feeds f ON f.id = s.feed_id AND f.newest_item_id > s.read_through_id AND ${reachesInto(stretch)}`;
  return Prisma.sql`
    WITH candidates AS MATERIALIZED (
      SELECT s.feed_id, s.read_through_id, COALESCE(s.unread_from, '-infinity') AS unread_from
      FROM subscriptions s ${unread ? hasSome : Prisma.empty} WHERE ${matchSubscriptions(userId, scope)}
    ), nearest AS MATERIALIZED (
      SELECT s.* FROM candidates s CROSS JOIN LATERAL (${walkFeed(stretch, Prisma.sql`1`)}) AS head
      ${orderBy(stretch, Prisma.sql`head.sort_at`, Prisma.sql`head.id`)} LIMIT ${limit}
    )`;
}

/** Items of the list, feed by feed: where they are few among everybody's, or stand far from the place. */
export function selectFromFeeds(stretch: Stretch): Prisma.Sql {
  const { userId, scope, unread, limit } = stretch;
  const count = Prisma.sql`${limit}::bigint`;
  const end = Prisma.sql`${orderBy(stretch, ...BY_KEY)} LIMIT ${limit}`;
  if (!unread) {
    return Prisma.sql`${selectFeeds(stretch)}
      SELECT next.id, next.sort_at FROM nearest s CROSS JOIN LATERAL (${walkFeed(stretch, count)}) AS next ${end}`;
  }
  return Prisma.sql`${selectFeeds(stretch)}, sized AS MATERIALIZED (
      SELECT s.*, (SELECT count(*) FROM (
        SELECT FROM items i WHERE i.feed_id = s.feed_id AND i.id > s.read_through_id LIMIT ${FEW + 1}
      ) AS above) AS size FROM nearest s
    )
    SELECT id, sort_at FROM (
      SELECT next.id, next.sort_at FROM sized s CROSS JOIN LATERAL (${walkFeed(stretch, count)}) AS next
      WHERE size > ${FEW}
      UNION ALL
      SELECT i.id, i.sort_at FROM sized s CROSS JOIN LATERAL (
        SELECT i.id, i.sort_at FROM items i WHERE i.feed_id = s.feed_id AND i.id > s.read_through_id OFFSET 0
      ) AS i WHERE size <= ${FEW} AND ${isInStretch(stretch)} AND ${stateOf(userId)} IS NULL
      UNION ALL
      (SELECT st.item_id, st.sort_at FROM item_states st
        WHERE st.user_id = ${userId} AND st.read = false AND st.read IS NOT NULL AND ${isInStretch(stretch, BY_STATE)}
          AND st.feed_id IN (SELECT s.feed_id FROM subscriptions s WHERE ${matchSubscriptions(userId, scope)})
        ${orderBy(stretch, ...BY_STATE)} LIMIT ${limit})
    ) AS unread ${end}`;
}
