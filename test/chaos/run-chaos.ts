import { setTimeout as sleep } from 'node:timers/promises';
import { CLAIM_MS } from '@/lib/store/claims';
import { importFeeds } from '../support/import-feeds';
import { startTestPostgres } from '../support/postgres';
import { startWorkerProcess } from '../support/processes';
import { createRandom } from '../support/random';
import { startTestRedis } from '../support/redis';
import type { Backend } from '../support/stage';
import { checkClaims } from './check-claims';
import { checkStored } from './check-stored';
import { checkVisits, groupBy, type Violation } from './check-visits';
import { findHindered } from './deeds';
import type { NumberedWorker, Victims } from './inflict-faults';
import { findHolds, matchAttempts, type Told } from './match-attempts';
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
/** How often it is looked what is due. */
const PASS_EVERY_MS = 1000;
/** Before the first fault: on a busy machine, what workers read documents with takes a while to start. */
const WARM_UP_MS = 60_000;

/** What the workers are told, which is what they are told unless somebody sets it. */
const POLITENESS = { atOnce: 2, perMinute: 60 };
/** Of `lib/store/claim-feeds.ts`. */
const BURST = 10;
/** A sweep that failed comes again after a second, and a busy machine takes another from a turn to its request. */
const LATE_MS = 2000;
/** A feed that is due has its turn after those of all others of its host, and a free place after some slow answers. */
const TURN_WITHIN_MS = PASS_EVERY_MS + (PER_HOST * 60_000) / POLITENESS.perMinute + 8000;
const CLAIM_RULES = { dueAfterMs: DUE_AFTER_MS, turnWithinMs: TURN_WITHIN_MS };
/** The last claim that was lost runs out, and its feed is fetched as others are. */
const SETTLE_MS = CLAIM_MS + DUE_AFTER_MS + TURN_WITHIN_MS;

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

/**
 * Adds the feeds bit by bit, as people and their imports do, and goes on asking for some of them. Resolves when the
 * workers are at work.
 */
async function read(scene: Scene, durationMs: number, random: () => number) {
  const { reader, web } = scene;
  const { userId, subscribe, refreshFeed } = reader;
  const waiting = [...web.feeds];
  const ids = new Map<string, number>();
  const added = new Map<string, number>();
  const add = async () => {
    // All of a host at once: more of its feeds are due than it may be asked for at once.
    const next = waiting.slice(0, PER_HOST);
    await importFeeds(
      userId,
      next.filter(({ wanted }) => !wanted).map(({ url }) => url),
    );
    for (const { url } of next.filter(({ wanted }) => wanted)) {
      const result = await subscribe({ userId, address: url });
      if (result.ok) ids.set(url, result.feedId);
    }
    // Only now: what failed in between is added again.
    waiting.splice(0, next.length);
    for (const { url } of next) added.set(url, Date.now());
  };
  const ask = async () => {
    // Half of those who ask are impatient: the feed is being fetched.
    const open = web.visits.find(({ feed, ended }) => feed.wanted && ended === Number.POSITIVE_INFINITY);
    const impatient = random() < 0.5 ? ids.get(open?.feed.url ?? '') : undefined;
    const all = [...ids.values()];
    const feedId = impatient ?? all[Math.floor(random() * all.length)];
    if (feedId !== undefined) await refreshFeed({ userId, feedId });
  };
  await add();
  const asking = repeat(200, ask);
  const passing = repeat(PASS_EVERY_MS, () => reader.passTime(DUE_AFTER_MS));
  await warmUp(scene);
  const adding = repeat(durationMs / 40, () => (waiting.length > 0 ? add() : Promise.resolve()));
  return {
    added,
    /** Nobody asks for anything any more; what has not been added is. */
    async end() {
      await Promise.all([asking.stop(), adding.stop()]);
      while (waiting.length > 0) await add();
    },
    stopTime: () => passing.stop(),
  };
}

/** Feeds that have not been fetched, with the outcome stored, since nothing was published any more. */
function findUnsettled(web: PublishingWeb, stored: Map<string, StoredFeed>, since: number): string[] {
  const asked = new Set<string>();
  for (const { feed, begun, status } of web.visits)
    if (begun >= since && (status === 200 || status === 304)) asked.add(feed.url);
  const isSettled = (url: string) => {
    const feed = stored.get(url);
    return asked.has(url) && feed?.status === 'ready' && (feed.lastFetchedAt ?? 0) >= since;
  };
  return web.feeds.map(({ url }) => url).filter((url) => !isSettled(url));
}

function tellAll({ feeds, visits }: PublishingWeb, stored: Map<string, StoredFeed>): Told[] {
  const byFeed = groupBy(visits, ({ feed }) => feed.url);
  return feeds.flatMap(
    ({ url }) => matchAttempts(byFeed.get(url) ?? [], stored.get(url)?.attempts ?? []).told,
  );
}

/** Waits until each worker has stored something. */
async function warmUp({ reader, web, victims }: Scene): Promise<void> {
  const begun = Date.now();
  while (Date.now() - begun < WARM_UP_MS) {
    const told = tellAll(web, await reader.readStored(reader.userId)).filter(
      ({ attempt }) => attempt !== null,
    );
    if (victims.workers.every((worker) => told.some(({ visit }) => visit.reader === worker.reader))) return;
    await sleep(200);
  }
}

/** Waits until every feed has everything. */
async function settle(reader: Reader, web: PublishingWeb): Promise<Pick<Played, 'settledMs' | 'violations'>> {
  const begun = Date.now();
  for (;;) {
    const unsettled = findUnsettled(web, await reader.readStored(reader.userId), begun);
    const settledMs = Date.now() - begun;
    if (unsettled.length > 0 && settledMs < SETTLE_MS) {
      await sleep(500);
      continue;
    }
    const says = (url: string) => `${url} was not fetched for ${SETTLE_MS / 1000} s after the last fault`;
    return { settledMs, violations: unsettled.map((url) => ({ rule: 'stuck', says: says(url) })) };
  }
}

async function stopWorkers({ workers }: Victims): Promise<Violation[]> {
  const statuses = await Promise.all(workers.map((worker) => worker.end('SIGTERM')));
  return statuses.flatMap((status, worker) =>
    status === 0
      ? []
      : [
          {
            rule: 'stuck' as const,
            says: `worker ${worker} did not stop in order (${status}): ${workers[worker]?.output().slice(-4000)}`,
          },
        ],
  );
}

/** What has been seen while things happened. */
interface Played {
  settledMs: number;
  /** When every feed had everything. */
  until: number;
  /** When each feed was added. */
  added: Map<string, number>;
  violations: Violation[];
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
  let started = 0;
  const startWorker = async (): Promise<NumberedWorker> => {
    started += 1;
    const number = started;
    // A worker listens nowhere by this port, but names it to the servers that it asks.
    return { ...(await startWorkerProcess({ ...workerEnv, PORT: String(number) })), reader: number };
  };
  const workers = await Promise.all(Array.from({ length: WORKERS }, startWorker));
  closers.push(() => Promise.all(workers.map((worker) => worker.end('SIGKILL'))));
  const begun = Date.now();
  const tell = (deed: string) => say(`${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${deed}`);
  return { reader, web, victims: { workers, startWorker, web, postgres, redis, deeds: [], say: tell } };
}

/** What happens, from the first fault until the workers are told to stop. */
async function play(scene: Scene, faults: Fault[], options: ChaosOptions): Promise<Played> {
  const { reader, web, victims } = scene;
  const publishing = web.publish();
  const reading = await read(scene, options.durationMs, createRandom(options.seed + 2));
  const begun = Date.now();
  await reader.inflictAll(faults, victims);
  await sleep(begun + options.durationMs - Date.now());
  victims.say('nothing breaks and nothing is published any more');
  publishing.stop();
  await reading.end();
  const { settledMs, violations } = await settle(reader, web);
  const failed = await reading.stopTime();
  victims.say(`settled; the database could not be asked ${failed} times`);
  const until = Date.now();
  const { added } = reading;
  return { settledMs, until, added, violations: [...violations, ...(await stopWorkers(victims))] };
}

/** Lets two workers read a web that publishes all the time, while things break, and looks at what came of it. */
export async function runChaos(options: ChaosOptions): Promise<ChaosOutcome> {
  const { backend, seed, durationMs } = options;
  const faults = planFaults({ backend, seed, workers: WORKERS, durationMs });
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const scene = await setScene(options, closers);
    const { reader, web, victims } = scene;
    const { settledMs, until, added, violations } = await play(scene, faults, options);
    const stored = await reader.readStored(reader.userId);
    const { feeds, visits } = web;
    const { deeds } = victims;
    const holdOf = findHolds(tellAll(web, stored));
    const hinderedAt = (host: string) => findHindered(host, deeds, WORKERS);
    const found = [
      ...checkStored(
        feeds,
        stored,
        groupBy(visits, ({ feed }) => feed.url),
        Date.now(),
      ),
      ...checkVisits(visits, { ...POLITENESS, burst: BURST, lateMs: LATE_MS }, { holdOf, hinderedAt }),
      ...checkClaims({ feeds, visits, stored, added, until, deeds, hinderedAt }, CLAIM_RULES),
      ...violations,
    ];
    return { web, faults, stored, settledMs, violations: found };
  } finally {
    for (const close of closers.reverse()) await close();
  }
}
