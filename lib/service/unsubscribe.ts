import { endSubscriptions } from '@/lib/store/end-subscriptions';

/**
 * Ends a user's subscription, and remembers it as it was.
 *
 * @returns ok: false when there was none; `undo` is what `undoUnsubscribe` needs.
 */
export async function unsubscribe(request: {
  userId: number;
  feedId: number;
}): Promise<{ ok: boolean; undo: string | null }> {
  const { count, undo } = await endSubscriptions(request.userId, [request.feedId]);
  return { ok: count > 0, undo };
}
