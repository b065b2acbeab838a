import { z } from 'zod';

/** Every queue and what may be in it. Payloads hold ids only and are checked at both ends: rows are the truth. */

export const FETCH_QUEUE = 'fetch';

export const fetchJob = z.object({ feedId: z.number().int().positive() });
export type FetchJob = z.infer<typeof fetchJob>;

/** `now`: a person is waiting. `background`: the feed is due again. */
export type Urgency = 'now' | 'background';

/** BullMQ takes jobs without a priority first; of the others, the smaller number. */
const PRIORITY: Record<Urgency, number> = { now: 0, background: 10 };

/** Finished jobs are kept briefly: the log of fetches is in the database. */
export const RETENTION = {
  removeOnComplete: { age: 600, count: 500 },
  removeOnFail: { age: 86_400, count: 500 },
};

/** A job whose worker is not heard of for this long is given to another. */
export const LOCK_MS = 20_000;
export const STALLED_EVERY_MS = 10_000;

const DEDUPLICATION_WINDOW_MS = 600_000;

/**
 * One job a feed and urgency waits at a time. The window makes sure that a key left behind by a lost job blocks
 * the feed for ten minutes at most; a second job costs nothing, since a feed is claimed once.
 */
function deduplicationId(feedId: number, urgency: Urgency, now: number): string {
  return `${urgency}-${feedId}-${Math.floor(now / DEDUPLICATION_WINDOW_MS)}`;
}

/** @returns the job that fetches a feed, as BullMQ takes it; `now` in milliseconds since 1970. */
export function describeFetch(feedId: number, urgency: Urgency, now: number) {
  return {
    name: 'fetch',
    data: fetchJob.parse({ feedId }),
    opts: {
      priority: PRIORITY[urgency],
      deduplication: { id: deduplicationId(feedId, urgency, now) },
    },
  };
}
