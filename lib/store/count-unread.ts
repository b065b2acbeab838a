import { openStore } from './client';
import { IS_UNSETTLED, settleCounts } from './settle-counts';

/** How many items of each feed are unread, by the feed's id; only feeds with some. */
export type UnreadCounts = Record<number, number>;

interface Counted {
  counts: UnreadCounts;
  /** The largest id that an item of the user's feeds has had. */
  newestItemId: number;
}

async function readCounts(userId: number): Promise<Counted & { unsettled: boolean }> {
  const [row] = await openStore().$queryRaw<
    { counts: UnreadCounts | null; newest: bigint | null; unsettled: boolean | null }[]
  >`
    SELECT jsonb_object_agg(s.feed_id, s.unread_count) FILTER (WHERE s.unread_count > 0) AS counts,
      max(f.newest_item_id) AS newest, bool_or(${IS_UNSETTLED}) AS unsettled
    FROM subscriptions s JOIN feeds f ON f.id = s.feed_id WHERE s.user_id = ${userId}`;
  return {
    counts: row?.counts ?? {},
    newestItemId: Number(row?.newest ?? 0),
    unsettled: row?.unsettled ?? false,
  };
}

/** What a page that is open asks for again and again: the counts, and whether something has come. */
export async function countAll(userId: number): Promise<Counted> {
  const { unsettled, ...known } = await readCounts(userId);
  if (!unsettled) return known;
  await settleCounts(userId, { kind: 'all' });
  const { counts, newestItemId } = await readCounts(userId);
  return { counts, newestItemId };
}

/** @returns how many items of each feed the user has not read; only feeds with some. */
export async function countUnread(userId: number): Promise<UnreadCounts> {
  return (await countAll(userId)).counts;
}
