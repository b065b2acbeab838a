import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAccount, addToken } from '../support/account-rows';
import { sendForm, signIn } from '../support/accounts';
import { ensureBuild } from '../support/ensure-build';
import {
  type Answer,
  askRoute,
  type Caller,
  callAction,
  level,
  listActions,
  listRoutes,
} from '../support/ownership/ask';
import { ACTIONS, ROUTES } from '../support/ownership/probes';
import { ABSENT, dumpVictim, type Ids, makeVictim, SECRET, VICTIM } from '../support/ownership/victim';
import type { TestDatabase } from '../support/postgres';
import { usePostgres } from '../support/use-postgres';
import { startWebProcess, type TestWeb } from '../support/web';

/**
 * What is somebody's is nobody else's: every page, route and server action of the build is asked for what belongs to
 * Alice, by somebody who is not Alice. Nothing may be seen, nothing changed, and the answer must be the same as for
 * something that does not exist.
 */

let database: TestDatabase;
let sql: pg.Client;
let web: TestWeb;
let alice: Ids;
let bob: Record<string, string>;
let bobsProgram: Record<string, string>;
let ended: Record<string, string>;
let hersToRead: string;

const METRICS_TOKEN = randomBytes(16).toString('hex');
const SETTINGS = { AUTH: 'on', SECRET_KEY: randomBytes(32).toString('base64'), METRICS_TOKEN };

beforeAll(async () => {
  await ensureBuild();
  database = await usePostgres().createDatabase();
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  alice = await makeVictim(sql);
  web = await startWebProcess({ DATABASE_URL: database.url, ...SETTINGS });
  const bobsId = await addAccount(sql, 'Bob');
  bob = await signIn(web.url, 'Bob');
  bobsProgram = { authorization: `Bearer ${await addToken(sql, bobsId, 'READ')}` };
  hersToRead = await addToken(sql, alice.user, 'READ');
  // It is known to the process as one that was good a moment ago.
  ended = await signIn(web.url, VICTIM);
  await fetch(`${web.url}/settings/account`, { headers: ended });
  await sendForm(
    { url: web.url, headers: ended },
    '/settings/account',
    'app/account/entry-actions.ts#leave',
    {},
  );
}, 180_000);
afterAll(async () => {
  await web?.end('SIGTERM');
  await sql?.end();
  await database?.drop();
});

it('knows every route and every action of the build, and none that has gone', () => {
  expect(Object.keys(ROUTES).sort(), 'test/support/ownership/probes.ts').toEqual(listRoutes().sort());
  expect(Object.keys(ACTIONS).sort(), 'test/support/ownership/probes.ts').toEqual(
    [...listActions().keys()].sort(),
  );
});

/** Asks for Alice's and for what does not exist, and compares. */
async function compare(name: string, ask: (ids: Ids) => Promise<Answer>, varies = false): Promise<Answer> {
  // How often one may try is another test's matter.
  await sql.query('TRUNCATE sign_in_attempts');
  const before = await dumpVictim(sql, alice);
  const hers = await ask(alice);
  const after = await dumpVictim(sql, alice);
  const absent = await ask(ABSENT);
  expect(after, `${name} changes`).toEqual(before);
  expect(hers.body, `${name} tells`).not.toContain(SECRET);
  expect(hers.status, `${name} fails`).not.toBe(500);
  if (!varies) expect(level(hers), name).toEqual(level(absent));
  return hers;
}

const leadsToSignIn = ({ location }: Answer) => location?.startsWith('/sign-in') === true;

/** Whether somebody may be let in so far: pages know sessions only, data knows tokens as well. */
interface Standing {
  headers: () => Record<string, string>;
  /** By a browser in which they are signed in. */
  inside?: true;
  /** By a token: the JSON API knows whose. */
  token?: true;
}

const CALLERS: [string, Standing][] = [
  ['another reader', { headers: () => bob, inside: true }],
  ['another reader’s program', { headers: () => bobsProgram, token: true }],
  ['somebody who is not signed in', { headers: () => ({}) }],
  ['a session of hers that has ended', { headers: () => ended }],
];

describe.each(CALLERS)('%s', (_who, { headers, inside, token }) => {
  const caller = (): Caller => ({ url: web.url, headers: headers() });

  it.each(Object.keys(ROUTES))('at %s', async (route) => {
    for (const probe of ROUTES[route] ?? []) {
      const name = `${probe.method ?? 'GET'} ${probe.path(alice)}`;
      const answer = await compare(name, (ids) => askRoute(caller(), probe, ids), probe.varies);
      if (inside || probe.open || (token && /^\/(?:api|settings\/export)\b/.test(route))) continue;
      expect(answer.status === 401 || leadsToSignIn(answer), `${name}: ${answer.status}`).toBe(true);
    }
  });

  it.each(Object.keys(ACTIONS))('by %s', async (action) => {
    const id = listActions().get(action) ?? '';
    for (const probe of ACTIONS[action] ?? []) {
      const name = `${action} ${JSON.stringify(probe.fields(alice))}`;
      const answer = await compare(name, (ids) => callAction(caller(), id, probe, ids));
      if (probe.ends && inside) bob = await signIn(web.url, 'Bob');
      if (inside || probe.open)
        expect(answer.status < 400 || answer.status === probe.status, name).toBe(true);
      else expect(leadsToSignIn(answer), name).toBe(true);
    }
  });
});

describe('a program of hers that may only read', () => {
  const caller = (): Caller => ({ url: web.url, headers: { authorization: `Bearer ${hersToRead}` } });

  it('reads what is hers', async () => {
    const answer = await askRoute(caller(), { path: ({ item }) => `/api/items/${item}` }, alice);
    expect(answer.body).toContain(SECRET);
  });

  it.each(Object.keys(ROUTES))('changes nothing at %s', async (route) => {
    for (const probe of ROUTES[route] ?? []) {
      if (probe.method === undefined || probe.open || route.startsWith('/api/auth/')) continue;
      const answer = await compare(`${probe.method} ${route}`, (ids) => askRoute(caller(), probe, ids));
      expect(answer.status).toBe(403);
    }
  });

  it.each(Object.keys(ACTIONS))('does nothing by %s', async (action) => {
    const id = listActions().get(action) ?? '';
    for (const probe of ACTIONS[action] ?? []) {
      const answer = await compare(action, (ids) => callAction(caller(), id, probe, ids));
      if (!probe.open) expect(leadsToSignIn(answer), action).toBe(true);
    }
  });
});

it('reaches the actions: one’s own can be changed so', async () => {
  const { rows } = await sql.query("SELECT id FROM users WHERE name = 'Bob'");
  const made = await sql.query('INSERT INTO folders (user_id, name) VALUES ($1, $2) RETURNING id', [
    rows[0].id,
    'Mine',
  ]);
  const action = 'app/feeds/folder-actions.ts#nameFolder';
  const id = listActions().get(action) ?? '';
  const own = { ...ABSENT, folder: made.rows[0].id };
  for (const probe of ACTIONS[action] ?? []) await callAction({ url: web.url, headers: bob }, id, probe, own);
  const renamed = await sql.query('DELETE FROM folders WHERE id = $1 RETURNING name', [own.folder]);
  expect(renamed.rows).toEqual([{ name: 'Mine now' }]);
});

it('tells its figures to whoever manages it, or has the token for them', async () => {
  const ask = async (headers: Record<string, string>) =>
    (await fetch(`${web.url}/metrics`, { headers })).status;
  expect(await ask({})).toBe(401);
  expect(await ask(bob)).toBe(401);
  expect(await ask(bobsProgram)).toBe(401);
  expect(await ask({ authorization: `Bearer ${METRICS_TOKEN}` })).toBe(200);
  await addAccount(sql, 'Carol', 'ADMIN');
  expect(await ask(await signIn(web.url, 'Carol'))).toBe(200);
});

it.each(Object.keys(ROUTES))('%s takes no method that is not known here', async (route) => {
  const known = new Set((ROUTES[route] ?? []).map(({ method = 'GET' }) => method));
  const [probe] = ROUTES[route] ?? [];
  if (
    probe === undefined ||
    !/^\/(?:api|export|settings\/export|websub|icons|metrics|healthz|readyz)\b/.test(route)
  )
    return;
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    if (known.has(method)) continue;
    const answer = await askRoute({ url: web.url, headers: {} }, { method, path: probe.path }, ABSENT);
    expect(answer.status, `${method} ${route}`).toBe(405);
  }
});
