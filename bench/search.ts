import pg from 'pg';
import { readQuery } from '@/lib/feed/search/read-query';
import { searchItems } from '@/lib/service/search-items';
import { closeStore } from '@/lib/store/client';
import type { ItemScope } from '@/lib/store/item-scope';
import { selectMatches } from '@/lib/store/search-items';
import { startTestPostgres } from '../test/support/postgres';
import { printTable, summarise } from './support/figures';
import { seedSearch, signsOf, wordOf } from './support/seed-search';

/**
 * `npm run bench:search [items] [feeds] [turns]`: what a search costs among 1,000,000 items of 2,000 feeds, by words that
 * are in nearly all of them, in some and in few; beside the floor, a look-up of fifty items whose ids are known.
 */
const ITEMS = Number(process.argv[2] ?? 1_000_000);
const FEEDS = Number(process.argv[3] ?? 2000);
const TURNS = Number(process.argv[4] ?? 40);

const postgres = await startTestPostgres();
const { url } = await postgres.createDatabase();
process.env.DATABASE_URL = url;
const begun = Date.now();
const readers = await seedSearch(url, { items: ITEMS, feeds: FEEDS });
process.stdout.write(`Seeded in ${Math.round((Date.now() - begun) / 1000)} s.\n`);

const all: ItemScope = { kind: 'all' };
type Case = [name: string, text: (turn: number) => string, userId: number, scope: ItemScope];
const CASES: Case[] = [
  ['in nearly all', (turn) => wordOf(turn % 3), readers.all, all],
  ['common', (turn) => wordOf(20 + turn), readers.all, all],
  ['some', (turn) => wordOf(1000 + turn), readers.all, all],
  ['rare', (turn) => wordOf(49_000 + turn), readers.all, all],
  ['in none', (turn) => `nothing${turn}`, readers.all, all],
  ['two common', (turn) => `${wordOf(turn)} ${wordOf(turn + 7)}`, readers.all, all],
  ['common and rare', (turn) => `${wordOf(1)} ${wordOf(40_000 + turn)}`, readers.all, all],
  ['phrase of common', (turn) => `"${wordOf(turn % 5)} ${wordOf((turn + 1) % 5)}"`, readers.all, all],
  ['phrase, seldom', (turn) => `"${wordOf(20 + turn)} ${wordOf(50 + turn)}"`, readers.all, all],
  ['common, not another', (turn) => `${wordOf(10 + turn)} -${wordOf(1)}`, readers.all, all],
  ['beginning', (turn) => `${wordOf(10 + turn)}*`, readers.all, all],
  ['a pair of signs, common', (turn) => signsOf(turn % 4, turn % 3), readers.all, all],
  ['a pair of signs, rare', (turn) => signsOf(900 + turn, 1000 + turn), readers.all, all],
  ['three signs', (turn) => signsOf(turn % 3, turn % 4, turn % 5), readers.all, all],
  ['four signs', (turn) => signsOf(turn % 3, turn % 4, turn % 5, turn % 7), readers.all, all],
  ['one sign', (turn) => signsOf(turn), readers.all, all],
  ['common, one feed', (turn) => wordOf(turn), readers.all, { kind: 'feed', id: FEEDS - 1 }],
  ['common, three feeds', (turn) => wordOf(turn), readers.few, all],
];

async function time(work: (turn: number) => Promise<unknown>): Promise<ReturnType<typeof summarise>> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const start = performance.now();
    await work(turn);
    times.push(performance.now() - start);
  }
  return summarise(times);
}

const client = new pg.Client({ connectionString: url });
await client.connect();
const floor = await time((turn) =>
  client.query('SELECT id, title, excerpt, left(html, 20000) FROM items WHERE id = ANY($1)', [
    Array.from({ length: 50 }, (_, index) => 1 + ((turn * 7919 + index * 104_729) % ITEMS)),
  ]),
);
const rows = [
  {
    what: 'floor: fifty known ids',
    order: '',
    'p50 ms': floor.p50,
    'p99 ms': floor.p99,
    'max ms': floor.max,
  },
];
for (const [what, text, userId, scope] of CASES) {
  for (const order of ['date', 'relevance'] as const) {
    const { p50, p99, max } = await time((turn) => searchItems({ userId, text: text(turn), scope, order }));
    rows.push({ what, order, 'p50 ms': p50, 'p99 ms': p99, 'max ms': max });
  }
}
printTable(`${ITEMS.toLocaleString('en')} items, ${FEEDS} feeds, ${TURNS} searches each`, rows);

for (const word of [wordOf(1), wordOf(1000)]) {
  const query = readQuery(word)?.anywhere ?? '';
  const sql = selectMatches(
    readers.all,
    { scope: all, query, since: null, before: null, limit: 51 },
    { explain: true },
  );
  const plan = await client.query<{ 'QUERY PLAN': string }>({
    text: sql.text,
    values: sql.values as unknown[],
  });
  process.stdout.write(
    `\nAll that is, without windows: ${word}\n${plan.rows.map((row) => row['QUERY PLAN']).join('\n')}\n`,
  );
}
await client.end();
await closeStore();
await postgres.stop();
