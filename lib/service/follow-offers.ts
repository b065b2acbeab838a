import { closeOffers, readOffers } from '@/lib/store/offers';
import { subscribe } from './subscribe';
import { unsubscribe } from './unsubscribe';

export interface FollowedOffers {
  /** The feed to show: the one that was read already if it is kept, else the first of those chosen. */
  feedId: number;
  /** How many feeds are followed now that were not before. */
  added: number;
}

/**
 * Takes a reader's choice among the feeds that a site offers. What was read meanwhile is left if it is not among them;
 * where nothing is chosen, it stays.
 *
 * @param urls of the offers; others count for nothing.
 */
export async function followOffers(request: {
  userId: number;
  feedId: number;
  urls: string[];
}): Promise<FollowedOffers> {
  const { userId, feedId, urls } = request;
  const [taken, ...others] = await readOffers(userId, feedId);
  const added: number[] = [];
  for (const { url } of others) {
    if (!urls.includes(url)) continue;
    const result = await subscribe({ userId, address: url });
    if (result.ok && result.feedId !== feedId) added.push(result.feedId);
  }
  await closeOffers(userId, feedId);
  const [first] = added;
  if (taken === undefined || first === undefined || urls.includes(taken.url)) {
    return { feedId, added: added.length };
  }
  await unsubscribe({ userId, feedId });
  return { feedId: first, added: added.length };
}
