import type { FeedOffer } from '@/lib/feed/types';
import { openStore } from './client';

/**
 * What the site offers that a reader has typed the address of, while they have not chosen.
 *
 * @returns the feed that is read already first; empty when there is nothing to choose.
 */
export async function readOffers(userId: number, feedId: number): Promise<FeedOffer[]> {
  const subscription = await openStore().subscription.findUnique({
    where: { userId_feedId: { userId, feedId } },
    select: { offers: true },
  });
  // Written by moveFeed, from FeedOffer[].
  return (subscription?.offers ?? []) as unknown as FeedOffer[];
}

/** The reader has chosen. */
export async function closeOffers(userId: number, feedId: number): Promise<void> {
  await openStore().$executeRaw`
    UPDATE subscriptions SET offers = NULL WHERE user_id = ${userId} AND feed_id = ${feedId}`;
}
