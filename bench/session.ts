import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { addAccount } from '../test/support/account-rows';
import { sendForm, signIn } from '../test/support/accounts';
import { startTestPostgres } from '../test/support/postgres';
import { startWebProcess, type TestWeb } from '../test/support/web';
import { printTable, summarise } from './support/figures';

/**
 * `npm run bench:session`: what it costs to know who asks. Pages and data with a session, beside the floor of the same
 * run: the same without accounts, asked for in turns. Then how long a session that was revoked in one web process
 * still opens another one. Ends with 1 where a session costs 1 ms at p50, or a revoked one lasts a minute.
 */
const ROUNDS = 300;
const WARM_UP = 30;
/** Sessions that a process has not seen before. */
const STRANGERS = 40;
const PATHS = ['/api/counts', '/settings'];
const MOST_MS = 1;
const MOST_S = 60;

const postgres = await startTestPostgres();
const database = await postgres.createDatabase();
const sql = new pg.Client({ connectionString: database.url });
await sql.connect();
const settings = { DATABASE_URL: database.url, SECRET_KEY: randomBytes(32).toString('base64') };
const start = (AUTH: 'on' | 'off') => startWebProcess({ ...settings, AUTH, LOG_LEVEL: 'silent' });
const off = await start('off');
const on = await start('on');
const other = await start('on');
await addAccount(sql, 'Ada', 'OWNER');

async function time({ url }: TestWeb, path: string, headers: Record<string, string> = {}): Promise<number> {
  const begun = performance.now();
  const response = await fetch(url + path, { headers, redirect: 'manual' });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${url}${path}: ${response.status}`);
  return performance.now() - begun;
}

const p50 = (times: number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** @returns by how much a session makes a request longer, at p50, in milliseconds. */
async function measure(path: string): Promise<number> {
  const mine = await signIn(on.url, 'Ada');
  const strangers: Record<string, string>[] = [];
  for (let count = 0; count < STRANGERS; count++) strangers.push(await signIn(other.url, 'Ada'));
  const [floor, known, unknown]: number[][] = [[], [], []];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const pair = [await time(off, path), await time(on, path, mine)];
    if (round < 0) continue;
    floor?.push(pair[0] ?? 0);
    known?.push(pair[1] ?? 0);
  }
  for (const stranger of strangers) unknown?.push(await time(on, path, stranger));
  await sql.query('TRUNCATE sign_in_attempts');
  const least = p50(floor ?? []);
  const row = (what: string, times: number[] = []) => ({
    what,
    'p50 ms': p50(times).toFixed(2),
    'p99 ms': summarise(times).p99,
    'of the floor': (p50(times) / least).toFixed(2),
    'more, ms': (p50(times) - least).toFixed(2),
  });
  printTable(`${path}, one request at a time`, [
    row('floor: without accounts', floor),
    row('with a session', known),
    row('with one that the process does not know yet', unknown),
  ]);
  return p50(known ?? []) - least;
}

/** @returns for how many seconds a session opens the other process once it has been revoked in the first. */
async function outlive(): Promise<number> {
  const [kept, revoked] = [await signIn(on.url, 'Ada'), await signIn(on.url, 'Ada')];
  for (const web of [on, other]) await time(web, '/api/counts', revoked);
  const action = 'app/account/access-actions.ts#revokeOtherSessions';
  await sendForm({ url: on.url, headers: kept }, '/settings/sessions', action, {});
  const begun = performance.now();
  const status = async ({ url }: TestWeb) => (await fetch(`${url}/api/counts`, { headers: revoked })).status;
  if ((await status(on)) !== 401)
    throw new Error('A revoked session still opens the process that revoked it.');
  while ((await status(other)) !== 401) {
    if (performance.now() - begun > 2000 * MOST_S) throw new Error('A revoked session does not end.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return (performance.now() - begun) / 1000;
}

const costs: number[] = [];
for (const path of PATHS) costs.push(await measure(path));
const seconds = await outlive();
process.stdout.write(
  `\nRevoked in one web process, a session opened another one for ${seconds.toFixed(1)} s more.\n`,
);
const isGood = Math.max(...costs) < MOST_MS && seconds < MOST_S;
await Promise.all([off, on, other].map((web) => web.end('SIGTERM')));
await sql.end();
await postgres.stop();
process.exit(isGood ? 0 : 1);
