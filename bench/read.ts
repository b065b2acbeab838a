import pg from 'pg';
import { closeStore } from '@/lib/store/client';
import { ensureOwner } from '@/lib/store/users';
import { measureBrowser } from './read/browser';
import { listTurns, otherTurns, type Turn } from './read/store-turns';
import { writePlans } from './read/write-plans';
import { startDeployment } from './support/deployment';
import { printTable, summarise } from './support/figures';
import { seedReading } from './support/seed-reading';
import { NOTE_TIMES, takeTimes } from './support/server-times';
import { measureThroughput, timeRequest } from './support/time-requests';

/**
 * `npm run bench:read [items] [feeds] [file for the plans]`: what reading costs with 1,000,000 items and 2,000
 * subscriptions: each list, an article, counts and marks, one at a time, in the store and through the web process, as
 * it sees it and as whoever asks does; pages a second at 20 at a time; and what a reader feels in a browser; beside the floor of the same run, 50 rows by known ids and a page that asks nothing.
 */
const ITEMS = Number(process.argv[2] ?? 1_000_000);
const FEEDS = Number(process.argv[3] ?? 2000);
const PLANS = process.argv[4] ?? 'test-results/read-plans.txt';
const ROUNDS = 100;
const MARK_ROUNDS = 20;

const deployment = await startDeployment('postgres', { workers: 0, webFlags: NOTE_TIMES });
process.env.DATABASE_URL = deployment.databaseUrl;
process.env.LOG_LEVEL = 'silent';
const owner = await ensureOwner();
const seeding = performance.now();
const readers = await seedReading(
  deployment.databaseUrl,
  { items: ITEMS, feeds: FEEDS, crowd: Math.min(1000, FEEDS) },
  owner.name,
);
process.stdout.write(`Seeded in ${Math.round((performance.now() - seeding) / 1000)} s.\n`);

const client = new pg.Client({ connectionString: deployment.databaseUrl });
await client.connect();

async function timeFloor(): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ids = Array.from({ length: 50 }, () => 1 + Math.floor(Math.random() * (ITEMS - 100)));
    const begun = performance.now();
    await client.query(
      `SELECT id, feed_id, title, author, url, excerpt, thumbnail, published_at, sort_at FROM items
       WHERE id = ANY($1::bigint[])`,
      [ids],
    );
    times.push(performance.now() - begun);
  }
  return times;
}

async function timeTurn({ prepare, run, finish, what }: Turn) {
  const rounds = what.startsWith('mark') || what === 'undo' ? MARK_ROUNDS : ROUNDS;
  const times: number[] = [];
  // The first ones fill caches and settle counts: those of a reader who comes back are counted.
  for (let round = -3; round < rounds; round += 1) {
    await prepare?.();
    const begun = performance.now();
    await run();
    if (round >= 0) times.push(performance.now() - begun);
  }
  await finish?.();
  return { what, times };
}

const row = (what: string, times: number[], floor: number) => {
  const { p50, p99, max } = summarise(times);
  return { what, 'p50 ms': p50, 'p99 ms': p99, 'max ms': max, 'of the floor': (p50 / floor).toFixed(1) };
};

async function measureStore(): Promise<void> {
  const floor = await timeFloor();
  const { p50 } = summarise(floor);
  const turns = [...listTurns(readers), ...(await otherTurns(readers))];
  const rows = [row('floor: 50 rows by known ids', floor, p50)];
  for (const turn of turns) {
    const { what, times } = await timeTurn(turn);
    rows.push(row(what, times, p50));
  }
  printTable(`The store, ${ITEMS.toLocaleString('en')} items, ${FEEDS} subscriptions, one at a time`, rows);
}

interface Timed {
  /** As whoever asks sees it, from the first byte of the request to the last of the answer. */
  asked: number[];
  /** As the web process does. */
  served: number[];
}

const nothingYet = (): Timed => ({ asked: [], served: [] });

/** Asks for something, and takes down how long that took. */
async function ask(timed: Timed, path: string, options?: Parameters<typeof timeRequest>[1]) {
  const answered = await timeRequest(`${deployment.origin}${path}`, options);
  timed.asked.push(answered.ms);
  timed.served.push(...(await takeTimes(deployment.web)));
  return answered;
}

/** Marks, and what is taken back of them, as a page asks for it. */
async function timeMarks(ids: number[]): Promise<[what: string, timed: Timed][]> {
  const [one, all, older, undos] = [nothingYet(), nothingYet(), nothingYet(), nothingYet()];
  const markAll = async (timed: Timed, body: { before?: Date }) => {
    const marked = await ask(timed, '/api/mark-read', { method: 'POST', body: { view: 'all', ...body } });
    const { undo } = JSON.parse(marked.body);
    await ask(undos, '/api/undo', { method: 'POST', body: { undo } });
  };
  const before = new Date(Date.now() - 7 * 86_400_000);
  for (let round = 0; round < MARK_ROUNDS; round += 1) {
    await ask(one, '/api/items', { method: 'PATCH', body: { ids: [ids[round]], read: true } });
    await markAll(all, {});
    await markAll(older, { before });
  }
  return [
    ['mark one read', one],
    ['mark all read', all],
    ['mark older than a week read', older],
    ['undo, with the counts', undos],
  ];
}

/** @returns an item that can be opened. */
async function measureWeb(): Promise<number> {
  const { origin } = deployment;
  const first = JSON.parse((await timeRequest(`${origin}/api/items?view=unread&limit=200`)).body);
  const ids: number[] = first.items.map((item: { id: number }) => item.id);
  const paths = [
    ['floor: a page that asks nothing', '/healthz'],
    ['unread', '/api/items?view=unread'],
    ['starred', '/api/items?view=starred'],
    ['all', '/api/items?view=all'],
    ['folder', `/api/items?view=folder-${readers.folder}`],
    ['feed', `/api/items?view=feed-${readers.busiestFeed}`],
    ['article', `/api/items/${ids[0]}`],
    ['counts', '/api/counts'],
    ['the page of what is unread', '/unread'],
    ['the first page', '/'],
    ['the page of an article', `/items/${ids[0]}`],
    ['the feeds, asked for once', '/api/feed-list'],
  ] as const;
  const rows = [];
  let floor = 1;
  const webRow = (what: string, { asked, served }: Timed, bytes: number | '') => {
    const { p50, p99 } = summarise(served);
    return { ...row(what, asked, floor), 'in the process p50': p50, p99, bytes };
  };
  for (const [what, path] of paths) {
    for (let round = 0; round < 10; round += 1) await ask(nothingYet(), path);
    const timed = nothingYet();
    let bytes = 0;
    for (let round = 0; round < ROUNDS; round += 1) ({ bytes } = await ask(timed, path));
    if (path === '/healthz') floor = summarise(timed.asked).p50;
    rows.push(webRow(what, timed, bytes));
  }
  for (const [what, timed] of await timeMarks(ids)) rows.push(webRow(what, timed, ''));
  printTable('The web process, one at a time', rows);
  const rates = [];
  for (const [what, path] of paths.filter(([, path]) => !path.startsWith('/api/items/'))) {
    rates.push({ what, 'a second, 20 at a time': await measureThroughput(`${origin}${path}`, 20, 4) });
  }
  printTable('The web process, 20 at a time', rates);
  return ids[0] ?? 0;
}

await measureStore();
const itemId = await measureWeb();
await measureBrowser(deployment.origin, itemId);
await writePlans([...listTurns(readers), ...(await otherTurns(readers))], deployment.superuserUrl, PLANS);
process.stdout.write(`\nPlans: ${PLANS}\n`);
await client.end();
await closeStore();
await deployment.stop();
process.exit();
