import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const DAY = 86_400_000;
/** Items go back so far. */
const YEARS = 3 * 365 * DAY;

export interface SeedSize {
  items: number;
  feeds: number;
  /** Readers that share the same 50 feeds. */
  crowd: number;
}

/** Readers by what they are like. */
export interface SeededReaders {
  /** Everything of every feed is unread. */
  hoarder: number;
  /** Everything is read but a few items in a few feeds. */
  tidy: number;
  /** Marks all now and then, reads some one by one, keeps some unread and stars some. */
  usual: number;
  /** Three feeds that publish seldom. */
  few: number;
  /** Ids of those with the same feeds; the first of them subscribes to nothing else, as the last does. */
  crowd: number[];
  /** Of `usual`: a folder of twenty feeds, one of a feed that publishes seldom, and the busiest feed. */
  folder: number;
  rareFolder: number;
  busiestFeed: number;
}

/** Mulberry32: small, seeded, good enough. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WORDS =
  'a the of reader river between market and light slowly found window harbour question without story engine north paper early garden winter signal under letter small version open release note why how mountain city public long road never cloud memory glass'.split(
    ' ',
  );

function writeText(random: () => number, length: number): string {
  const words: string[] = [];
  for (let size = 0; size < length; ) {
    const word = WORDS[Math.floor(random() * WORDS.length)] ?? '';
    words.push(word);
    size += word.length + 1;
  }
  return words.join(' ');
}

/** Items a feed: a few publish a fifth of everything, and most seldom. */
function drawSizes({ items, feeds }: SeedSize): number[] {
  const weights = Array.from({ length: feeds }, (_, rank) => 1 / (rank + 12) ** 0.85);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => Math.max(3, Math.round((weight / sum) * items)));
}

/** When each item was published and when it came, in the order in which they came. */
function drawItems(size: SeedSize, random: () => number) {
  const now = Date.now();
  const items: { feed: number; at: number; came: number }[] = [];
  for (const [index, count] of drawSizes(size).entries()) {
    // A third of the feeds have died, the busiest have not.
    const end = index > 20 && random() < 0.33 ? now - random() * YEARS * 0.8 : now;
    for (let number = 0; number < count; number += 1) {
      const at = end - random() * (YEARS - (now - end));
      // Some come long after their date.
      items.push({
        feed: index + 1,
        at,
        came: random() < 0.02 ? Math.min(at + random() * 60 * DAY, now) : at,
      });
    }
  }
  return items.sort((a, b) => a.came - b.came);
}

const escapeCopy = (value: string | number | boolean | null) =>
  value === null ? '\\N' : String(value).replace(/[\\\n\r\t]/g, (sign) => `\\${sign}`);

export async function copy(
  client: pg.Client,
  target: string,
  rows: Iterable<(string | number | boolean | null)[]>,
): Promise<void> {
  function* lines() {
    let chunk = '';
    for (const row of rows) {
      chunk += `${row.map(escapeCopy).join('\t')}\n`;
      if (chunk.length > 65_536) {
        yield chunk;
        chunk = '';
      }
    }
    yield chunk;
  }
  await pipeline(Readable.from(lines()), client.query(copyFrom(`COPY ${target} FROM STDIN`)));
}

const iso = (time: number) => new Date(time).toISOString();
const hash = (text: string) => `\\x${createHash('sha256').update(text).digest('hex')}`;

function* feedRows(size: SeedSize, random: () => number) {
  for (let id = 1; id <= size.feeds; id += 1) {
    const host = `site-${id}.example`;
    yield [id, `https://${host}/feed`, host, `https://${host}/`, writeText(random, 24), 'READY'];
  }
}

function* itemRows(items: ReturnType<typeof drawItems>, random: () => number) {
  const stock = Array.from({ length: 200 }, () => `<p>${writeText(random, 150 + 500 * random())}</p>`);
  const paragraph = () => stock[Math.floor(random() * stock.length)] ?? '';
  for (const [index, { feed, at, came }] of items.entries()) {
    const id = index + 1;
    const html = Array.from({ length: 1 + Math.floor(6 * random() ** 2) }, paragraph).join('');
    const excerpt = html.slice(3, 3 + 120 + Math.floor(160 * random())).replace(/<[^>]*>?/g, ' ');
    const address = `https://site-${feed}.example/posts/${id}`;
    const name = hash(address);
    const thumbnail = random() < 0.3 ? `${address}.jpg` : null;
    const title = writeText(random, 30 + 50 * random());
    yield [
      id,
      feed,
      name,
      name,
      address,
      title,
      null,
      iso(at),
      iso(at),
      html,
      excerpt,
      thumbnail,
      iso(came),
      '{}',
    ];
  }
}

/** Runs a COPY into a table without its indexes and triggers, and makes the indexes afterwards. */
async function copyBare(client: pg.Client, table: string, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE tablename = $1 AND schemaname = 'public' AND indexname NOT LIKE '%pkey'`,
    [table],
  );
  await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const { name } of rows) await client.query(`DROP INDEX "${name}"`);
  await work();
  for (const { definition } of rows) await client.query(definition);
  await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

/** Everything but readers and what is theirs. */
async function seedItems(client: pg.Client, size: SeedSize): Promise<void> {
  const random = createRandom(7);
  await copy(client, 'feeds (id, url, host, site_url, title, status)', feedRows(size, random));
  await client.query("UPDATE feed_schedules SET sweep_at = NULL, next_fetch_at = now() + interval '1 day'");
  const items = drawItems(size, random);
  const columns = `id, feed_id, identity, content_hash, url, title, author, published_at, sort_at, html, excerpt,
    thumbnail, created_at, categories`;
  await copyBare(client, 'items', () => copy(client, `items (${columns})`, itemRows(items, random)));
  await client.query(`
    UPDATE feeds SET item_count = counted.count, last_item_at = counted.at, newest_item_id = newest FROM (
      SELECT feed_id, count(*) AS count, max(sort_at) AS at, max(id) AS newest FROM items GROUP BY feed_id
    ) AS counted WHERE id = feed_id`);
  for (const table of ['feeds', 'items']) {
    await client.query(`SELECT setval(pg_get_serial_sequence($1, 'id'), (SELECT max(id) FROM ${table}))`, [
      table,
    ]);
  }
}

async function addReader(client: pg.Client, name: string): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    'INSERT INTO users (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name RETURNING id',
    [name],
  );
  return rows[0]?.id ?? 0;
}

/** Subscribes to feeds with everything read that came more than some days ago. */
async function subscribe(client: pg.Client, userId: number, feeds: string, days: string): Promise<void> {
  await client.query(
    `INSERT INTO subscriptions (user_id, feed_id, read_through_id)
     SELECT $1, feeds.id, COALESCE((SELECT i.id FROM items i
       WHERE i.feed_id = feeds.id AND i.created_at <= now() - make_interval(days => ${days}) ORDER BY i.id DESC LIMIT 1), 0)
     FROM feeds WHERE ${feeds}`,
    [userId],
  );
}

/** What a reader does to single items, `share` of all of them. */
async function mark(client: pg.Client, userId: number, what: string, condition: string): Promise<void> {
  await client.query(
    `INSERT INTO item_states AS st (user_id, item_id, ${what})
     SELECT $1, i.id, ${what === 'starred_at' ? 'now()' : what === 'read' ? 'true' : 'false'}
     FROM items i JOIN subscriptions s ON s.feed_id = i.feed_id AND s.user_id = $1 WHERE ${condition}
     ON CONFLICT (user_id, item_id) DO UPDATE SET ${what} = EXCLUDED.${what}`,
    [userId],
  );
}

async function folderOf(client: pg.Client, userId: number, name: string, feeds: string): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    'INSERT INTO folders (user_id, name) VALUES ($1, $2) RETURNING id',
    [userId, name],
  );
  const id = rows[0]?.id ?? 0;
  await client.query(`UPDATE subscriptions SET folder_id = $1 WHERE user_id = $2 AND ${feeds}`, [id, userId]);
  return id;
}

/**
 * Fills an empty database with feeds, items and readers.
 *
 * @param owner name of the reader that a deployment without accounts shows: it becomes `usual`.
 */
export async function seedReading(url: string, size: SeedSize, owner: string): Promise<SeededReaders> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await seedItems(client, size);
  const [hoarder, tidy, usual, few] = [
    await addReader(client, 'hoarder'),
    await addReader(client, 'tidy'),
    await addReader(client, owner),
    await addReader(client, 'few'),
  ];
  await subscribe(client, hoarder, 'true', '10000');
  await subscribe(client, tidy, 'true', 'CASE WHEN feeds.id % 50 = 0 THEN 1 ELSE 0 END');
  await client.query(
    `INSERT INTO item_states (user_id, item_id, read) SELECT $1, n * 7919::bigint % (SELECT max(id) FROM items) + 1, false
     FROM generate_series(1, 100) AS n ON CONFLICT DO NOTHING`,
    [tidy],
  );
  await subscribe(client, usual, 'true', '14 + feeds.id % 60');
  await mark(client, usual, 'read', 'i.id > s.read_through_id AND i.id % 10 < 6');
  await client.query(
    `INSERT INTO item_states (user_id, item_id, read) SELECT $1, n * 104729::bigint % (SELECT max(id) FROM items) + 1, false
     FROM generate_series(1, 200) AS n ON CONFLICT DO NOTHING`,
    [usual],
  );
  await mark(client, usual, 'starred_at', 'i.id % 500 = 0');
  await subscribe(client, few, `id > ${size.feeds - 3}`, '0');
  const folder = await folderOf(client, usual, 'Twenty', 'feed_id % 100 = 7');
  const rareFolder = await folderOf(client, usual, 'Rare', `feed_id = ${size.feeds}`);
  await client.query(
    `INSERT INTO users (name) SELECT 'crowd-' || n FROM generate_series(1, ${size.crowd}) AS n`,
  );
  await client.query(
    `INSERT INTO subscriptions (user_id, feed_id, read_through_id)
     SELECT u.id, f.id, $1::bigint * (u.id % 10 + 89) / 100 FROM users u CROSS JOIN feeds f
     WHERE u.name LIKE 'crowd-%' AND f.id % ${Math.max(1, Math.floor(size.feeds / 50))} = 0`,
    [size.items],
  );
  const { rows } = await client.query<{ id: number }>(
    "SELECT id FROM users WHERE name LIKE 'crowd-%' ORDER BY id",
  );
  await client.query('VACUUM (ANALYZE)');
  await client.end();
  return { hoarder, tidy, usual, few, crowd: rows.map(({ id }) => id), folder, rareFolder, busiestFeed: 1 };
}
