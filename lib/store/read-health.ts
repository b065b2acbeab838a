import { DORMANT_DAYS } from '@/lib/feed/schedule';
import { openStore } from './client';
import { FEED_TITLE } from './feed-title';
import { Prisma } from './generated/client';
import type { FeedHealth, HealthFilter, HealthPage, HealthQuery, HealthSort } from './health-views';
import { ICON_KEY } from './icon-key';

/** Feeds a page: what one looks through, and what is done to all that are shown stays bounded. */
const PAGE = 50;

const FILTERS: Record<HealthFilter, Prisma.Sql> = {
  all: Prisma.sql`true`,
  failing: Prisma.sql`f.status = 'FAILING'`,
  // What has been read and has no item is as old as our knowing it.
  dormant: Prisma.sql`f.status <> 'GONE' AND t.last_success_at IS NOT NULL
    AND COALESCE(f.last_item_at, f.created_at) < now() - ${DORMANT_DAYS} * interval '1 day'`,
  slow: Prisma.sql`t.last_total_ms > 5000`,
  gone: Prisma.sql`f.status = 'GONE'`,
  moved: Prisma.sql`(f.replacement IS NOT NULL OR f.moved_to IS NOT NULL)`,
};

/** Numbers within titles sort as numbers, and accents where a reader looks for them. */
const byTitle = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

const compareNames = (a: { id: number; title: string }, b: { id: number; title: string }) =>
  byTitle.compare(a.title, b.title) || a.id - b.id;

const ORDERS: Record<Exclude<HealthSort, 'name'>, Prisma.Sql> = {
  newest: Prisma.sql`f.last_item_at DESC NULLS LAST`,
  checked: Prisma.sql`t.last_fetch_at DESC NULLS LAST`,
  slowest: Prisma.sql`t.last_total_ms DESC NULLS LAST`,
  failures: Prisma.sql`t.failures DESC`,
};

const COLUMNS = Prisma.sql`
  f.id, ${FEED_TITLE} AS title, f.host, ${ICON_KEY} AS icon, lower(f.status::text) AS status, t.requested_at IS NOT NULL AS waiting,
  t.failures, f.error_message AS "errorMessage", t.last_fetch_at AS "lastFetchedAt",
  t.last_success_at AS "lastSuccessAt", t.next_fetch_at AS "nextFetchAt", t.next_reason AS "nextReason",
  f.last_item_at AS "newestItemAt", t.last_total_ms AS "lastTotalMs", f.replacement, f.moved_to AS "movedTo"`;

const FEEDS_OF = Prisma.sql`
  FROM subscriptions s JOIN feeds f ON f.id = s.feed_id JOIN feed_schedules t ON t.feed_id = f.id WHERE s.user_id =`;

function found(search: string): Prisma.Sql {
  return search === ''
    ? Prisma.empty
    : Prisma.sql`AND (strpos(lower(${FEED_TITLE}), lower(${search})) > 0 OR strpos(lower(f.url), lower(${search})) > 0)`;
}

/**
 * A page of a user's feeds and how they fare. Pages are numbered: whatever the order, all of the user's rows are
 * looked at to find it, so that a keyset would save nothing, and the numbers tell how much there is.
 */
export async function listFeedHealth(userId: number, query: HealthQuery): Promise<HealthPage> {
  const counts = await countFeedHealth(userId, query.search);
  const pages = Math.max(1, Math.ceil(counts[query.show] / PAGE));
  const page = Math.min(query.page, pages);
  const skipped = (page - 1) * PAGE;
  const { sort } = query;
  const feeds =
    sort === 'name'
      ? await readFeedsHealth(userId, (await findByName(userId, query)).slice(skipped, skipped + PAGE))
      : await openStore().$queryRaw<FeedHealth[]>`
          SELECT ${COLUMNS} ${FEEDS_OF} ${userId} AND ${FILTERS[query.show]} ${found(query.search)}
          ORDER BY ${ORDERS[sort]}, f.id LIMIT ${PAGE} OFFSET ${skipped}`;
  return { feeds, counts, page, pages };
}

/** @returns the ids of all feeds that are asked for, by name: the database has no order of names that any server knows. */
async function findByName(userId: number, { show, search }: HealthQuery): Promise<number[]> {
  const rows = await openStore().$queryRaw<{ id: number; title: string }[]>`
    SELECT f.id, ${FEED_TITLE} AS title ${FEEDS_OF} ${userId} AND ${FILTERS[show]} ${found(search)}`;
  return rows.sort(compareNames).map((row) => row.id);
}

async function countFeedHealth(userId: number, search: string): Promise<Record<HealthFilter, number>> {
  const columns = Object.entries(FILTERS).map(
    ([name, filter]) => Prisma.sql`count(*) FILTER (WHERE ${filter})::int AS ${Prisma.raw(name)}`,
  );
  const [counts] = await openStore().$queryRaw<Record<HealthFilter, number>[]>`
    SELECT ${Prisma.join(columns)} ${FEEDS_OF} ${userId} ${found(search)}`;
  if (counts === undefined) throw new Error('A count returned no row.');
  return counts;
}

/** @returns how some of the user's feeds fare, by name; ids of others' feeds are passed over. */
export async function readFeedsHealth(userId: number, feedIds: number[]): Promise<FeedHealth[]> {
  const feeds = await openStore().$queryRaw<FeedHealth[]>`
    SELECT ${COLUMNS} ${FEEDS_OF} ${userId} AND f.id = ANY(${feedIds}::int[])`;
  return feeds.sort(compareNames);
}
