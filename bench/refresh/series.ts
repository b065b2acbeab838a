import type pg from 'pg';
import { type Backend, startDeployment } from '../support/deployment';
import { readUsage } from '../support/usage';
import { timeCopy, timeRequests } from './floor';
import { addFeeds, awaitIndex, awaitTidy, connect, type Round, runRound } from './round';
import { FEEDS, ITEMS, type Site } from './site';
import { countStatements, printStatements } from './statements';

const CONCURRENCY = 200;

/** Each first fetch is of new feeds. */
const SETS = 3;

/** Where hanging servers are held against none. */
const ALTERNATING_SETS = 10;

/** Rounds in which nothing has changed take a second, and vary: so many, of each kind, at once after each first fetch. */
const UNCHANGED_AT_ONCE = 2;

/** And so many after the last set. */
const UNCHANGED = 15;

/** Rounds by what they find: new feeds; the same again, while their items are made searchable; once that is done. */
export type RoundName = 'first' | 'unchanged at once' | 'unchanged';

export interface Series {
  backend: Backend;
  kind: 'plain' | 'hanging' | 'two';
  workers: number;
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
    rounds: { first: [], 'unchanged at once': [], unchanged: [] },
    cold: null,
    floor: { first: [], unchanged: [] },
    searchable: 0,
    copied: 0,
    peakMegabytes: 0,
  };
}

/** @throws Error when an item was lost or stored twice. */
async function checkItems(client: pg.Client, first: number): Promise<void> {
  const { rows } = await client.query('SELECT count(*)::int AS n FROM items WHERE feed_id >= $1', [first]);
  if (rows[0].n !== FEEDS * ITEMS) throw new Error(`${rows[0].n} items instead of ${FEEDS * ITEMS}.`);
}

/**
 * A first fetch of new feeds, for one of the series, and rounds in which nothing has changed, for each of them by turns.
 * Whatever else changes from round to round changes for all.
 */
async function measureSet(
  all: Series[],
  set: number,
  site: Site,
  opened: Opened,
  last: boolean,
): Promise<void> {
  const { client, deployment, count } = opened;
  const first = await addFeeds(client, site);
  const run = async (series: Series, name: RoundName) => {
    await count?.();
    series.rounds[name].push(
      await runRound(client, deployment, site, { first, hanging: series.kind === 'hanging' }),
    );
    if (count) printStatements(`${series.backend}, ${series.kind}, ${name}`, await count());
    await checkItems(client, first);
  };
  /** Each is first as often as it is second. */
  const runByTurns = async (name: RoundName, rounds: number, prepare?: () => Promise<void>) => {
    for (let round = 0; round < rounds; round += 1) {
      for (const series of (set + round) % 2 === 0 ? all : all.toReversed()) {
        await prepare?.();
        await run(series, name);
      }
    }
  };
  const chosen = all[set % all.length];
  if (chosen === undefined) return;
  chosen.floor.first.push(await timeRequests(site, CONCURRENCY, false));
  chosen.floor.unchanged.push(await timeRequests(site, CONCURRENCY, true));
  const begun = performance.now();
  await run(chosen, 'first');
  await runByTurns('unchanged at once', UNCHANGED_AT_ONCE);
  if (last) {
    await awaitIndex(client);
    const searchable = (performance.now() - begun) / 1000;
    for (const series of all) series.searchable = searchable;
    await runByTurns('unchanged', UNCHANGED, () => awaitTidy(client));
  }
  const peaks = deployment.workers.map(({ pid }) => readUsage(pid).peakMegabytes);
  for (const series of all) series.peakMegabytes = Math.max(series.peakMegabytes, ...peaks);
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
  const cold = await addFeeds(opened.client, site);
  first.cold = await runRound(opened.client, opened.deployment, site, { first: cold, hanging: false });
  const sets = all.length > 1 ? ALTERNATING_SETS : SETS;
  for (let set = 0; set < sets; set += 1) await measureSet(all, set, site, opened, set === sets - 1);
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
