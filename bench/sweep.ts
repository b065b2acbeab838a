import pg from 'pg';
import { closeStore, openStore } from '@/lib/store/client';
import { findDueFeeds, measureBacklog, sweepDueFeeds } from '@/lib/store/sweep-feeds';
import { startTestPostgres } from '../test/support/postgres';
import { printTable, summarise } from './support/figures';

/**
 * `npm run bench:sweep [feeds] [due]`: what one round of the sweep costs among 1,000,000 feeds of which 3,000 are due,
 * with its plan; beside the floor, the same rows updated by ids that are known already.
 */
const FEEDS = Number(process.argv[2] ?? 1_000_000);
const DUE = Number(process.argv[3] ?? 3000);
const ROUNDS = 20;
const ROOM = { wished: DUE, background: DUE };

const postgres = await startTestPostgres();
const { url } = await postgres.createDatabase();
process.env.DATABASE_URL = url;
const client = new pg.Client({ connectionString: url });
await client.connect();

/** Rows as wide as those of feeds that have been read, due at some time of the day to come. */
async function seed(): Promise<void> {
  await client.query(
    `INSERT INTO feeds (url, host, site_url, title, description, status, etag, item_count, content_hash)
     SELECT 'https://host-' || n % 200000 || '.example/feeds/' || n, 'host-' || n % 200000 || '.example',
            'https://host-' || n % 200000 || '.example/', 'The title of feed ' || n,
            'What feed ' || n || ' is about, in a sentence of usual length.', 'READY', '"' || md5(n::text) || '"',
            50, sha256(n::text::bytea)
     FROM generate_series(1, $1) AS n`,
    [FEEDS],
  );
  await client.query(
    `UPDATE feed_schedules SET next_fetch_at = due, next_reason = 'posts about every 3 hours', sweep_at = due,
       last_fetch_at = now(), last_success_at = now(), requested_at = NULL
     FROM (SELECT id, now() + interval '1 hour' + id * interval '80 ms' AS due FROM feeds) AS times WHERE feed_id = id`,
  );
  await client.query('VACUUM (ANALYZE)');
}

/** Makes feeds due that lie all over the table, as due feeds do. */
async function makeDue(round: number): Promise<number[]> {
  const step = Math.floor(FEEDS / DUE);
  const { rows } = await client.query<{ id: number }>(
    `UPDATE feed_schedules SET next_fetch_at = now() - interval '1 second' * random(),
       sweep_at = now() - interval '1 second' * random()
     WHERE feed_id IN (SELECT n * $1 + $2 FROM generate_series(1, $3) AS n) RETURNING feed_id AS id`,
    [step, round % step, DUE],
  );
  return rows.map(({ id }) => id);
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

await seed();
const times = { sweep: [] as number[], floor: [] as number[], idle: [] as number[], backlog: [] as number[] };
for (let round = 0; round < ROUNDS; round += 1) {
  const ids = await makeDue(2 * round);
  times.backlog.push(await time(measureBacklog));
  times.sweep.push(
    await time(async () => {
      const { length } = await sweepDueFeeds(ROOM);
      if (length !== ids.length) throw new Error(`${length} feeds found, ${ids.length} are due.`);
    }),
  );
  times.idle.push(await time(() => sweepDueFeeds(ROOM)));
  const known = await makeDue(2 * round + 1);
  times.floor.push(
    await time(() =>
      client.query(
        "UPDATE feed_schedules SET sweep_at = now() + interval '30 seconds' WHERE feed_id = ANY($1)",
        [known],
      ),
    ),
  );
  await client.query(
    "UPDATE feed_schedules SET next_fetch_at = now() + interval '1 day', sweep_at = now() + interval '1 day' WHERE next_fetch_at <= now()",
  );
}
const floor = summarise(times.floor);
const row = (name: string, list: number[]) => {
  const { p50, p99, max } = summarise(list);
  return {
    what: name,
    'p50 ms': p50,
    'p99 ms': p99,
    'max ms': max,
    'of the floor': (p50 / floor.p50).toFixed(2),
  };
};
printTable(`${FEEDS.toLocaleString('en')} feeds, ${DUE.toLocaleString('en')} due, ${ROUNDS} rounds`, [
  row('floor: update of known ids', times.floor),
  row('sweep', times.sweep),
  row('sweep that finds nothing', times.idle),
  row('count of what is due', times.backlog),
]);

await makeDue(2 * ROUNDS);
const plan = await openStore().$queryRaw<{ 'QUERY PLAN': string }[]>(findDueFeeds(ROOM, { explain: true }));
process.stdout.write(`\n${plan.map((line) => line['QUERY PLAN']).join('\n')}\n`);
await client.end();
await closeStore();
await postgres.stop();
