import { z } from 'zod';

/**
 * Every queue and what may be in it. Payloads hold ids only and are checked at both ends: rows are the truth.
 *
 * A person's wish and the refreshes in the background are queues of their own, which every worker takes from at
 * the same time: however many refreshes wait, nobody waits behind them.
 */

/** Feeds that people are waiting for: those of a moment go together. */
export const FETCH_QUEUE = 'fetch';
/** Feeds that are due again. */
export const REFRESH_QUEUE = 'refresh';

/** A job carries many: a queue's work for a job is more than that for a submission, or for an unchanged feed. */
export const JOB_FEEDS = 25;
export const feedsJob = z.object({
  feedIds: z.array(z.number().int().positive()).min(1).max(JOB_FEEDS),
});
export type FeedsJob = z.infer<typeof feedsJob>;

/** Finished jobs are kept briefly: the log of fetches is in the database. */
export const RETENTION = {
  removeOnComplete: { age: 600, count: 500 },
  removeOnFail: { age: 86_400, count: 500 },
};

/** A job whose worker is not heard of for this long is given to another. */
export const LOCK_MS = 20_000;
export const STALLED_EVERY_MS = 10_000;

/**
 * Nothing here keeps a feed from being in two jobs: it is claimed once, and the second job finds it taken.
 *
 * @returns the jobs of a queue that fetch these feeds, as BullMQ takes them.
 */
export function describeJobs(queue: typeof FETCH_QUEUE | typeof REFRESH_QUEUE, feedIds: number[]) {
  const jobs = [];
  for (let start = 0; start < feedIds.length; start += JOB_FEEDS) {
    const batch = feedIds.slice(start, start + JOB_FEEDS);
    jobs.push({ name: queue, data: feedsJob.parse({ feedIds: batch }) });
  }
  return jobs;
}
