import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFresh } from '../../scripts/build/fingerprint.mjs';
import { run } from '../../scripts/lib/run.mjs';
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
import { ABSENT, dumpVictim, type Ids, makeVictim, SECRET } from '../support/ownership/victim';
import type { TestDatabase } from '../support/postgres';
import { usePostgres } from '../support/use-postgres';
import { startWebProcess, type TestWeb } from '../support/web';

/**
 * What is somebody's is nobody else's: every page, route and server action of the build is asked for what belongs to
 * Alice, by somebody who is not Alice. Nothing may be seen, nothing changed, and the answer must be the same as for
 * something that does not exist.
 */

const root = new URL('../..', import.meta.url).pathname;
let database: TestDatabase;
let sql: pg.Client;
let web: TestWeb;
let alice: Ids;

beforeAll(async () => {
  if (!isFresh(root)) await run(process.execPath, ['scripts/build.mjs'], { cwd: root });
  database = await usePostgres().createDatabase();
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  alice = await makeVictim(sql);
  web = await startWebProcess({ DATABASE_URL: database.url });
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
async function compare(name: string, ask: (ids: Ids) => Promise<Answer>, varies = false): Promise<void> {
  const before = await dumpVictim(sql, alice);
  const hers = await ask(alice);
  const after = await dumpVictim(sql, alice);
  const absent = await ask(ABSENT);
  expect(after, `${name} changes`).toEqual(before);
  expect(hers.body, `${name} tells`).not.toContain(SECRET);
  expect(hers.status, `${name} fails`).not.toBe(500);
  if (!varies) expect(level(hers), name).toEqual(level(absent));
}

describe.each<[string, () => Caller]>([['another reader', () => ({ url: web.url, headers: {} })]])(
  '%s',
  (_who, caller) => {
    it.each(Object.keys(ROUTES))('at %s', async (route) => {
      for (const probe of ROUTES[route] ?? []) {
        const name = `${probe.method ?? 'GET'} ${probe.path(alice)}`;
        await compare(name, (ids) => askRoute(caller(), probe, ids), probe.varies);
      }
    });

    it.each(Object.keys(ACTIONS))('by %s', async (action) => {
      const id = listActions().get(action) ?? '';
      for (const probe of ACTIONS[action] ?? []) {
        await compare(`${action} ${JSON.stringify(probe.fields(alice))}`, async (ids) => {
          const answer = await callAction(caller(), id, probe, ids);
          expect(answer.status, answer.body).toBeLessThan(400);
          return answer;
        });
      }
    });
  },
);

it('reaches the actions: one’s own can be changed so', async () => {
  const { rows } = await sql.query("SELECT id FROM users WHERE name = 'owner'");
  const made = await sql.query('INSERT INTO folders (user_id, name) VALUES ($1, $2) RETURNING id', [
    rows[0].id,
    'Mine',
  ]);
  const action = 'app/feeds/folder-actions.ts#nameFolder';
  const id = listActions().get(action) ?? '';
  const own = { ...ABSENT, folder: made.rows[0].id };
  for (const probe of ACTIONS[action] ?? []) await callAction({ url: web.url, headers: {} }, id, probe, own);
  const renamed = await sql.query('DELETE FROM folders WHERE id = $1 RETURNING name', [own.folder]);
  expect(renamed.rows).toEqual([{ name: 'Mine now' }]);
});

it.each(Object.keys(ROUTES))('%s takes no method that is not known here', async (route) => {
  const known = new Set((ROUTES[route] ?? []).map(({ method = 'GET' }) => method));
  const [probe] = ROUTES[route] ?? [];
  if (probe === undefined || !/^\/(?:api|export|websub|icons|metrics|healthz|readyz)\b/.test(route)) return;
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    if (known.has(method)) continue;
    const answer = await askRoute({ url: web.url, headers: {} }, { method, path: probe.path }, ABSENT);
    expect(answer.status, `${method} ${route}`).toBe(405);
  }
});
