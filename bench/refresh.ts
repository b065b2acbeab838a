import pg from 'pg';
import { Agent, request } from 'undici';
import { eventually } from '../test/support/eventually';
import { type FeedServer, startFeedServer, writeRss } from '../test/support/feed-server';
import { type Backend, type Deployment, startDeployment } from './support/deployment';
import { printTable } from './support/figures';
import { readUsage } from './support/usage';

/**
 * `npm run bench:refresh [postgres|redis]`: 1,000 feeds of 50 items of 2 KB, whose servers take 50 ms: the first
 * fetch, a second one in which nothing has changed, both again with every twentieth server hanging, and with two
 * workers; beside the floor, bare requests for the same documents at the same concurrency, in the same run.
 */
const FEEDS = 1000;
const ITEMS = 50;
const DELAY_MS = 50;
const CONCURRENCY = 100;
const LIMIT_MS = 300_000;

const HANGING_EVERY = 20;

/** Feeds come from many hosts: so many addresses of loopback stand for them, and others for those that hang. */
const HOSTS = 50;

interface Site {
  well: FeedServer[];
  hanging: FeedServer[];
}

const hostOf = (servers: FeedServer[], feed: number) => servers[feed % servers.length]?.origin ?? '';

function serveFeeds({ well, hanging }: Site): void {
  const filler = 'Words that fill an article as long as most are. '.repeat(40);
  for (let feed = 0; feed < FEEDS; feed += 1) {
    const items = Array.from({ length: ITEMS }, (_, item) => ({
      guid: `feed-${feed}-item-${item}`,
      date: new Date(Date.UTC(2026, 0, 1) - item * 3_600_000),
      content: `<p>${filler}</p>`,
    }));
    const body = writeRss(`Feed ${feed}`, items);
    const etag = `"${feed}"`;
    well[feed % HOSTS]?.serve(`/${feed}`, ({ headers }) =>
      headers['if-none-match'] === etag
        ? { status: 304, headers: { etag }, delayMs: DELAY_MS }
        : { body, headers: { etag }, delayMs: DELAY_MS },
    );
  }
  for (const server of hanging) server.serveAll({ hang: true });
}

async function measureFloor(site: Site, conditional: boolean): Promise<number> {
  const dispatcher = new Agent({ pipelining: 1 });
  let next = 0;
  const begun = performance.now();
  const lane = async () => {
    for (let feed = next++; feed < FEEDS; feed = next++) {
      const headers = conditional ? { 'if-none-match': `"${feed}"` } : {};
      const { body } = await request(`${hostOf(site.well, feed)}/${feed}`, { dispatcher, headers });
      await body.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  const seconds = (performance.now() - begun) / 1000;
  await dispatcher.close();
  return seconds;
}

/** Adds the feeds as the form does, but all at once, and none of them due: a round makes them so. */
async function addFeeds(client: pg.Client, site: Site, hanging: boolean): Promise<void> {
  await client.query("INSERT INTO users (name) VALUES ('owner') ON CONFLICT DO NOTHING");
  await client.query('TRUNCATE feeds CASCADE');
  const urls = Array.from(
    { length: FEEDS },
    (_, feed) => `${hostOf(hanging && feed % HANGING_EVERY === 0 ? site.hanging : site.well, feed)}/${feed}`,
  );
  await client.query(
    `WITH added AS (
       INSERT INTO feeds (url, host, next_fetch_at, sweep_at)
       SELECT url, split_part(url, '/', 3), NULL, NULL FROM unnest($1::text[]) AS url RETURNING id
     ) INSERT INTO subscriptions (user_id, feed_id) SELECT users.id, added.id FROM added, users`,
    [urls],
  );
}

interface Round {
  seconds: number;
  fetched: number;
  cpu: number;
}

async function runRound(client: pg.Client, deployment: Deployment, expected: number): Promise<Round> {
  const { rows: begin } = await client.query('SELECT COALESCE(max(id), 0)::int AS id FROM fetches');
  const cpu = () => deployment.workers.reduce((sum, worker) => sum + readUsage(worker.pid).cpuSeconds, 0);
  const cpuBefore = cpu();
  const begun = performance.now();
  await client.query('UPDATE feeds SET next_fetch_at = now(), sweep_at = now() WHERE claim IS NULL');
  const fetched = await eventually(
    async () => {
      const { rows } = await client.query(
        "SELECT count(DISTINCT feed_id)::int AS n FROM fetches WHERE id > $1 AND outcome <> 'FAILED'",
        [begin[0].id],
      );
      return rows[0].n >= expected && rows[0].n;
    },
    `${expected} feeds fetched`,
    LIMIT_MS,
  );
  return { seconds: (performance.now() - begun) / 1000, fetched, cpu: cpu() - cpuBefore };
}

const rate = (count: number, seconds: number) => Math.round(count / seconds);

async function measure(backend: Backend, workers: number, hanging: boolean, site: Site) {
  const deployment = await startDeployment(backend, {
    workers,
    workerEnv: { WORKER_CONCURRENCY: String(CONCURRENCY), FETCH_TIMEOUT_MS: '30000' },
  });
  const client = new pg.Client({ connectionString: deployment.databaseUrl });
  await client.connect();
  await addFeeds(client, site, hanging);
  const expected = hanging ? FEEDS - FEEDS / HANGING_EVERY : FEEDS;
  const floor = { first: await measureFloor(site, false), second: await measureFloor(site, true) };
  const first = await runRound(client, deployment, expected);
  const { rows } = await client.query('SELECT count(*)::int AS n FROM items');
  if (rows[0].n !== expected * ITEMS) throw new Error(`${rows[0].n} items instead of ${expected * ITEMS}.`);
  const second = await runRound(client, deployment, expected);
  const memory = Math.max(...deployment.workers.map((worker) => readUsage(worker.pid).peakMegabytes));
  await client.end();
  await deployment.stop();
  const name = `${backend}, ${workers} worker${workers === 1 ? '' : 's'}${hanging ? ', 5 % hang' : ''}`;
  const row = (round: string, { seconds, cpu }: Round, floorSeconds: number) => ({
    run: `${name}: ${round}`,
    'feeds/s': rate(expected, seconds),
    'items/s': round === 'first' ? rate(expected * ITEMS, seconds) : '',
    'worker CPU s': cpu.toFixed(1),
    'peak MB': memory,
    'floor feeds/s': rate(FEEDS, floorSeconds),
    'of the floor': (floorSeconds / seconds).toFixed(2),
  });
  printTable(`${FEEDS} feeds of ${ITEMS} items of 2 KB, servers take ${DELAY_MS} ms`, [
    row('first', first, floor.first),
    row('unchanged', second, floor.second),
  ]);
}

const wanted = process.argv[2];
const startHosts = (network: number) =>
  Promise.all(Array.from({ length: HOSTS }, (_, host) => startFeedServer(`127.0.${network}.${host + 1}`)));
const site: Site = { well: await startHosts(1), hanging: await startHosts(2) };
serveFeeds(site);
for (const backend of ['postgres', 'redis'] as const) {
  if (wanted !== undefined && wanted !== backend) continue;
  await measure(backend, 1, false, site);
  await measure(backend, 1, true, site);
  await measure(backend, 2, false, site);
}
await Promise.all([...site.well, ...site.hanging].map((server) => server.close()));
