import type { Queue } from 'bullmq';
import { hideSecrets } from '@/lib/ops/log';
import { type BatchJob, batchJob, FETCH_QUEUE, QUEUES, type QueueName } from './jobs';
import { countWaitingJobs, type PickQueue, withQueues } from './queues';

/** How a queue fares: how many of its jobs are in which state. */
interface QueueView {
  name: QueueName;
  waiting: number;
  running: number;
  delayed: number;
  failed: number;
}

/** A job that ended with a bug of ours, or with a database that was away; the feeds in it come back by themselves. */
interface FailedJob {
  queue: QueueName;
  at: Date | null;
  feeds: number;
  /** One line, without secrets. */
  reason: string;
}

export interface QueuesView {
  paused: boolean;
  queues: QueueView[];
  /** Those that failed last, newest first. */
  failed: FailedJob[];
}

const MOST_FAILED = 10;
const LONGEST_REASON = 300;

async function readQueue(queue: Queue<BatchJob>, name: QueueName): Promise<QueueView> {
  const [waiting, counts] = await Promise.all([
    countWaitingJobs(queue),
    queue.getJobCounts('active', 'delayed', 'failed'),
  ]);
  const { active = 0, delayed = 0, failed = 0 } = counts;
  return { name, waiting, running: active, delayed, failed };
}

async function readFailed(queue: Queue<BatchJob>, name: QueueName): Promise<FailedJob[]> {
  const jobs = await queue.getFailed(0, MOST_FAILED - 1);
  return jobs.map(({ data, finishedOn, failedReason = '' }) => ({
    queue: name,
    at: finishedOn === undefined ? null : new Date(finishedOn),
    feeds: batchJob.safeParse(data).data?.feedIds.length ?? 0,
    reason: hideSecrets(failedReason).replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON),
  }));
}

/** @throws when the queue does not answer in time. */
export async function readQueues(limitMs: number): Promise<QueuesView> {
  return withQueues(limitMs, async (pick) => {
    const all = <T>(ask: (queue: Queue<BatchJob>, name: QueueName) => Promise<T>) =>
      Promise.all(QUEUES.map((name) => ask(pick(name), name)));
    const [paused, queues, failed] = await Promise.all([isPaused(pick), all(readQueue), all(readFailed)]);
    const latest = failed.flat().sort((a, b) => Number(b.at) - Number(a.at));
    return { paused, queues, failed: latest.slice(0, MOST_FAILED) };
  });
}

/** All queues are paused and resumed together: one tells of all. */
const isPaused = (pick: PickQueue) => pick(FETCH_QUEUE).isPaused();

/** @returns whether nothing is taken off the queues. @throws when they do not answer in time. */
export async function readPause(limitMs: number): Promise<boolean> {
  return withQueues(limitMs, isPaused);
}

/** Has nothing taken off the queues, by any worker; or everything again. @throws when they do not answer in time. */
export async function setPause(paused: boolean, limitMs: number): Promise<void> {
  await withQueues(limitMs, async (pick) => {
    await Promise.all(QUEUES.map((name) => (paused ? pick(name).pause() : pick(name).resume())));
  });
}
