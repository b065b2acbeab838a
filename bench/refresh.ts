import type pg from 'pg';
import { timeCopy, timeRequests } from './refresh/floor';
import { addFeeds, connect, type Round, runRound } from './refresh/round';
import { closeSite, DELAY_MS, FEEDS, HANGING_EVERY, ITEMS, type Site, startSite } from './refresh/site';
import { countStatements, printStatements } from './refresh/statements';
import { type Backend, startDeployment } from './support/deployment';
import { printTable } from './support/figures';
import { readUsage } from './support/usage';

/**
 * `npm run bench:refresh [postgres|redis] [plain|hanging|two] [statements] [profile]`: 1,000 feeds of 50 items of 2 KB, whose
 * servers take 50 ms: the first fetch, a second one in which nothing has changed, both again with every twentieth
 * server hanging, and with two workers; where the CPU time goes, with `statements` also what PostgreSQL spends most on; `profile` leaves CPU profiles of the workers in .profiles.
 * Beside them the floors, in the same run: bare requests for the same documents at the same concurrency, and COPY of
 * the same items.
 */
const CONCURRENCY = 100;

const words = new Set(process.argv.slice(2));

const RUNS = { plain: [1, false], hanging: [1, true], two: [2, false] } as const;

async function checkItems(client: pg.Client, expected: number): Promise<void> {
  const { rows } = await client.query('SELECT count(*)::int AS n FROM items');
  if (rows[0].n !== expected) throw new Error(`${rows[0].n} items instead of ${expected}.`);
}

const rate = (count: number, seconds: number) => Math.round(count / seconds);

async function measure(backend: Backend, run: keyof typeof RUNS, site: Site) {
  const statements = words.has('statements');
  const [workers, someHang] = RUNS[run];
  const deployment = await startDeployment(backend, {
    workers,
    workerEnv: { WORKER_CONCURRENCY: String(CONCURRENCY), FETCH_TIMEOUT_MS: '30000' },
    workerFlags: words.has('profile') ? ['--cpu-prof', '--cpu-prof-dir=.profiles'] : [],
    postgresFlags: statements ? { shared_preload_libraries: 'pg_stat_statements' } : {},
  });
  const client = await connect(deployment);
  await addFeeds(client, site, someHang);
  const count = statements ? await countStatements(deployment.superuserUrl) : null;
  const expected = someHang ? FEEDS - FEEDS / HANGING_EVERY : FEEDS;
  const floor = {
    first: await timeRequests(site, CONCURRENCY, false),
    second: await timeRequests(site, CONCURRENCY, true),
  };
  const first = await runRound(client, deployment, expected);
  await checkItems(client, expected * ITEMS);
  const spentFirst = await count?.();
  const second = await runRound(client, deployment, expected);
  await checkItems(client, expected * ITEMS);
  const spentSecond = await count?.();
  const memory = Math.max(...deployment.workers.map((worker) => readUsage(worker.pid).peakMegabytes));
  const copy = await timeCopy(deployment.superuserUrl);
  await client.end();
  await deployment.stop();
  const each = (seconds: number) => ((1000 * seconds) / expected).toFixed(2);
  const row = (round: string, { seconds, cpu }: Round, floorSeconds: number) => ({
    round,
    'feeds/s': rate(expected, seconds),
    'items/s': round === 'first' ? rate(expected * ITEMS, seconds) : '',
    'peak MB': memory,
    'bare requests/s': rate(FEEDS, floorSeconds),
    ratio: (expected / seconds / (FEEDS / floorSeconds)).toFixed(2),
    'ms a feed': each(seconds),
    'CPU ms: worker': each(cpu.worker),
    PostgreSQL: each(cpu.postgres),
    Redis: each(cpu.redis),
    web: each(cpu.web),
    'servers, bench': each(cpu.bench),
  });
  const name = `${backend}, ${workers} worker${workers === 1 ? '' : 's'}${someHang ? ', 5 % of the servers hang' : ''}`;
  printTable(`${name}: ${FEEDS} feeds of ${ITEMS} items of 2 KB, servers take ${DELAY_MS} ms`, [
    row('first', first, floor.first),
    row('unchanged', second, floor.second),
  ]);
  process.stdout.write(`COPY of the items: ${rate(expected * ITEMS, copy)} items/s\n`);
  if (spentFirst) printStatements('First fetch', spentFirst);
  if (spentSecond) printStatements('Unchanged', spentSecond);
}

const choose = <Name extends string>(names: readonly Name[]) => {
  const chosen = names.filter((name) => words.has(name));
  return chosen.length > 0 ? chosen : names;
};
const site = await startSite();
for (const backend of choose(['postgres', 'redis'] as const)) {
  for (const run of choose(['plain', 'hanging', 'two'] as const)) {
    await measure(backend, run, site);
  }
}
await closeSite(site);
