import { enqueueFetches } from '@/lib/queue/producer';
import { exchangeFeed } from '@/lib/store/change-subscriptions';
import { readFeedsHealth } from '@/lib/store/read-health';
import { parseFeedAddress } from './feed-address';

/** So many feeds are exchanged by one request: each is a transaction. */
const AT_MOST = 100;

/**
 * Puts the feeds that were found at the sites of lost ones in their place, each all or nothing. Feeds for which
 * none has been found stay as they are.
 *
 * @returns the ids of the feeds that the user reads instead.
 */
export async function acceptReplacements(request: { userId: number; feedIds: number[] }): Promise<number[]> {
  const { userId } = request;
  const feeds = await readFeedsHealth(userId, request.feedIds.slice(0, AT_MOST));
  const accepted: number[] = [];
  const wanted: number[] = [];
  for (const { id: feedId, replacement } of feeds) {
    const address = replacement === null ? null : parseFeedAddress(replacement);
    if (replacement === null || !address?.ok) continue;
    const found = await exchangeFeed(userId, {
      feedId,
      replacement,
      url: address.url,
      host: address.host,
    });
    if (found !== null) accepted.push(found.feedId);
    if (found?.wanted) wanted.push(found.feedId);
  }
  if (wanted.length > 0) await enqueueFetches(wanted);
  return accepted;
}
