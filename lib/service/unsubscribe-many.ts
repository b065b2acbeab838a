import { type EndedSubscriptions, endSubscriptions } from '@/lib/store/end-subscriptions';

/**
 * Ends subscriptions of a user, and remembers them as they were.
 *
 * @returns how many there were, and what `undoUnsubscribe` needs.
 */
export async function unsubscribeMany(request: {
  userId: number;
  feedIds: number[];
}): Promise<EndedSubscriptions> {
  return endSubscriptions(request.userId, request.feedIds);
}
