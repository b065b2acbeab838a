import { enqueueFetches } from '@/lib/queue/producer';
import { requestFetch } from '@/lib/store/subscribe-feed';

/**
 * Has a feed fetched now, because its reader asks for it. Answers at once.
 *
 * @returns ok: false when the user has no such feed.
 */
export async function refreshFeed(request: { userId: number; feedId: number }): Promise<{ ok: boolean }> {
  const ok = await requestFetch(request.userId, request.feedId);
  if (ok) await enqueueFetches([request.feedId]);
  return { ok };
}
