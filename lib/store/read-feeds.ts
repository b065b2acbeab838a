import { openStore } from './client';
import { FEED_TITLE } from './feed-title';
import { Prisma } from './generated/client';
import { ICON_KEY } from './icon-key';
import { orderByTitle } from './order-by-title';
import type { FeedStatusView, FeedView, SubscriptionView } from './views';

/** What every view of a feed has, by the views' names. */
const COMMON = Prisma.sql`
  ${FEED_TITLE} AS title, lower(f.status::text) AS status,
  f.error_code AS "errorCode", f.error_message AS "errorMessage", f.item_count AS "itemCount",
  t.last_fetch_at AS "lastFetchedAt", t.next_fetch_at AS "nextFetchAt"`;

/** What changes while a feed is watched; the stage counts only while a worker holds the feed. */
const PROGRESS = Prisma.sql`
  f.id, CASE WHEN t.claim_until > now() THEN lower(t.stage::text) END AS stage, t.failures AS attempt`;

const FEEDS_OF = Prisma.sql`
  FROM subscriptions s JOIN feeds f ON f.id = s.feed_id JOIN feed_schedules t ON t.feed_id = f.id WHERE s.user_id =`;

/** A view as its columns come: the error is in two of them. */
type Row<View> = Omit<View, 'error'> & { errorCode: string | null; errorMessage: string | null };

function toView<View extends object>({ errorCode, errorMessage, ...rest }: Row<View>) {
  return { ...rest, error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' } };
}

/** @returns a feed that the user subscribes to, or null. */
export async function readFeed(userId: number, feedId: number): Promise<FeedView | null> {
  const [row] = await openStore().$queryRaw<Row<FeedView>[]>`
    SELECT ${COMMON}, ${PROGRESS}, regexp_replace(f.url, '#private-[0-9]+$', '') AS url, f.host, f.site_url AS "siteUrl", f.description, f.language,
      t.next_reason AS "nextReason", COALESCE(f.warnings, '[]') AS warnings, ${ICON_KEY} AS icon
    ${FEEDS_OF} ${userId} AND f.id = ${feedId}`;
  return row === undefined ? null : toView<FeedView>(row);
}

/** @returns what a page that watches a feed needs to know, or null when the user does not subscribe to it. */
export async function readFeedStatus(userId: number, feedId: number): Promise<FeedStatusView | null> {
  const [row] = await openStore().$queryRaw<Row<FeedStatusView>[]>`
    SELECT ${COMMON}, ${PROGRESS}, t.requested_at IS NOT NULL AS waiting,
      extract(epoch FROM now() - t.requested_at)::int AS "waitedSeconds"
    ${FEEDS_OF} ${userId} AND f.id = ${feedId}`;
  return row === undefined ? null : toView<FeedStatusView>(row);
}

/**
 * @param before what was returned when last asked, if that is known: it is cheaper then.
 * @returns the user's feeds, by title: the little that a list of thousands can show of each.
 */
export async function listSubscriptions(
  userId: number,
  before: readonly SubscriptionView[] = [],
): Promise<SubscriptionView[]> {
  const rows = await openStore().$queryRaw<SubscriptionView[]>`
    SELECT f.id, ${FEED_TITLE} AS title, lower(f.status::text) AS status, ${ICON_KEY} AS icon,
      s.folder_id AS "folderId"
    FROM subscriptions s JOIN feeds f ON f.id = s.feed_id WHERE s.user_id = ${userId}`;
  return orderByTitle(rows, before);
}

/** A feed that was looked at so recently is not looked at again because somebody wants news of everything. */
const RECENTLY = '5 minutes';

/**
 * @returns the ids of a user's feeds that are well and were looked at longest ago, at most so many; none of those that
 * have just been.
 */
export async function listLongUnchecked(userId: number, limit: number): Promise<number[]> {
  const rows = await openStore().$queryRaw<{ id: number }[]>`
    SELECT feed_id AS id FROM subscriptions JOIN feed_schedules USING (feed_id)
    WHERE user_id = ${userId} AND failures = 0 AND next_fetch_at IS NOT NULL
      AND last_fetch_at < now() - ${RECENTLY}::interval
    ORDER BY last_fetch_at LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/**
 * Where a feed's pages lead that has been merged into another.
 *
 * @returns the id of the feed that has its items now, if the user subscribes to it.
 */
export async function findMergedFeed(userId: number, formerId: number): Promise<number | null> {
  const alias = await openStore().feedAlias.findFirst({
    where: { formerId, feed: { subscriptions: { some: { userId } } } },
    select: { feedId: true },
  });
  return alias?.feedId ?? null;
}
