import type { Env } from '@/lib/ops/env';
import { log } from '@/lib/ops/log';
import { startConsumer } from '@/lib/queue/consumer';
import { stopProducer } from '@/lib/queue/producer';
import { claimFeed, handBackFeed, recordStage } from '@/lib/store/claims';
import { closeStore } from '@/lib/store/client';
import { finishFailed, finishRead, finishUnchanged } from '@/lib/store/finish-fetch';
import { moveFeed } from '@/lib/store/move-feed';
import { startClaimKeeper } from './claim-keeper';
import { createDocumentPool } from './document-pool';
import type { FetchContext } from './fetch-context';
import { fetchFeed } from './fetch-feed';
import { startHealthServer } from './health-server';
import { startHeartbeat } from './heartbeat';
import { startIcons } from './icons/start-icons';
import { openFetcher } from './open-fetcher';
import { startSweep } from './sweep';

/** Jobs at work get this long to end by themselves, out of the ten seconds that a platform gives a process. */
const FINISH_MS = 6000;

export interface RunningWorker {
  healthPort: number;
  /** Finishes or hands back what it has, within ten seconds. */
  stop(): Promise<void>;
}

/**
 * Starts everything that a worker process does: fetching, sweeping, heartbeat, health.
 *
 * @throws when the database does not answer.
 */
export async function startWorker(env: Env): Promise<RunningWorker> {
  const stopHeartbeat = await startHeartbeat();
  const fetcher = openFetcher(env);
  const pool = createDocumentPool();
  const keeper = startClaimKeeper();
  const context: FetchContext = {
    fetch: fetcher.fetch,
    read: pool.read,
    keeper,
    now: () => new Date(),
    random: Math.random,
    store: { claimFeed, recordStage, handBackFeed, moveFeed, finishRead, finishUnchanged, finishFailed },
  };
  const consumer = startConsumer(env.WORKER_CONCURRENCY, async (feedId, signal) => {
    const outcome = await fetchFeed(context, feedId, signal);
    log.debug({ feedId, outcome }, 'fetched');
  });
  const stopSweep = startSweep(consumer);
  const stopIcons = startIcons(env);
  const health = await startHealthServer(env.HOST, env.WORKER_PORT);
  return {
    healthPort: health.port,
    async stop() {
      await Promise.all([stopSweep(), stopIcons()]);
      const abort = setTimeout(() => consumer.abort(), FINISH_MS);
      await consumer.close();
      clearTimeout(abort);
      keeper.stop();
      await Promise.all([fetcher.close(), pool.close(), health.close()]);
      await stopHeartbeat();
      await stopProducer();
      await closeStore();
    },
  };
}
