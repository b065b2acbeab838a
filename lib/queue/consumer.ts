import { Queue, Worker } from 'bullmq';
import { log } from '@/lib/ops/log';
import { connectQueue } from './connection';
import {
  describeFetch,
  FETCH_QUEUE,
  type FetchJob,
  fetchJob,
  LOCK_MS,
  RETENTION,
  STALLED_EVERY_MS,
  type Urgency,
} from './jobs';

export interface Consumer {
  /** Enqueues many at once, as the sweep does; waits for the queue as long as it takes. */
  enqueueAll(feeds: { feedId: number; urgency: Urgency }[]): Promise<void>;
  /** How many jobs wait for a worker. */
  countWaiting(): Promise<number>;
  /** Takes no more jobs; resolves when those at work have ended. */
  close(): Promise<void>;
  /** Tells the jobs at work to end, through their signal. */
  abort(): void;
}

/**
 * Takes jobs off the queue and hands them to `handle`, up to `concurrency` at a time. A handler that throws is
 * a bug: it is logged, and the sweep brings the feed back.
 */
export function startConsumer(
  concurrency: number,
  handle: (feedId: number, signal: AbortSignal) => Promise<void>,
): Consumer {
  const onError = (error: Error) => log.warn({ err: error }, 'queue connection');
  const { connection, disconnect } = connectQueue('consumer', onError);
  const worker = new Worker<FetchJob>(
    FETCH_QUEUE,
    (job, _token, signal) => handle(fetchJob.parse(job.data).feedId, signal ?? new AbortController().signal),
    {
      connection,
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_EVERY_MS,
      // A killed worker is no fault of the job: rows, not the queue, count failures.
      maxStalledCount: 1000,
      ...RETENTION,
    },
  );
  worker.on('error', onError);
  worker.on('failed', (job, error) => log.error({ err: error, feedId: job?.data.feedId }, 'A job failed.'));
  const queue = new Queue<FetchJob>(FETCH_QUEUE, { connection, defaultJobOptions: RETENTION });
  queue.on('error', onError);
  return {
    async enqueueAll(feeds) {
      const now = Date.now();
      await queue.addBulk(feeds.map(({ feedId, urgency }) => describeFetch(feedId, urgency, now)));
    },
    countWaiting: () => queue.getJobCountByTypes('waiting', 'prioritized'),
    async close() {
      await worker.close();
      await queue.close();
      await disconnect();
    },
    abort: () => worker.cancelAllJobs('the worker is stopping'),
  };
}
