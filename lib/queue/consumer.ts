import { type Processor, Queue, Worker } from 'bullmq';
import { log } from '@/lib/ops/log';
import { connectQueue } from './connection';
import {
  describeFetch,
  describeRefreshes,
  FETCH_QUEUE,
  type FetchJob,
  fetchJob,
  LOCK_MS,
  REFRESH_BATCH,
  REFRESH_QUEUE,
  RETENTION,
  type RefreshJob,
  refreshJob,
  STALLED_EVERY_MS,
} from './jobs';

/** A job ends as soon as its feeds are claimed: so few at a time keep any number of fetches busy. */
const FETCHES_AT_ONCE = 8;
const REFRESHES_AT_ONCE = 4;

/** What is done with the feeds of a job; resolves when they are taken, or are nobody's to take. */
export interface FeedHandlers {
  fetch: (feedId: number) => Promise<void>;
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
  const take = <Job>(name: string, concurrency: number, processor: Processor<Job>) => {
    const worker = new Worker<Job>(name, processor, {
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
  const fetches = take<FetchJob>(FETCH_QUEUE, FETCHES_AT_ONCE, (job) =>
    handlers.fetch(fetchJob.parse(job.data).feedId),
  );
  const refreshes = take<RefreshJob>(REFRESH_QUEUE, REFRESHES_AT_ONCE, (job, _token, signal) =>
    handlers.refresh(refreshJob.parse(job.data).feedIds, signal ?? new AbortController().signal),
  );
  const open = <Job>(name: string) => {
    const queue = new Queue<Job>(name, { connection, defaultJobOptions: RETENTION });
    queue.on('error', onError);
    return queue;
  };
  const fetchQueue = open<FetchJob>(FETCH_QUEUE);
  const refreshQueue = open<RefreshJob>(REFRESH_QUEUE);
  return {
    async enqueueAll(feeds) {
      const now = Date.now();
      const wanted = feeds.filter(({ requested }) => requested);
      const due = feeds.filter(({ requested }) => !requested);
      if (wanted.length > 0) await fetchQueue.addBulk(wanted.map(({ id }) => describeFetch(id, now)));
      if (due.length > 0) await refreshQueue.addBulk(describeRefreshes(due.map(({ id }) => id)));
    },
    async countWaiting() {
      const [one, many] = await Promise.all(
        [fetchQueue, refreshQueue].map((queue) => queue.getJobCountByTypes('waiting')),
      );
      return (one ?? 0) + (many ?? 0) * REFRESH_BATCH;
    },
    async close() {
      refreshes.cancelAllJobs('the worker is stopping');
      await Promise.all([fetches.close(), refreshes.close()]);
      await Promise.all([fetchQueue.close(), refreshQueue.close()]);
      await disconnect();
    },
  };
}
