import pg from 'pg';
import { closeStore, openStore } from '@/lib/store/client';
import { claimTrims, findOldItems, trimFeed } from '@/lib/store/retention';
import { startTestPostgres } from '../test/support/postgres';
import { printTable, summarise } from './support/figures';

/**
 * `npm run bench:retention [items]`: what retention costs among 1,000,000 items of 2,000 feeds: finding feeds to look
 * through, one that loses nothing, one that loses a hundred items, and one of 20,000 items; with the plan.
 */
const ITEMS = Number(process.argv[2] ?? 1_000_000);
const FEEDS = 2000;
const LARGE = 20_000;
const ROUNDS = 40;

const postgres = await startTestPostgres();
const { url } = await postgres.createDatabase();
process.env.DATABASE_URL = url;
const client = new pg.Client({ connectionString: url });
await client.connect();

/** Feed 1 is the large one; items of all feeds come in turn, one an hour, and lie as they came. */
async function seed(): Promise<void> {
  await client.query("INSERT INTO users (name) VALUES ('reader')");
  await client.query(
    `INSERT INTO feeds (url, host, title, status, item_count, trim_at)
     SELECT 'https://host-' || n || '.example/feed', 'host-' || n || '.example', 'Feed ' || n, 'READY', $2::int / $1,
       now() + n * interval '30 seconds'
     FROM generate_series(1, $1::int) AS n`,
    [FEEDS, ITEMS],
  );
  await client.query(
    `INSERT INTO items (feed_id, identity, content_hash, title, sort_at, created_at, html, excerpt)
     SELECT CASE WHEN n % $3 = 0 THEN 1 ELSE 1 + n % $1 END, sha256(n::text::bytea), sha256(n::text::bytea), 'Item ' || n,
       at, at, repeat(md5(n::text), 60), repeat(md5(n::text), 6)
     FROM generate_series(1, $2::int) n, LATERAL (SELECT now() - ($2::int - n) * interval '1 minute' AS at) AS time`,
    [FEEDS, ITEMS, Math.floor(ITEMS / LARGE)],
  );
  await client.query(
    `INSERT INTO subscriptions (user_id, feed_id, read_through_id)
     SELECT users.id, feeds.id, $1::bigint FROM users, feeds`,
    [ITEMS - 20 * FEEDS],
  );
  await client.query(
    'INSERT INTO item_states (user_id, item_id, starred_at) SELECT users.id, n, now() FROM users, generate_series(1, $1::int, 500) n',
    [ITEMS],
  );
  await client.query('VACUUM (ANALYZE)');
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

await seed();
const times = {
  claim: [] as number[],
  idle: [] as number[],
  nothing: [] as number[],
  hundred: [] as number[],
  large: [] as number[],
};
for (let round = 0; round < ROUNDS; round += 1) {
  const feedId = 2 + round * 40;
  times.idle.push(await time(() => claimTrims(25)));
  await client.query('UPDATE feeds SET trim_at = now() WHERE id % 80 = $1', [round]);
  times.claim.push(await time(() => claimTrims(25)));
  await client.query("UPDATE feeds SET trim_at = now() + interval '1 day'");
  await client.query(
    'UPDATE subscriptions SET keep_days = 0, keep_items = 1000000 WHERE feed_id IN (1, $1)',
    [feedId],
  );
  times.nothing.push(await time(() => trimFeed(feedId)));
  await client.query(
    `UPDATE subscriptions SET keep_items = (SELECT count(*) - 100 FROM items WHERE feed_id = $1) WHERE feed_id = $1`,
    [feedId],
  );
  times.hundred.push(await time(() => trimFeed(feedId)));
  times.large.push(await time(() => trimFeed(1)));
}
const NAMES = {
  idle: 'no feed is due',
  claim: '25 feeds are taken',
  nothing: 'a feed that loses nothing',
  hundred: 'a feed that loses 100 items',
  large: `a feed of ${LARGE.toLocaleString('en')} items`,
};
printTable(
  `${ITEMS.toLocaleString('en')} items, ${FEEDS.toLocaleString('en')} feeds, ${ROUNDS} rounds`,
  Object.entries(times).map(([name, list]) => {
    const { p50, p99, max } = summarise(list);
    return { what: NAMES[name as keyof typeof NAMES], 'p50 ms': p50, 'p99 ms': p99, 'max ms': max };
  }),
);
for (const [feedId, limits] of [
  [1, { readers: 1, days: 365, items: 2000, abandoned: false }],
  [7, { readers: 1, days: 30, items: 200, abandoned: false }],
] as const) {
  const plan = await openStore().$queryRaw<{ 'QUERY PLAN': string }[]>(
    findOldItems(feedId, limits, { explain: true }),
  );
  process.stdout.write(`\nFeed ${feedId}\n${plan.map((row) => row['QUERY PLAN']).join('\n')}\n`);
}
await client.end();
await closeStore();
await postgres.stop();
