import { openStore } from './client';
import { IS_READ } from './item-scope';

/** @returns how many items of each feed the user has not read, by the feed's id; only feeds with some. */
export async function countUnread(userId: number): Promise<Record<number, number>> {
  const rows = await openStore().$queryRaw<{ feedId: number; count: number }[]>`
    SELECT s.feed_id AS "feedId", count(*)::int AS count
    FROM subscriptions s JOIN items i ON i.feed_id = s.feed_id
    LEFT JOIN item_states st ON st.item_id = i.id AND st.user_id = ${userId}
    WHERE s.user_id = ${userId} AND NOT ${IS_READ} GROUP BY s.feed_id`;
  return Object.fromEntries(rows.map(({ feedId, count }) => [feedId, count]));
}

/** @returns the largest id of an item in a feed of the user; 0 where there is none. */
export async function findNewestItemId(userId: number): Promise<number> {
  const [row] = await openStore().$queryRaw<{ id: bigint | null }[]>`
    SELECT max(newest.id) AS id FROM subscriptions s
    CROSS JOIN LATERAL (SELECT max(i.id) AS id FROM items i WHERE i.feed_id = s.feed_id) newest
    WHERE s.user_id = ${userId}`;
  return Number(row?.id ?? 0);
}
