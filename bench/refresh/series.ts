import type pg from 'pg';
import { type Backend, startDeployment } from '../support/deployment';
import { readUsage } from '../support/usage';
import { timeCopy, timeRequests } from './floor';
import { addFeeds, awaitIdle, awaitIndex, connect, type Round, runRound } from './round';
import { FEEDS, HANGING_EVERY, ITEMS, type Site } from './site';
import { countStatements, printStatements } from './statements';

const CONCURRENCY = 100;

/** Each first fetch is of new feeds, and one fetch follows it at once. */
const SETS = 3;

/** Where hanging servers are held against none: those that follow at once take a second, and vary by more than is asked. */
const ALTERNATING_SETS = 7;

/** Rounds in which nothing has changed, after the last set: they are short, and vary. */
const UNCHANGED = 5;

/** Rounds by what they find: new feeds; the same again, while their items are made searchable; once that is done. */
export type RoundName = 'first' | 'unchanged at once' | 'unchanged';

export interface Series {
  backend: Backend;
  kind: 'plain' | 'hanging' | 'two';
  workers: number;
  /** Feeds that can be fetched. */
  feeds: number;
  rounds: Record<RoundName, Round[]>;
  /** The very first fetch of these workers. */
  cold: Round | null;
  /** Seconds of as many bare requests. */
  floor: { first: number[]; unchanged: number[] };
  /** From the start of a first fetch to when all of its items are searchable, in seconds. */
  searchable: number;
  /** Items a second of COPY. */
  copied: number;
  /** Of the largest worker. */
  peakMegabytes: number;
}

export interface MeasureOptions {
  statements: boolean;
  profile: boolean;
}

function createSeries(backend: Backend, kind: Series['kind']): Series {
  return {
    backend,
    kind,
    workers: kind === 'two' ? 2 : 1,
    feeds: kind === 'hanging' ? FEEDS - FEEDS / HANGING_EVERY : FEEDS,
    rounds: { first: [], 'unchanged at once': [], unchanged: [] },
    cold: null,
    floor: { first: [], unchanged: [] },
    searchable: 0,
    copied: 0,
    peakMegabytes: 0,
  };
}

/** @throws Error when an item was lost or stored twice. */
async function checkItems(client: pg.Client, first: number, expected: number): Promise<void> {
  const { rows } = await client.query('SELECT count(*)::int AS n FROM items WHERE feed_id >= $1', [first]);
  if (rows[0].n !== expected) throw new Error(`${rows[0].n} items instead of ${expected}.`);
}

/** One first fetch of new feeds, and those after it. */
async function measureSet(series: Series, site: Site, opened: Opened, isLast: boolean): Promise<void> {
  const { client, deployment, count } = opened;
  const { feeds, rounds, floor } = series;
  const firstFeed = await addFeeds(client, site, series.kind === 'hanging');
  floor.first.push(await timeRequests(site, CONCURRENCY, false));
  floor.unchanged.push(await timeRequests(site, CONCURRENCY, true));
  const run = async (name: RoundName) => {
    await count?.();
    rounds[name].push(await runRound(client, deployment, firstFeed, feeds));
    if (count) printStatements(`${series.backend}, ${series.kind}, ${name}`, await count());
    await checkItems(client, firstFeed, feeds * ITEMS);
  };
  const begun = performance.now();
  await run('first');
  await run('unchanged at once');
  if (isLast) {
    await awaitIndex(client);
    series.searchable = (performance.now() - begun) / 1000;
    for (let round = 0; round < UNCHANGED; round += 1) await run('unchanged');
  }
  const peaks = deployment.workers.map(({ pid }) => readUsage(pid).peakMegabytes);
  series.peakMegabytes = Math.max(series.peakMegabytes, ...peaks);
}

type Opened = Awaited<ReturnType<typeof open>>;

async function open(backend: Backend, workers: number, { statements, profile }: MeasureOptions) {
  const deployment = await startDeployment(backend, {
    workers,
    workerEnv: { WORKER_CONCURRENCY: String(CONCURRENCY), FETCH_TIMEOUT_MS: '30000' },
    workerFlags: profile ? ['--cpu-prof', '--cpu-prof-dir=.profiles'] : [],
    postgresFlags: statements ? { shared_preload_libraries: 'pg_stat_statements' } : {},
  });
  const client = await connect(deployment);
  const count = statements ? await countStatements(deployment.superuserUrl) : null;
  return { deployment, client, count };
}

async function measure(
  backend: Backend,
  kinds: Series['kind'][],
  site: Site,
  options: MeasureOptions,
): Promise<Series[]> {
  const all = kinds.map((kind) => createSeries(backend, kind));
  const opened = await open(backend, all[0]?.workers ?? 1, options);
  const [first] = all;
  if (first === undefined) return [];
  // What the engine has not compiled yet costs the first round half of its speed: told apart, and not counted.
  const cold = await addFeeds(opened.client, site, false);
  first.cold = await runRound(opened.client, opened.deployment, cold, FEEDS);
  const sets = all.length > 1 ? ALTERNATING_SETS : SETS;
  for (let set = 0; set < sets; set += 1) {
    // Each is first as often as it is second: whatever grows from set to set grows for both.
    for (const series of set % 2 === 0 ? all : all.toReversed()) {
      await measureSet(series, site, opened, set === sets - 1);
      for (const server of site.hanging) server.release();
      await awaitIdle(opened.client);
    }
  }
  const copied = await timeCopy(opened.deployment.superuserUrl);
  await opened.client.end();
  await opened.deployment.stop();
  return all.map((series) => ({ ...series, copied }));
}

/** One worker, by turns with all servers well and with some that hang, so that whatever else changes changes for both. */
export function measureAlternately(backend: Backend, site: Site, options: MeasureOptions): Promise<Series[]> {
  return measure(backend, ['plain', 'hanging'], site, options);
}

/** Two workers, with all servers well. */
export function measureAlone(backend: Backend, site: Site, options: MeasureOptions): Promise<Series[]> {
  return measure(backend, ['two'], site, options);
}
