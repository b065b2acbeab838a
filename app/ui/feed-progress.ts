import type { FeedStatusView } from '@/lib/store/views';

/** FeedStatusView as it travels: the answer of GET /api/feeds/{id}/status. */
export type FeedStatusBody = Omit<FeedStatusView, 'lastFetchedAt' | 'nextFetchAt'> & {
  lastFetchedAt: string | null;
  nextFetchAt: string | null;
  workersAlive: number;
};

/** What a person who waits for a feed sees happen, in order. */
export const STEPS = [
  { key: 'waiting', label: 'Waiting for a worker' },
  { key: 'connecting', label: 'Connecting' },
  { key: 'downloading', label: 'Downloading' },
  { key: 'parsing', label: 'Parsing' },
  { key: 'saving', label: 'Saving' },
] as const;

/** @returns whether somebody is waiting for this feed: its first fetch, or one that was asked for. */
export function isUnsettled(feed: Pick<FeedStatusBody, 'status' | 'waiting'>): boolean {
  return feed.status === 'queued' || feed.status === 'fetching' || feed.waiting;
}

/** @returns the place in `STEPS` of what is happening now. */
export function currentStep(feed: Pick<FeedStatusBody, 'stage'>): number {
  return feed.stage === null ? 0 : STEPS.findIndex((step) => step.key === feed.stage);
}

/** @returns whether the page must be rendered anew to show `next`: anything but the stage is different. */
export function needsRefresh(previous: FeedStatusBody, next: FeedStatusBody): boolean {
  return (
    !isUnsettled(next) ||
    next.title !== previous.title ||
    next.itemCount !== previous.itemCount ||
    next.attempt !== previous.attempt ||
    next.lastFetchedAt !== previous.lastFetchedAt
  );
}
