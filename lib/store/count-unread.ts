import { openStore } from './client';
import { Prisma } from './generated/client';
import { IS_UNSETTLED, settleCounts } from './settle-counts';

/** How many items of each feed are unread, by the feed's id; only feeds with some. */
export type UnreadCounts = Record<number, number>;

interface Overview {
  counts: UnreadCounts;
  /** The largest id that an item of the user's feeds has had. */
  newestItemId: number;
  /** Names what the user's feeds and folders are, as `listSubscriptions` and `listFolders` give them; no other user's. */
  feedsVersion: string;
}

/**
 * Of all that navigation shows of feeds and folders: the same for as long as nothing of it has changed. Hashes of rows,
 * since they are asked for with each page and by each open one: in order and written out they took three times as long.
 */
const FEEDS_HASH = Prisma.sql`bit_xor(hash_record_extended(ROW(f.id, COALESCE(NULLIF(s.title, ''),
  NULLIF(f.title, ''), f.url), f.status, f.icon_id, s.folder_id), 0))`;
const FOLDERS_HASH = Prisma.sql`bit_xor(hash_record_extended(ROW(d.id, d.name, d.position), 0))`;

interface Read extends Overview {
  unsettled: boolean;
}

async function readCounts(userId: number): Promise<Read> {
  const [row] = await openStore().$queryRaw<
    {
      counts: UnreadCounts | null;
      newest: bigint | null;
      unsettled: boolean | null;
      feeds: string | null;
      folders: string | null;
    }[]
  >`
    SELECT to_hex(${FEEDS_HASH}) AS feeds,
      (SELECT to_hex(${FOLDERS_HASH}) FROM folders d WHERE d.user_id = ${userId}) AS folders,
      jsonb_object_agg(s.feed_id, s.unread_count) FILTER (WHERE s.unread_count > 0) AS counts,
      max(f.newest_item_id) AS newest, bool_or(${IS_UNSETTLED}) AS unsettled
    FROM subscriptions s JOIN feeds f ON f.id = s.feed_id WHERE s.user_id = ${userId}`;
  return {
    counts: row?.counts ?? {},
    newestItemId: Number(row?.newest ?? 0),
    unsettled: row?.unsettled ?? false,
    feedsVersion: `${userId}-${row?.feeds ?? 0}-${row?.folders ?? 0}`,
  };
}

/**
 * What every page begins with, and asks for again and again while it is open: the counts, whether something has come, and
 * whether the list of feeds is still what it was.
 */
export async function readOverview(userId: number): Promise<Overview> {
  const { unsettled, ...known } = await readCounts(userId);
  if (!unsettled) return known;
  await settleCounts(userId, { kind: 'all' });
  const { unsettled: _, ...counted } = await readCounts(userId);
  return counted;
}

/** @returns how many items of each feed the user has not read; only feeds with some. */
export async function countUnread(userId: number): Promise<UnreadCounts> {
  return (await readOverview(userId)).counts;
}
