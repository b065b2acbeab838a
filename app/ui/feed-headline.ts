import { currentStep, type FeedStatusBody, isUnsettled, STEPS } from './feed-progress';

/** @returns whether a feed waits while no worker is there to take it. */
export function isAbandoned(feed: FeedStatusBody): boolean {
  return isUnsettled(feed) && feed.stage === null && feed.workersAlive === 0;
}

/** @returns what is happening to a feed, in a few words: read out when it changes. */
export function feedHeadline(feed: FeedStatusBody, healed: boolean): string {
  if (isAbandoned(feed)) return 'No worker is running';
  if (isUnsettled(feed)) return STEPS[currentStep(feed)]?.label ?? '';
  if (feed.status === 'failing') return feed.error?.message ?? 'This feed could not be read.';
  if (feed.status === 'gone') return 'This feed is gone';
  if (healed) return 'It works again';
  return feed.itemCount === 1 ? 'One item is here' : `${feed.itemCount} items are here`;
}
