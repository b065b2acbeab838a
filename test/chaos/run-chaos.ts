import { setTimeout as sleep } from 'node:timers/promises';
import { importFeeds } from '../support/import-feeds';
import { startTestPostgres } from '../support/postgres';
import { startWorkerProcess } from '../support/processes';
import { createRandom } from '../support/random';
import { startTestRedis } from '../support/redis';
import type { Backend } from '../support/stage';
import { checkStored } from './check-stored';
import { checkVisits, type Violation } from './check-visits';
import type { Victims } from './inflict-faults';
import { type Fault, planFaults } from './plan-faults';
import { type PublishingWeb, startPublishingWeb } from './publishing-web';
import type { StoredFeed } from './read-stored';

export interface ChaosOptions {
  backend: Backend;
  seed: number;
  feeds: number;
  durationMs: number;
  say: (line: string) => void;
}

export interface ChaosOutcome {
  web: PublishingWeb;
  faults: Fault[];
  stored: Map<string, StoredFeed>;
  /** From the last fault until every feed had everything. */
  settledMs: number;
  violations: Violation[];
}

const WORKERS = 2;
const PER_HOST = 15;
/** A document's thirty items are what is published in 150 seconds: what is not fetched for longer loses some. */
const PUBLISH_EVERY_MS = 5000;
/** Feeds come due again after this long: twice as often as their hosts give turns. */
const DUE_AFTER_MS = 8000;
/** Hosts whose feeds persons ask for, one in so many. */
const WANTED_EVERY = 5;
const SETTLE_MS = 120_000;

/** What the workers are told, which is what they are told unless somebody sets it. */
const POLITENESS = { atOnce: 2, perMinute: 60 };
/** Of `lib/store/claim-feeds.ts`. */
const BURST = 10;
/** The claims of a killed worker hold their places for 20 s and a round of the sweep; a busy machine takes a little longer. */
const LATE_MS = 25_000;

/** Settings are read once a process, and the store's on its first use: set before anything that reads them is imported. */
async function openReader(env: Record<string, string>) {
  Object.assign(process.env, env, { LOG_LEVEL: 'silent' });
  const { currentUser } = await import('@/lib/auth/current-user');
  const { closeStore } = await import('@/lib/store/client');
  const { stopProducer } = await import('@/lib/queue/producer');
  const { subscribe } = await import('@/lib/service/subscribe');
  const { refreshFeed } = await import('@/lib/service/refresh-feed');
  const { readStored, passTime } = await import('./read-stored');
  const { inflictAll } = await import('./inflict-faults');
  const userId = (await currentUser()).id;
  const close = async () => {
    await stopProducer();
    await closeStore();
  };
  return { userId, subscribe, refreshFeed, readStored, passTime, inflictAll, close };
}

type Reader = Awaited<ReturnType<typeof openReader>>;

/**
 * Does something again and again; while PostgreSQL is away it fails, which is what it may do.
 *
 * @returns how to stop, which tells how often it failed.
 */
function repeat(everyMs: number, work: () => Promise<unknown>): { stop(): Promise<number> } {
  let stopped = false;
  let failed = 0;
  const run = async () => {
    while (!stopped) {
      await work().catch(() => {
        failed += 1;
      });
      await sleep(everyMs);
    }
  };
  const running = run();
  return {
    async stop() {
      stopped = true;
      await running;
      return failed;
    },
  };
}

/** Adds the feeds bit by bit, as people and their imports do, and goes on asking for some of them. */
function read(reader: Reader, web: PublishingWeb, durationMs: number, random: () => number) {
  const { userId, subscribe, refreshFeed } = reader;
  const waiting = [...web.feeds];
  const ids: number[] = [];
  const batch = Math.ceil(web.feeds.length / 20);
  const add = async () => {
    const next = waiting.slice(0, batch);
    await importFeeds(
      userId,
      next.filter(({ wanted }) => !wanted).map(({ url }) => url),
    );
    for (const { url } of next.filter(({ wanted }) => wanted)) {
      const result = await subscribe({ userId, address: url });
      if (result.ok) ids.push(result.feedId);
    }
    // Only now: what failed in between is added again.
    waiting.splice(0, next.length);
  };
  const ask = async () => {
    const feedId = ids[Math.floor(random() * ids.length)];
    if (feedId !== undefined) await refreshFeed({ userId, feedId });
  };
  const adding = repeat(durationMs / 40, () => (waiting.length > 0 ? add() : Promise.resolve()));
  const asking = repeat(200, ask);
  const passing = repeat(1000, () => reader.passTime(DUE_AFTER_MS));
  return {
    /** Nobody asks for anything any more; what has not been added is. */
    async end() {
      await Promise.all([asking.stop(), adding.stop()]);
      while (waiting.length > 0) await add();
    },
    stopTime: () => passing.stop(),
  };
}

/** Whether a feed has been fetched, and that has been stored, since nothing was published any more. */
function hasSettled(web: PublishingWeb, stored: Map<string, StoredFeed>, since: number): boolean {
  const asked = new Map<string, number>();
  for (const { feed, begun, status } of web.visits)
    if (begun >= since && (status === 200 || status === 304)) asked.set(feed.url, begun);
  return web.feeds.every(({ url }) => {
    const feed = stored.get(url);
    return asked.has(url) && feed?.status === 'ready' && (feed.lastFetchedAt ?? 0) >= since;
  });
}

async function settle(reader: Reader, web: PublishingWeb): Promise<number> {
  const begun = Date.now();
  while (Date.now() - begun < SETTLE_MS) {
    if (hasSettled(web, await reader.readStored(reader.userId), begun)) break;
    await sleep(1000);
  }
  return Date.now() - begun;
}

function countVisits({ visits }: PublishingWeb): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { feed } of visits) counts.set(feed.url, (counts.get(feed.url) ?? 0) + 1);
  return counts;
}

async function stopWorkers({ workers }: Victims): Promise<Violation[]> {
  const statuses = await Promise.all(workers.map((worker) => worker.end('SIGTERM')));
  return statuses.flatMap((status, worker) =>
    status === 0
      ? []
      : [
          {
            rule: 'stuck' as const,
            says: `worker ${worker} did not stop in order (${status}): ${workers[worker]?.output().slice(-600)}`,
          },
        ],
  );
}

interface Scene {
  reader: Reader;
  web: PublishingWeb;
  victims: Victims;
}

/** Everything that there is before the first fault; `closers` end it again, the last one first. */
async function setScene(options: ChaosOptions, closers: (() => Promise<unknown>)[]): Promise<Scene> {
  const { backend, seed, say } = options;
  const postgres = await startTestPostgres();
  closers.push(() => postgres.stop());
  const database = await postgres.createDatabase();
  const redis = backend === 'redis' ? await startTestRedis() : null;
  if (backend === 'redis' && redis === null) throw new Error('There is no redis-server on this machine.');
  closers.push(async () => redis?.stop());
  const web = await startPublishingWeb({
    feeds: options.feeds,
    perHost: PER_HOST,
    publishEveryMs: PUBLISH_EVERY_MS,
    wantedEvery: WANTED_EVERY,
    random: createRandom(seed + 1),
  });
  closers.push(() => web.close());
  const env: Record<string, string> = {
    DATABASE_URL: database.url,
    ...(redis && { REDIS_URL: redis.url }),
  };
  const workerEnv = {
    ...env,
    FETCH_HOST_CONCURRENCY: String(POLITENESS.atOnce),
    FETCH_HOST_PER_MINUTE: String(POLITENESS.perMinute),
    LOG_LEVEL: 'warn',
  };
  const reader = await openReader(env);
  closers.push(() => reader.close());
  const workers = await Promise.all(Array.from({ length: WORKERS }, () => startWorkerProcess(workerEnv)));
  closers.push(() => Promise.all(workers.map((worker) => worker.end('SIGKILL'))));
  const begun = Date.now();
  const tell = (deed: string) => say(`${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${deed}`);
  return { reader, web, victims: { workers, workerEnv, postgres, redis, say: tell } };
}

/** What happens, from the first fault until the workers are told to stop. */
async function play({ reader, web, victims }: Scene, faults: Fault[], options: ChaosOptions) {
  const begun = Date.now();
  const publishing = web.publish();
  const reading = read(reader, web, options.durationMs, createRandom(options.seed + 2));
  await reader.inflictAll(faults, victims);
  await sleep(begun + options.durationMs - Date.now());
  victims.say('nothing breaks and nothing is published any more');
  publishing.stop();
  await reading.end();
  const settledMs = await settle(reader, web);
  const failed = await reading.stopTime();
  victims.say(`settled; the database could not be asked ${failed} times`);
  return { settledMs, violations: await stopWorkers(victims) };
}

/** Lets two workers read a web that publishes all the time, while things break, and looks at what came of it. */
export async function runChaos(options: ChaosOptions): Promise<ChaosOutcome> {
  const { backend, seed, durationMs } = options;
  const faults = planFaults({ backend, seed, workers: WORKERS, durationMs });
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const scene = await setScene(options, closers);
    const { settledMs, violations } = await play(scene, faults, options);
    const { reader, web } = scene;
    const stored = await reader.readStored(reader.userId);
    const found = [
      ...checkStored(web.feeds, stored, countVisits(web), Date.now()),
      ...checkVisits(web.visits, { ...POLITENESS, burst: BURST, lateMs: LATE_MS }),
      ...violations,
    ];
    return { web, faults, stored, settledMs, violations: found };
  } finally {
    for (const close of closers.reverse()) await close();
  }
}
