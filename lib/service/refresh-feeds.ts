import { enqueueFetches } from '@/lib/queue/producer';
import { requestFetches } from '@/lib/store/change-subscriptions';
import { refreshFeed } from './refresh-feed';

/** So many jobs are handed over at once; the sweep takes the other rows within seconds. */
const AT_ONCE = 50;

/**
 * Has feeds fetched now, because their reader asks for it: with a bounded number of jobs, and with a bounded number of
 * requests to a server at once. One alone is fetched whatever else its server has to do.
 *
 * @returns how many of the ids are feeds of the user.
 */
export async function refreshFeeds(request: { userId: number; feedIds: number[] }): Promise<number> {
  const { userId } = request;
  const feedIds = [...new Set(request.feedIds)];
  const [feedId] = feedIds;
  if (feedId === undefined) return 0;
  if (feedIds.length === 1) return (await refreshFeed({ userId, feedId })).ok ? 1 : 0;
  const { count, wished } = await requestFetches(userId, feedIds);
  if (wished.length > 0) await enqueueFetches(wished.slice(0, AT_ONCE));
  return count;
}
