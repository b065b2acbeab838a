import type { ParseWarning } from '@/lib/feed/types';
import { openStore } from './client';
import type { Feed, Subscription } from './generated/client';
import type {
  FeedStatus,
  FeedStatusView,
  FeedView,
  FetchErrorView,
  FetchStage,
  SubscriptionView,
} from './views';

type FeedRow = Pick<
  Feed,
  | 'status'
  | 'stage'
  | 'title'
  | 'host'
  | 'errorCode'
  | 'errorMessage'
  | 'claim'
  | 'claimUntil'
  | 'requestedAt'
>;

const sayTitle = (subscription: Pick<Subscription, 'title'>, feed: Pick<Feed, 'title' | 'host'>) =>
  subscription.title || feed.title || feed.host;

const sayStatus = (feed: Pick<Feed, 'status'>) => feed.status.toLowerCase() as FeedStatus;

function sayStage(feed: FeedRow): FetchStage | null {
  const claimed = feed.claimUntil !== null && feed.claimUntil > new Date();
  return claimed && feed.stage !== null ? (feed.stage.toLowerCase() as FetchStage) : null;
}

function sayError(feed: Pick<Feed, 'errorCode' | 'errorMessage'>): FetchErrorView | null {
  if (feed.errorCode === null) return null;
  return { code: feed.errorCode, message: feed.errorMessage ?? '' };
}

function findSubscription(userId: number, feedId: number) {
  return openStore().subscription.findUnique({
    where: { userId_feedId: { userId, feedId } },
    select: { title: true, feed: { omit: { contentHash: true } } },
  });
}

/** @returns a feed that the user subscribes to, or null. */
export async function readFeed(userId: number, feedId: number): Promise<FeedView | null> {
  const found = await findSubscription(userId, feedId);
  if (found === null) return null;
  const { feed } = found;
  return {
    id: feed.id,
    url: feed.url,
    host: feed.host,
    siteUrl: feed.siteUrl,
    title: sayTitle(found, feed),
    description: feed.description,
    language: feed.language,
    status: sayStatus(feed),
    stage: sayStage(feed),
    attempt: feed.failures,
    error: sayError(feed),
    itemCount: feed.itemCount,
    lastFetchedAt: feed.lastFetchAt,
    nextFetchAt: feed.nextFetchAt,
    nextReason: feed.nextReason,
    // Written by finishRead, from a ParseWarning[].
    warnings: (feed.warnings ?? []) as unknown as ParseWarning[],
  };
}

/** @returns what a page that watches a feed needs to know, or null when the user does not subscribe to it. */
export async function readFeedStatus(userId: number, feedId: number): Promise<FeedStatusView | null> {
  const found = await findSubscription(userId, feedId);
  if (found === null) return null;
  const { feed } = found;
  return {
    id: feed.id,
    status: sayStatus(feed),
    stage: sayStage(feed),
    title: sayTitle(found, feed),
    itemCount: feed.itemCount,
    attempt: feed.failures,
    error: sayError(feed),
    lastFetchedAt: feed.lastFetchAt,
    nextFetchAt: feed.nextFetchAt,
    waiting: feed.requestedAt !== null,
  };
}

/** Numbers within titles sort as numbers, and accents where a reader looks for them. */
const byTitle = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

type SubscriptionRow = Omit<SubscriptionView, 'error' | 'status'> &
  Pick<Feed, 'status' | 'errorCode' | 'errorMessage'>;

/** @returns the user's feeds, by title. */
export async function listSubscriptions(userId: number): Promise<SubscriptionView[]> {
  const rows = await openStore().$queryRaw<SubscriptionRow[]>`
    SELECT f.id AS "feedId", COALESCE(NULLIF(s.title, ''), NULLIF(f.title, ''), f.host) AS title, f.host, f.status,
      f.error_code AS "errorCode", f.error_message AS "errorMessage", f.item_count AS "itemCount",
      f.last_fetch_at AS "lastFetchedAt", f.next_fetch_at AS "nextFetchAt"
    FROM subscriptions s JOIN feeds f ON f.id = s.feed_id WHERE s.user_id = ${userId}`;
  const views = rows.map(({ errorCode, errorMessage, status, ...rest }) => ({
    ...rest,
    status: sayStatus({ status }),
    error: sayError({ errorCode, errorMessage }),
  }));
  return views.sort((a, b) => byTitle.compare(a.title, b.title) || a.feedId - b.feedId);
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
