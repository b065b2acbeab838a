import { metrics } from '@/lib/ops/metrics';
import { enqueueFetches } from '@/lib/queue/producer';
import { subscribeFeed } from '@/lib/store/subscribe-feed';
import { parseFeedAddress } from './feed-address';

export type SubscribeResult = { ok: true; feedId: number } | { ok: false; message: string };

/**
 * Subscribes a user to the feed at an address, which may be a site's. Answers at once: the row is committed as
 * due, and a worker does the rest.
 *
 * @param address as typed.
 */
export async function subscribe(request: { userId: number; address: string }): Promise<SubscribeResult> {
  const address = parseFeedAddress(request.address);
  if (!address.ok) {
    metrics.submissions.inc({ result: 'refused' });
    return address;
  }
  const { feedId, created, wanted } = await subscribeFeed(request.userId, address.url, address.host);
  metrics.submissions.inc({ result: created ? 'created' : 'found' });
  // The answer does not wait for the queue: the row is due, and is swept if the queue has no part in it.
  if (wanted) void enqueueFetches([feedId]);
  return { ok: true, feedId };
}
