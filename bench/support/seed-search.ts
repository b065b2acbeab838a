import { createHash } from 'node:crypto';
import pg from 'pg';
import { writeVector } from '@/lib/feed/search/write-vector';
import { copy, createRandom } from './seed-reading';

const DAY_MS = 86_400_000;
/** Items go back so far, in days. */
const DAYS = 3 * 365;
/** Different words; the nth is as frequent as in a language (Zipf). */
const VOCABULARY = 50_000;
const WORDS_A_TEXT = 120;

export interface SearchSeed {
  items: number;
  feeds: number;
}

/** The word of a rank: `w0` is in nearly every item, the last ones in a few. */
export const wordOf = (rank: number) => `w${rank}`;

function makeWriter(random: () => number) {
  const draw = () => Math.floor(VOCABULARY ** random()) - 1;
  return (count: number) => Array.from({ length: count }, () => wordOf(draw())).join(' ');
}

interface Drawn {
  id: number;
  feedId: number;
  sortAt: Date;
  title: string;
  html: string;
}

function* drawItems({ items, feeds }: SearchSeed): Generator<Drawn> {
  const random = createRandom(11);
  const write = makeWriter(random);
  const now = Date.now();
  for (let id = 1; id <= items; id += 1) {
    const sortAt = new Date(now - ((items - id) / items) * DAYS * DAY_MS - random() * 60_000);
    const feedId = 1 + Math.floor(feeds * random() ** 2);
    yield {
      id,
      feedId,
      sortAt,
      title: write(8),
      html: `<p>${write(Math.ceil(WORDS_A_TEXT * 2 * random()))}</p>`,
    };
  }
}

function* itemRows(seed: SearchSeed) {
  for (const { id, feedId, sortAt, title, html } of drawItems(seed)) {
    const hash = `\\x${createHash('sha256').update(String(id)).digest('hex')}`;
    yield [id, feedId, hash, hash, title, sortAt.toISOString(), html, html.slice(3, 250), '{}'];
  }
}

function* vectorRows(seed: SearchSeed) {
  for (const item of drawItems(seed)) {
    yield [item.id, item.feedId, item.sortAt.toISOString(), writeVector({ ...item, author: null })];
  }
}

/**
 * Fills an empty database with items that can be searched, by COPY; the index is made when all are there.
 *
 * @returns a reader of all feeds, and one of the three with the fewest items.
 */
export async function seedSearch(url: string, seed: SearchSeed): Promise<{ all: number; few: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `INSERT INTO feeds (id, url, host, title, status)
     SELECT n, 'https://site-' || n || '.example/feed', 'site-' || n || '.example', 'Site ' || n, 'READY'
     FROM generate_series(1, ${seed.feeds}) AS n`,
  );
  await client.query('ALTER TABLE items DISABLE TRIGGER USER');
  await copy(
    client,
    'items (id, feed_id, identity, content_hash, title, sort_at, html, excerpt, categories)',
    itemRows(seed),
  );
  await client.query('ALTER TABLE items ENABLE TRIGGER USER');
  await client.query('DROP INDEX item_search_vector_idx');
  await copy(client, 'item_search (item_id, feed_id, sort_at, vector)', vectorRows(seed));
  await client.query("SET maintenance_work_mem = '512MB'");
  await client.query('CREATE INDEX item_search_vector_idx ON item_search USING gin (vector)');
  const addReader = async (name: string, least: number) => {
    const { rows } = await client.query<{ id: number }>('INSERT INTO users (name) VALUES ($1) RETURNING id', [
      name,
    ]);
    const userId = rows[0]?.id ?? 0;
    await client.query(
      'INSERT INTO subscriptions (user_id, feed_id) SELECT $1, id FROM feeds WHERE id > $2',
      [userId, least],
    );
    return userId;
  };
  const readers = { all: await addReader('all', 0), few: await addReader('few', seed.feeds - 3) };
  await client.query('VACUUM (ANALYZE)');
  await client.end();
  return readers;
}
