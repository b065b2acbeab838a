import { setTimeout as pause } from 'node:timers/promises';
import { log } from '@/lib/ops/log';
import { metrics } from '@/lib/ops/metrics';
import { describeBatches, FETCH_QUEUE } from './jobs';
import { closeQueues, withQueues } from './queues';

/** However the queue fares, a web request goes on after this long; the sweep makes up for it. */
const ENQUEUE_LIMIT_MS = 250;

/** The queue is written to so often at most: a first job goes at once, what comes within this time after it together. */
const SEND_EVERY_MS = 50;

interface Outbox {
  waiting: number[];
  /** Ends when the next job may go. */
  sending: Promise<unknown> | undefined;
  next: Promise<boolean> | undefined;
}

const outbox: Outbox = { waiting: [], sending: undefined, next: undefined };

async function send(feedIds: number[]): Promise<boolean> {
  try {
    await withQueues(ENQUEUE_LIMIT_MS, (pick) =>
      pick(FETCH_QUEUE).addBulk(describeBatches(FETCH_QUEUE, feedIds)),
    );
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
  await withQueues(limitMs, (pick) => pick(FETCH_QUEUE).getJobCountByTypes('waiting'));
}

/** Closes the connection, at the end of a process or a test. */
export async function stopProducer(): Promise<void> {
  await (outbox.next ?? outbox.sending);
  await closeQueues();
}
