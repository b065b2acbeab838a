import { Queue } from 'bullmq';
import { log } from '@/lib/ops/log';
import { connectQueue, type QueueConnection } from './connection';
import { type BatchJob, QUEUES, type QueueName, RETENTION } from './jobs';

/** The queues as whoever does not work on them sees them: it waits for them so long and no longer. */

class QueueTimeout extends Error {}

export type PickQueue = (name: QueueName) => Queue<BatchJob>;

interface Opened {
  queues: Map<QueueName, Queue<BatchJob>>;
  connection: QueueConnection;
}

/** Next bundles routes apart from each other: one connection a process, wherever it is imported. */
const shared = globalThis as typeof globalThis & { tidingsQueues?: Opened | undefined };

const onError = (error: Error) => log.debug({ err: error }, 'queue connection');

/** All of them at the same time: each of Next's bundles has a BullMQ of its own, and only this one's knows the backend. */
function openQueues(): Opened {
  const connection = connectQueue('producer', onError);
  const queues = QUEUES.map((name) => {
    const queue = new Queue<BatchJob>(name, {
      connection: connection.connection,
      defaultJobOptions: RETENTION,
      // Otherwise add() waits for Redis without limit.
      skipWaitingForReady: true,
    });
    queue.on('error', onError);
    return [name, queue] as const;
  });
  return { queues: new Map(queues), connection };
}

function pick({ queues }: Opened, name: QueueName): Queue<BatchJob> {
  const queue = queues.get(name);
  if (queue === undefined) throw new Error(`There is no queue ${name}.`);
  return queue;
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new QueueTimeout(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function close(opened: Opened): Promise<void> {
  if (shared.tidingsQueues === opened) shared.tidingsQueues = undefined;
  const closing = [...opened.queues.values()].map((queue) => queue.close());
  await Promise.all(closing).catch((error: unknown) => log.debug({ err: error }, 'closing the queues'));
  await opened.connection.disconnect();
}

/** @throws when the queue does not answer in time, or not well. */
export async function withQueues<T>(limitMs: number, work: (pick: PickQueue) => Promise<T>): Promise<T> {
  shared.tidingsQueues ??= openQueues();
  const opened = shared.tidingsQueues;
  try {
    return await within(
      limitMs,
      work((name) => pick(opened, name)),
    );
  } catch (error) {
    // A backend that failed to start remembers it: the next call opens a new one.
    if (!(error instanceof QueueTimeout)) {
      close(opened).catch((err: unknown) => log.debug({ err }, 'closing the queues'));
    }
    throw error;
  }
}

/** Closes the connection, at the end of a process or a test. */
export async function closeQueues(): Promise<void> {
  if (shared.tidingsQueues) await close(shared.tidingsQueues);
}

/** @returns how many jobs wait, also while the queue is paused: its PostgreSQL backend then says that none is `waiting`. */
export async function countWaitingJobs(queue: Queue<BatchJob>): Promise<number> {
  // Jobs here have no priority, which is priority 0.
  const { 0: waiting = 0 } = await queue.getCountsPerPriority([0]);
  return waiting;
}
