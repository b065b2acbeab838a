import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { log } from '@/lib/ops/log';
import { metrics } from '@/lib/ops/metrics';
import { connectQueue, type QueueConnection } from './connection';
import { type BatchJob, describeBatches, FETCH_QUEUE, RETENTION } from './jobs';

/** However the queue fares, a web request goes on after this long; the sweep makes up for it. */
const ENQUEUE_LIMIT_MS = 250;

class QueueTimeout extends Error {}

interface Producer {
  queue: Queue<BatchJob>;
  connection: QueueConnection;
}

/** Next bundles routes apart from each other: one connection a process, wherever it is imported. */
const shared = globalThis as typeof globalThis & { tidingsProducer?: Producer | undefined };

function openProducer(): Producer {
  const onError = (error: Error) => log.debug({ err: error }, 'queue connection');
  const connection = connectQueue('producer', onError);
  const queue = new Queue<BatchJob>(FETCH_QUEUE, {
    connection: connection.connection,
    defaultJobOptions: RETENTION,
    // Otherwise add() waits for Redis without limit.
    skipWaitingForReady: true,
  });
  queue.on('error', onError);
  return { queue, connection };
}

/** The queue is written to so often at most: a first job goes at once, what comes within this time after it together. */
const SEND_EVERY_MS = 50;

interface Outbox {
  waiting: number[];
  /** Ends when the next job may go. */
  sending: Promise<unknown> | undefined;
  next: Promise<boolean> | undefined;
}

const outbox: Outbox = { waiting: [], sending: undefined, next: undefined };

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

async function closeProducer(producer: Producer): Promise<void> {
  if (shared.tidingsProducer === producer) shared.tidingsProducer = undefined;
  await producer.queue.close().catch((error: unknown) => log.debug({ err: error }, 'closing the queue'));
  await producer.connection.disconnect();
}

async function use<T>(limitMs: number, work: (queue: Queue<BatchJob>) => Promise<T>): Promise<T> {
  shared.tidingsProducer ??= openProducer();
  const producer = shared.tidingsProducer;
  try {
    return await within(limitMs, work(producer.queue));
  } catch (error) {
    // A backend that failed to start remembers it: the next call opens a new one.
    if (!(error instanceof QueueTimeout)) {
      closeProducer(producer).catch((err: unknown) => log.debug({ err }, 'closing the queue'));
    }
    throw error;
  }
}

async function send(feedIds: number[]): Promise<boolean> {
  try {
    await use(ENQUEUE_LIMIT_MS, (queue) => queue.addBulk(describeBatches(FETCH_QUEUE, feedIds)));
    return true;
  } catch (error) {
    metrics.enqueueFailures.inc();
    log.warn({ err: error, feedIds }, 'The queue did not take its jobs; the sweep will see to them.');
    return false;
  }
}

/** What is asked for while the queue is still taking what came before goes there next, all of it in one round trip. */
async function sendWhatWaits(): Promise<boolean> {
  await outbox.sending;
  const feedIds = outbox.waiting;
  outbox.waiting = [];
  outbox.next = undefined;
  const sent = send(feedIds);
  outbox.sending = Promise.all([sent, pause(SEND_EVERY_MS)]);
  return sent;
}

/**
 * Asks for feeds to be fetched for a person. The rows already say that they are due: failing here costs seconds, not
 * the feeds.
 *
 * @returns whether the queue took the jobs, each time within 250 ms. Nobody's answer needs to wait for that.
 */
export function enqueueFetches(feedIds: number[]): Promise<boolean> {
  outbox.waiting.push(...feedIds);
  outbox.next ??= sendWhatWaits();
  return outbox.next;
}

/** @throws when the queue does not answer in time. */
export async function pingQueue(limitMs: number): Promise<void> {
  await use(limitMs, (queue) => queue.getJobCountByTypes('waiting'));
}

/** Closes the connection, at the end of a process or a test. */
export async function stopProducer(): Promise<void> {
  await (outbox.next ?? outbox.sending);
  if (shared.tidingsProducer) await closeProducer(shared.tidingsProducer);
}
