import { z } from 'zod';

/**
 * Every queue and what may be in it. Payloads hold ids only and are checked at both ends: rows are the truth.
 *
 * A person's wish, many of them at once (an import), and the refreshes in the background are queues of their own, which
 * every worker takes from at the same time: however many refreshes wait, nobody waits behind them.
 */

/** Feeds that people are waiting for: those that were asked for in the same moment go together. */
export const FETCH_QUEUE = 'fetch';

/** Many feeds that people wait for. */
export const WANTED_QUEUE = 'wanted';

/** Feeds that are due again. */
export const REFRESH_QUEUE = 'refresh';

/** All of them, first whoever waits. */
export const QUEUES = [FETCH_QUEUE, WANTED_QUEUE, REFRESH_QUEUE] as const;
export type QueueName = (typeof QUEUES)[number];

/** A job carries many feeds: a queue's work for a job is more than that for a submission, or for an unchanged feed. */
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

/**
 * Nothing here keeps a feed from being in two jobs: it is claimed once, and the second job finds it taken.
 *
 * @returns the jobs of a queue that fetch these feeds, as BullMQ takes them.
 */
export function describeBatches(name: QueueName, feedIds: number[]) {
  const jobs = [];
  for (let start = 0; start < feedIds.length; start += BATCH) {
    jobs.push({ name, data: batchJob.parse({ feedIds: feedIds.slice(start, start + BATCH) }) });
  }
  return jobs;
}
