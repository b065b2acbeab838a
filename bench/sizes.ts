import { Redis } from 'ioredis';
import pg from 'pg';
import { describeBatches, REFRESH_QUEUE } from '@/lib/queue/jobs';
import { closeQueues, withQueues } from '@/lib/queue/queues';
import { startTestPostgres } from '../test/support/postgres';
import { startTestRedis } from '../test/support/redis';
import { printTable } from './support/figures';
import { seedSearch } from './support/seed-search';

/**
 * `npm run bench:sizes [items] [feeds]`: how many bytes a row of each large table takes on disk, with all that belongs
 * to it, and what a job takes in Redis: what docs/scaling.md reckons disks and memory from.
 */
const ITEMS = Number(process.argv[2] ?? 50_000);
const FEEDS = Number(process.argv[3] ?? 1000);
/** Of all items, one in so many has a state of its own with its reader. */
const MARKED = 4;
const ATTEMPTS = 100;
const JOBS = 4000;

const postgres = await startTestPostgres();
const { url } = await postgres.createDatabase();
const client = new pg.Client({ connectionString: url });
await client.connect();

/** Columns that rows have once feeds have been read, and what comes with reading. */
async function fill(): Promise<void> {
  const readers = await seedSearch(url, { items: ITEMS, feeds: FEEDS });
  await client.query(
    `UPDATE feeds SET site_url = 'https://' || host || '/', etag = '"' || md5(id::text) || '"',
       description = 'What feed ' || id || ' is about, in a sentence of usual length.', content_hash = sha256(id::text::bytea)`,
  );
  await client.query(
    `UPDATE feed_schedules SET next_fetch_at = now(), next_reason = 'posts about every 3 hours', sweep_at = now(),
       last_fetch_at = now(), last_success_at = now(), requested_at = NULL`,
  );
  await client.query(
    `INSERT INTO fetches (feed_id, started_at, outcome, attempt, url, http_status, bytes, connect_ms, wait_ms, download_ms,
       total_ms, next_fetch_at, next_reason)
     SELECT id, now(), 'UNCHANGED', 0, url, 304, 0, 20, 50, 1, 75, now(), 'posts about every 3 hours'
     FROM feeds, generate_series(1, ${ATTEMPTS})`,
  );
  await client.query(
    `INSERT INTO item_states (user_id, item_id, read) SELECT $1, id, true FROM items WHERE id % ${MARKED} = 0`,
    [readers.all],
  );
  await client.query('VACUUM (FULL, ANALYZE)');
}

async function measureTable(table: string) {
  const { rows } = await client.query<{ rows: number; heap: number; indexes: number }>(
    `SELECT (SELECT count(*)::int FROM ${table}) AS rows, pg_table_size('${table}')::float8 AS heap,
       pg_indexes_size('${table}')::float8 AS indexes`,
  );
  const [{ rows: count, heap, indexes } = { rows: 1, heap: 0, indexes: 0 }] = rows;
  const each = (bytes: number) => Math.round(bytes / count);
  return {
    what: table,
    rows: count,
    'bytes a row': each(heap),
    'indexes a row': each(indexes),
    'in all': each(heap + indexes),
  };
}

/** @returns bytes that a waiting job of 25 feeds takes; null where there is no Redis. */
async function measureJob(): Promise<number | null> {
  const redis = await startTestRedis();
  if (redis === null) return null;
  process.env.DATABASE_URL = url;
  process.env.REDIS_URL = redis.url;
  const connection = new Redis(redis.url);
  const readMemory = async () => Number(/used_memory:(\d+)/.exec(await connection.info('memory'))?.[1]);
  const feedIds = (from: number, jobs: number) =>
    Array.from({ length: jobs * 25 }, (_, index) => 10_000_000 + from * 25 + index);
  const add = (from: number, jobs: number) =>
    withQueues(60_000, (pick) =>
      pick(REFRESH_QUEUE).addBulk(describeBatches(REFRESH_QUEUE, feedIds(from, jobs))),
    );
  await add(0, 1);
  const before = await readMemory();
  for (let job = 1; job <= JOBS; job += 500) await add(job, 500);
  const after = await readMemory();
  await closeQueues();
  connection.disconnect();
  await redis.stop();
  return Math.round((after - before) / JOBS);
}

await fill();
const tables = ['items', 'item_search', 'feeds', 'feed_schedules', 'fetches', 'subscriptions', 'item_states'];
const rows = [];
for (const table of tables) rows.push(await measureTable(table));
const { rows: texts } = await client.query<{ length: number }>(
  'SELECT avg(length(html))::int AS length FROM items',
);
await client.end();
printTable(`Bytes on disk; ${texts[0]?.length} letters an item, all tables freshly written`, rows);
const job = await measureJob();
process.stdout.write(`\nA waiting job of 25 feeds in Redis: ${job ?? 'no redis-server here'} bytes.\n`);
await postgres.stop();
