import { type Processor, Queue, Worker } from 'bullmq';
import { log } from '@/lib/ops/log';
import { connectQueue } from './connection';
import {
  BATCH,
  type BatchJob,
  batchJob,
  describeBatches,
  FETCH_QUEUE,
  LOCK_MS,
  type QueueName,
  REFRESH_QUEUE,
  RETENTION,
  STALLED_EVERY_MS,
  WANTED_QUEUE,
} from './jobs';
import { countWaitingJobs } from './queues';

/** A job ends as soon as its feeds are claimed: so few at a time keep any number of fetches busy. */
const FETCHES_AT_ONCE = 8;
const BATCHES_AT_ONCE = 4;

/** What is done with the feeds of a job; resolves when they are taken, or are nobody's to take. */
export interface FeedHandlers {
  fetch: (feedIds: number[]) => Promise<void>;
  fetchMany: (feedIds: number[], signal: AbortSignal) => Promise<void>;
  refresh: (feedIds: number[], signal: AbortSignal) => Promise<void>;
}

export interface Consumer {
  /** Enqueues what the sweep has found; waits for the queue as long as it takes. */
  enqueueAll(feeds: { id: number; requested: boolean }[]): Promise<void>;
  /** How many feeds wait for a worker, about: those that people wait for, and others. */
  countWaiting(): Promise<{ wished: number; background: number }>;
  /** Whether somebody has paused fetching. */
  isPaused(): Promise<boolean>;
  /** Takes no more jobs; resolves when those at hand have ended. */
  close(): Promise<void>;
}

/**
 * Takes jobs off all queues. A handler that throws is a bug or a database that is away: it is logged, and the
 * sweep brings the feeds back.
 */
export function startConsumer(handlers: FeedHandlers): Consumer {
  const onError = (error: Error) => log.warn({ err: error }, 'queue connection');
  const { connection, disconnect } = connectQueue('consumer', onError);
  const take = (name: QueueName, concurrency: number, work: FeedHandlers['refresh']) => {
    const process: Processor<BatchJob> = (job, _token, signal) =>
      work(batchJob.parse(job.data).feedIds, signal ?? new AbortController().signal);
    const worker = new Worker<BatchJob>(name, process, {
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
  const fetches = take(FETCH_QUEUE, FETCHES_AT_ONCE, handlers.fetch);
  const batches = [
    take(WANTED_QUEUE, BATCHES_AT_ONCE, handlers.fetchMany),
    take(REFRESH_QUEUE, BATCHES_AT_ONCE, handlers.refresh),
  ];
  const open = (name: QueueName) => {
    const queue = new Queue<BatchJob>(name, { connection, defaultJobOptions: RETENTION });
    queue.on('error', onError);
    return queue;
  };
  const fetchQueue = open(FETCH_QUEUE);
  const wantedQueue = open(WANTED_QUEUE);
  const refreshQueue = open(REFRESH_QUEUE);
  return {
    async enqueueAll(feeds) {
      const idsOf = (wish: boolean) =>
        feeds.filter(({ requested }) => requested === wish).map(({ id }) => id);
      const wanted = idsOf(true);
      const due = idsOf(false);
      if (wanted.length > BATCH) await wantedQueue.addBulk(describeBatches(WANTED_QUEUE, wanted));
      else if (wanted.length > 0) await fetchQueue.addBulk(describeBatches(FETCH_QUEUE, wanted));
      if (due.length > 0) await refreshQueue.addBulk(describeBatches(REFRESH_QUEUE, due));
    },
    async countWaiting() {
      const [single = 0, wanted = 0, due = 0] = await Promise.all(
        [fetchQueue, wantedQueue, refreshQueue].map(countWaitingJobs),
      );
      return { wished: single + wanted * BATCH, background: due * BATCH };
    },
    isPaused: () => fetchQueue.isPaused(),
    async close() {
      for (const worker of batches) worker.cancelAllJobs('the worker is stopping');
      await Promise.all([fetches, ...batches].map((worker) => worker.close()));
      await Promise.all([fetchQueue, wantedQueue, refreshQueue].map((queue) => queue.close()));
      await disconnect();
    },
  };
}
