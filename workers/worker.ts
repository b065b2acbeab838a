import type { Env } from '@/lib/ops/env';
import { startConsumer } from '@/lib/queue/consumer';
import { stopProducer } from '@/lib/queue/producer';
import { acquitFeeds } from '@/lib/store/acquit-feeds';
import { claimFeeds, restHost } from '@/lib/store/claim-feeds';
import { handBackFeed, postponeFeed, recordStage, renewClaims } from '@/lib/store/claims';
import { closeStore } from '@/lib/store/client';
import { writeMarks } from '@/lib/store/fetch-marks';
import { finishFailed, finishUnchanged } from '@/lib/store/finish-fetch';
import { finishRead } from '@/lib/store/finish-read';
import { moveFeed } from '@/lib/store/move-feed';
import { startClaimKeeper } from './claim-keeper';
import { createDocumentPool } from './document-pool';
import type { FetchContext } from './fetch-context';
import { createFetchPool, type FetchPool } from './fetch-pool';
import { startFullTexts } from './full-texts/start-full-texts';
import { startHealthServer } from './health-server';
import { startHeartbeat } from './heartbeat';
import { createHostVisits } from './host-visits';
import { createHubFollower } from './hubs/follow-hubs';
import { startHubs } from './hubs/start-hubs';
import { startIcons } from './icons/start-icons';
import { startImports } from './imports/start-imports';
import { createOutageNotice } from './notice-outage';
import { openFetcher } from './open-fetcher';
import { startSearch } from './search/start-search';
import { stopInOrder } from './stop-in-order';
import { startSweep } from './sweep';
import { startTrims } from './trims/start-trims';

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
  let fetches: FetchPool | undefined;
  const stopHeartbeat = await startHeartbeat(() => fetches?.countAtWork() ?? 0);
  const fetcher = openFetcher(env);
  const pool = createDocumentPool();
  const keeper = startClaimKeeper(renewClaims);
  const politeness = { atOnce: env.FETCH_HOST_CONCURRENCY, perMinute: env.FETCH_HOST_PER_MINUTE };
  const visits = createHostVisits(politeness, (host) => fetches?.followUp(host));
  const context: FetchContext = {
    fetch: fetcher.fetch,
    read: pool.read,
    keeper,
    hubs: createHubFollower(env),
    outage: createOutageNotice(),
    politeness,
    visits,
    now: () => new Date(),
    random: Math.random,
    store: {
      acquitFeeds,
      claimFeeds,
      restHost,
      recordStage,
      handBackFeed,
      postponeFeed,
      moveFeed,
      writeMarks,
      finishRead,
      finishUnchanged,
      finishFailed,
    },
  };
  fetches = createFetchPool(context, env.WORKER_CONCURRENCY);
  const consumer = startConsumer(fetches);
  const stopSweep = startSweep(consumer, fetches.pause);
  const stopIcons = startIcons(env, visits);
  const stopFullTexts = startFullTexts(env, visits);
  const stopHubs = startHubs(env, visits);
  const stopImports = startImports();
  const stopTrims = startTrims();
  const isBusy = () => (fetches?.countAtWork() ?? 0) > 0;
  const stopSearch = startSearch(isBusy);
  const health = await startHealthServer(env.HOST, env.WORKER_PORT);
  return {
    healthPort: health.port,
    async stop() {
      // A queue that hangs keeps nothing from being finished or handed back.
      const lastJobs = stopSweep().then(consumer.close);
      await stopInOrder([
        [
          () => fetches.finish(FINISH_MS, lastJobs),
          () => lastJobs,
          ...[stopIcons, stopFullTexts, stopHubs, stopImports, stopTrims, stopSearch],
        ],
        [keeper.stop, fetcher.close, pool.close, health.close],
        [stopHeartbeat],
        [stopProducer],
        [closeStore],
      ]);
    },
  };
}
