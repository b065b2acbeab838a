import { enqueueFetches } from '@/lib/queue/producer';
import { requestFetches } from '@/lib/store/change-subscriptions';

/** So many jobs are handed over at once; the sweep takes the other rows within seconds. */
const AT_ONCE = 50;

/**
 * Has feeds fetched now, because their reader asks for it: one statement, and a bounded number of jobs.
 *
 * @returns how many of the ids are feeds of the user.
 */
export async function refreshFeeds(request: { userId: number; feedIds: number[] }): Promise<number> {
  const asked = await requestFetches(request.userId, request.feedIds);
  await enqueueFetches(asked.slice(0, AT_ONCE));
  return asked.length;
}
