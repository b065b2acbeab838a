import { z } from 'zod';

/**
 * Every queue and what may be in it. Payloads hold ids only and are checked at both ends: rows are the truth.
 *
 * A person's wish, many of them at once (an import), and the refreshes in the background are queues of their own, which
 * every worker takes from at the same time: however many refreshes wait, nobody waits behind them.
 */

/** One feed that a person is waiting for. */
export const FETCH_QUEUE = 'fetch';
export const fetchJob = z.object({ feedId: z.number().int().positive() });
export type FetchJob = z.infer<typeof fetchJob>;

/** Many feeds that people wait for. */
export const WANTED_QUEUE = 'wanted';

/** Feeds that are due again. */
export const REFRESH_QUEUE = 'refresh';

/** A job of many feeds: a queue's work for a job is more than that for an unchanged feed. */
export const BATCH = 25;
export const batchJob = z.object({ feedIds: z.array(z.number().int().positive()).min(1).max(BATCH) });
export type BatchJob = z.infer<typeof batchJob>;

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
 * One job a feed waits at a time. The window makes sure that a key left behind by a lost job blocks the feed for ten
 * minutes at most; a second job costs nothing, since a feed is claimed once.
 */
const deduplicationId = (feedId: number, now: number) =>
  `${feedId}-${Math.floor(now / DEDUPLICATION_WINDOW_MS)}`;

/** @returns the job that fetches a feed for a person, as BullMQ takes it; `now` in milliseconds since 1970. */
export function describeFetch(feedId: number, now: number) {
  return {
    name: FETCH_QUEUE,
    data: fetchJob.parse({ feedId }),
    opts: { deduplication: { id: deduplicationId(feedId, now) } },
  };
}

/** @returns jobs of many feeds, as BullMQ takes them. */
export function describeBatches(name: typeof WANTED_QUEUE | typeof REFRESH_QUEUE, feedIds: number[]) {
  const jobs = [];
  for (let start = 0; start < feedIds.length; start += BATCH) {
    jobs.push({ name, data: batchJob.parse({ feedIds: feedIds.slice(start, start + BATCH) }) });
  }
  return jobs;
}
