import { unsubscribeFeeds } from '@/lib/store/change-subscriptions';

/**
 * Ends subscriptions of a user.
 *
 * @returns how many there were.
 */
export async function unsubscribeMany(request: { userId: number; feedIds: number[] }): Promise<number> {
  return unsubscribeFeeds(request.userId, request.feedIds);
}
