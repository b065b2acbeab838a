import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../../scripts/lib/run.mjs';
import { PASSWORD } from '../support/account-rows';
import { cookiesOf, enter, sendForm } from '../support/accounts';
import { commandFor, findProgram } from '../support/bundles';
import { ensureBuild } from '../support/ensure-build';
import type { TestDatabase } from '../support/postgres';
import { usePostgres } from '../support/use-postgres';
import { startWebProcess, type TestWeb } from '../support/web';

let database: TestDatabase;
let sql: pg.Client;
let web: TestWeb;
let env: Record<string, string>;

beforeAll(async () => {
  await ensureBuild();
  database = await usePostgres().createDatabase();
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  env = { DATABASE_URL: database.url, AUTH: 'on', SECRET_KEY: randomBytes(32).toString('base64') };
  web = await startWebProcess(env);
  env.BASE_URL = web.url;
}, 180_000);
afterAll(async () => {
  await web?.end('SIGTERM');
  await sql?.end();
  await database?.drop();
});

/** Runs what `npm run user -- …` runs, or what an image has in its place. */
async function user(...args: string[]) {
  const command = commandFor(findProgram('user.js', 'scripts/user.ts'));
  const { code, stdout, stderr } = await run(process.execPath, [...command, ...args], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH, ...env },
  });
  return { code, said: (code === 0 ? stdout : stderr).trim() };
}

/** Follows a one-time link. @returns the cookies of whoever is let in; empty for nobody. */
async function follow(said: string, name: string, password: string): Promise<string> {
  const [, path = '', token = ''] = /https?:\/\/[^/]+(\/welcome\/(\S+))/.exec(said) ?? [];
  const action = 'app/account/entry-actions.ts#followLink';
  const fields = { token, name, email: '', password };
  return cookiesOf(await sendForm({ url: web.url, headers: {} }, path, action, fields, {}));
}

const isIn = async (name: string, password: string) => cookiesOf(await enter(web.url, name, password)) !== '';

it('makes, lists, resets, disables and deletes accounts, by links that work once', async () => {
  const setup = await user('setup');
  expect(await follow(setup.said, 'Ada', PASSWORD)).toContain('session_token');
  expect(await user('setup')).toMatchObject({ code: 1, said: expect.stringContaining('manages this') });

  const made = await user('create', 'Grace', '--email', 'grace@harbour.example', '--admin');
  expect(await user('create', 'GRACE')).toMatchObject({ code: 1, said: expect.stringContaining('already') });
  expect(await isIn('grace', PASSWORD)).toBe(false);
  expect(await follow(made.said, '', PASSWORD)).toContain('session_token');
  expect(await follow(made.said, '', 'another password')).toBe('');
  expect((await user('list')).said).toMatch(/^Ada {2}owner, 0 feeds, seen .*\nGrace {2}admin, 0 feeds, seen/);

  const reset = await user('reset-password', 'grace');
  expect(await follow(reset.said, '', 'quite another password')).toContain('session_token');
  expect(await isIn('Grace', PASSWORD)).toBe(false);
  expect(await isIn('grace@harbour.example', 'quite another password')).toBe(true);
  expect(
    (await sql.query("SELECT FROM sessions s JOIN users u ON u.id = user_id WHERE name = 'Grace'")).rowCount,
  ).toBe(2);

  await sql.query("UPDATE users SET two_factor_enabled = true WHERE name = 'Grace'");
  await user('reset-second-step', 'Grace');
  expect((await sql.query('SELECT FROM users WHERE two_factor_enabled')).rowCount).toBe(0);

  expect((await user('disable', 'Grace')).said).toBe('Grace is disabled.');
  expect((await user('list')).said).toMatch(/Grace .*, disabled$/);
  expect(await isIn('Grace', 'quite another password')).toBe(false);
  await user('enable', 'Grace');
  expect(await isIn('Grace', 'quite another password')).toBe(true);
  expect(await user('disable', 'Ada')).toMatchObject({ code: 1, said: 'The owner cannot be disabled.' });

  expect(await user('delete', 'Grace')).toMatchObject({ code: 1, said: expect.stringContaining('--yes') });
  expect((await user('delete', 'Grace', '--yes')).said).toBe('Grace is removed.');
  expect((await user('list')).said).toMatch(/^Ada .*$/);
  expect(await user('delete', 'Grace', '--yes')).toEqual({
    code: 1,
    said: 'There is no user called Grace.',
  });
});

it.each([[[]], [['dance', 'Ada']], [['list', '--loud']], [['create', 'a b']]])(
  'says how it is used: %j',
  async (args) => {
    const { code, said } = await user(...args);
    expect(code).toBe(1);
    expect(said).toMatch(/Usage|cannot be a name/);
    expect(said).not.toMatch(/\n\s+at /);
  },
);
