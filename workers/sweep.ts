import { log } from '@/lib/ops/log';
import { metrics } from '@/lib/ops/metrics';
import type { Consumer } from '@/lib/queue/consumer';
import { measureBacklog, sweepDueFeeds } from '@/lib/store/sweep-feeds';

const SWEEP_EVERY_MS = 500;
/** While more is due than fits into the queue, the next round comes sooner. */
const SWEEP_BUSY_MS = 250;

/** The queue is kept short: what is due stays in its table until a worker can have it soon. */
const QUEUE_LENGTH = 2000;

/**
 * One round: due rows become jobs. Costs one indexed query when nothing is due.
 *
 * @returns how many were enqueued.
 */
async function sweepOnce(consumer: Pick<Consumer, 'countWaiting' | 'enqueueAll'>): Promise<number> {
  const room = QUEUE_LENGTH - (await consumer.countWaiting());
  if (room <= 0) return 0;
  const due = await sweepDueFeeds(room);
  if (due.length > 0) await consumer.enqueueAll(due);
  return due.length;
}

/**
 * Sweeps twice a second. Each worker does so by a clock of its own, and the database lets one at a time: the
 * sweep is what repairs the queue, so it must not be carried by it.
 *
 * @returns how to stop; resolves when the round at work has ended.
 */
export function startSweep(consumer: Consumer): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    let busy = false;
    try {
      busy = (await sweepOnce(consumer)) >= QUEUE_LENGTH / 4;
      metrics.dueFeeds.set((await measureBacklog()).due);
    } catch (error) {
      log.warn({ err: error }, 'The sweep failed; the next one comes soon.');
    }
    if (!stopped) schedule(busy ? SWEEP_BUSY_MS : SWEEP_EVERY_MS);
  };
  let running: Promise<void> = Promise.resolve();
  const schedule = (pauseMs: number) => {
    timer = setTimeout(() => {
      running = round();
    }, pauseMs);
  };
  running = round();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
