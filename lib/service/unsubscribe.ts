import { unsubscribeFeed } from '@/lib/store/subscribe-feed';

/**
 * Ends a user's subscription.
 *
 * @returns ok: false when there was none.
 */
export async function unsubscribe(request: { userId: number; feedId: number }): Promise<{ ok: boolean }> {
  return { ok: await unsubscribeFeed(request.userId, request.feedId) };
}
