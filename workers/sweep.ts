import { log } from '@/lib/ops/log';
import { metrics } from '@/lib/ops/metrics';
import type { Consumer } from '@/lib/queue/consumer';
import { measureBacklog, type SweepRoom, sweepDueFeeds } from '@/lib/store/sweep-feeds';

const SWEEP_EVERY_MS = 100;

/** While the queue or the database is away. */
const RETRY_MS = 1000;

/** How often it is counted what is due, which takes longer than a sweep; and what waits in the queue, while nothing does. */
const COUNT_EVERY_MS = 2000;

/**
 * The queue is kept short: what is due stays in its table until a worker can have it soon. Background refreshes wait
 * until there are few of both kinds, and what people wait for does not wait for them.
 */
const QUEUE_LENGTH = 2000;

function findRoom(waiting: SweepRoom): SweepRoom {
  const wished = Math.max(0, QUEUE_LENGTH - waiting.wished);
  return { wished, background: Math.max(0, wished - waiting.background) };
}

/**
 * Sweeps ten times a second: due rows become jobs. When nothing is due, a round is one look into an index. Each worker
 * sweeps by a clock of its own, and the database lets one at a time: the sweep is what repairs the queue, so it must
 * not be carried by it. While fetching is paused, what is due stays in its table.
 *
 * @param onPause is told every two seconds whether fetching is paused.
 * @returns how to stop; resolves when the round at work has ended.
 */
export function startSweep(
  consumer: Pick<Consumer, 'countWaiting' | 'isPaused' | 'enqueueAll'>,
  onPause: (paused: boolean) => void,
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let counted = Number.NEGATIVE_INFINITY;
  let waiting = { wished: 0, background: 0 };
  let paused = false;
  const look = async () => {
    [waiting, paused] = await Promise.all([consumer.countWaiting(), consumer.isPaused()]);
    onPause(paused);
  };
  const sweep = async () => {
    const isTimeToCount = performance.now() - counted >= COUNT_EVERY_MS;
    if (waiting.wished + waiting.background > 0 || paused || isTimeToCount) await look();
    if (isTimeToCount) {
      metrics.dueFeeds.set((await measureBacklog()).due);
      counted = performance.now();
    }
    const due = paused ? [] : await sweepDueFeeds(findRoom(waiting));
    if (due.length === 0) return;
    // Somebody may have paused since the last look: what was found stays in its table, and is found again.
    paused = await consumer.isPaused();
    if (paused) return;
    await consumer.enqueueAll(due);
    const wished = due.filter(({ requested }) => requested).length;
    waiting.wished += wished;
    waiting.background += due.length - wished;
  };
  const round = async () => {
    let pauseMs = SWEEP_EVERY_MS;
    try {
      await sweep();
    } catch (error) {
      log.warn({ err: error }, 'The sweep failed; the next one comes soon.');
      pauseMs = RETRY_MS;
    }
    if (!stopped) schedule(pauseMs);
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
