import { openStore } from './client';
import { Prisma } from './generated/client';
import { IS_UNSETTLED, settleCounts } from './settle-counts';

/** How many items of each feed are unread, by the feed's id; only feeds with some. */
export type UnreadCounts = Record<number, number>;

interface Counted {
  counts: UnreadCounts;
  /** The largest id that an item of the user's feeds has had. */
  newestItemId: number;
}

interface Overview extends Counted {
  /** Says what the user's feeds are, as `listSubscriptions` gives them. */
  feedsVersion: string;
}

/** Of everything that navigation shows of feeds: the same for as long as nothing of it has changed. */
const FEEDS_VERSION = Prisma.sql`md5(string_agg(
  concat(f.id, chr(31), s.title, chr(31), f.title, chr(31), f.url, chr(31), f.status, chr(31), f.icon_id, chr(31),
    s.folder_id), chr(30) ORDER BY s.id))`;

interface Read extends Overview {
  unsettled: boolean;
}

async function readCounts(userId: number, version: Prisma.Sql): Promise<Read> {
  const [row] = await openStore().$queryRaw<
    {
      counts: UnreadCounts | null;
      newest: bigint | null;
      unsettled: boolean | null;
      version: string | null;
    }[]
  >`
    SELECT ${version} AS version, jsonb_object_agg(s.feed_id, s.unread_count) FILTER (WHERE s.unread_count > 0) AS counts,
      max(f.newest_item_id) AS newest, bool_or(${IS_UNSETTLED}) AS unsettled
    FROM subscriptions s JOIN feeds f ON f.id = s.feed_id WHERE s.user_id = ${userId}`;
  return {
    counts: row?.counts ?? {},
    newestItemId: Number(row?.newest ?? 0),
    unsettled: row?.unsettled ?? false,
    feedsVersion: row?.version ?? '',
  };
}

async function readSettled(userId: number, version: Prisma.Sql): Promise<Overview> {
  const { unsettled, ...known } = await readCounts(userId, version);
  if (!unsettled) return known;
  await settleCounts(userId, { kind: 'all' });
  const { unsettled: _, ...counted } = await readCounts(userId, version);
  return counted;
}

/** What a page that is open asks for again and again: the counts, and whether something has come. */
export async function countAll(userId: number): Promise<Counted> {
  const { counts, newestItemId } = await readSettled(userId, Prisma.sql`NULL::text`);
  return { counts, newestItemId };
}

/** What every page begins with: the counts, and whether the list of feeds is still what it was. */
export async function readOverview(userId: number): Promise<Overview> {
  return readSettled(userId, FEEDS_VERSION);
}

/** @returns how many items of each feed the user has not read; only feeds with some. */
export async function countUnread(userId: number): Promise<UnreadCounts> {
  return (await countAll(userId)).counts;
}
