import { type Processor, Queue, Worker } from 'bullmq';
import { log } from '@/lib/ops/log';
import { connectQueue } from './connection';
import {
  describeJobs,
  FETCH_QUEUE,
  type FeedsJob,
  feedsJob,
  JOB_FEEDS,
  LOCK_MS,
  REFRESH_QUEUE,
  RETENTION,
  STALLED_EVERY_MS,
} from './jobs';

/** A job ends as soon as its feeds are claimed: so few at a time keep any number of fetches busy. */
const FETCHES_AT_ONCE = 8;
const REFRESHES_AT_ONCE = 4;

/** What is done with the feeds of a job; resolves when they are taken, or are nobody's to take. */
export interface FeedHandlers {
  fetch: (feedIds: number[]) => Promise<void>;
  refresh: (feedIds: number[], signal: AbortSignal) => Promise<void>;
}

export interface Consumer {
  /** Enqueues what the sweep has found; waits for the queue as long as it takes. */
  enqueueAll(feeds: { id: number; requested: boolean }[]): Promise<void>;
  /** How many feeds wait for a worker, about. */
  countWaiting(): Promise<number>;
  /** Takes no more jobs; resolves when those at hand have ended. */
  close(): Promise<void>;
}

/**
 * Takes jobs off both queues. A handler that throws is a bug or a database that is away: it is logged, and the
 * sweep brings the feeds back.
 */
export function startConsumer(handlers: FeedHandlers): Consumer {
  const onError = (error: Error) => log.warn({ err: error }, 'queue connection');
  const { connection, disconnect } = connectQueue('consumer', onError);
  const take = (name: string, concurrency: number, processor: Processor<FeedsJob>) => {
    const worker = new Worker<FeedsJob>(name, processor, {
      connection,
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_EVERY_MS,
      // A killed worker is no fault of the job: rows, not the queue, count failures.
      maxStalledCount: 1000,
      ...RETENTION,
    });
    worker.on('error', onError);
    worker.on('failed', (job, error) => log.error({ err: error, data: job?.data }, 'A job failed.'));
    return worker;
  };
  const fetches = take(FETCH_QUEUE, FETCHES_AT_ONCE, (job) =>
    handlers.fetch(feedsJob.parse(job.data).feedIds),
  );
  const refreshes = take(REFRESH_QUEUE, REFRESHES_AT_ONCE, (job, _token, signal) =>
    handlers.refresh(feedsJob.parse(job.data).feedIds, signal ?? new AbortController().signal),
  );
  const open = (name: typeof FETCH_QUEUE | typeof REFRESH_QUEUE) => {
    const queue = new Queue<FeedsJob>(name, { connection, defaultJobOptions: RETENTION });
    queue.on('error', onError);
    const enqueue = async (feeds: { id: number }[]) => {
      const jobs = describeJobs(
        name,
        feeds.map(({ id }) => id),
      );
      if (jobs.length > 0) await queue.addBulk(jobs);
    };
    return { queue, enqueue };
  };
  const wanted = open(FETCH_QUEUE);
  const due = open(REFRESH_QUEUE);
  return {
    async enqueueAll(feeds) {
      await wanted.enqueue(feeds.filter(({ requested }) => requested));
      await due.enqueue(feeds.filter(({ requested }) => !requested));
    },
    async countWaiting() {
      const [one, many] = await Promise.all(
        [wanted, due].map(({ queue }) => queue.getJobCountByTypes('waiting')),
      );
      return (one ?? 0) + (many ?? 0) * JOB_FEEDS;
    },
    async close() {
      refreshes.cancelAllJobs('the worker is stopping');
      await Promise.all([fetches.close(), refreshes.close()]);
      await Promise.all([wanted.queue.close(), due.queue.close()]);
      await disconnect();
    },
  };
}
