import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addAccount, PASSWORD } from '../support/account-rows';
import { cookiesOf, sendForm, signIn } from '../support/accounts';
import { emptyTables } from '../support/empty-tables';
import { type OidcProvider, startOidcProvider } from '../support/oidc-provider';
import { useWeb } from '../support/use-web';
import type { TestWeb } from '../support/web';

const stage = useWeb();
let provider: OidcProvider;
let sql: pg.Client;
/** One that gives accounts to whoever the provider knows, and one that does not. */
let open: TestWeb;
let closed: TestWeb;

beforeAll(async () => {
  ({ sql } = stage.current);
  provider = await startOidcProvider();
  const start = (signUp: 'on' | 'off') =>
    stage.current.start({
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_SIGN_UP: signUp,
    });
  [open, closed] = await Promise.all([start('on'), start('off')]);
});
beforeEach(async () => {
  await emptyTables(sql, 'users, sign_in_attempts, verifications');
  Object.assign(provider, { forged: {}, wrongKey: false, down: false });
  provider.person = { sub: 'g1', preferred_username: 'Grace', email: 'grace@harbour.example' };
});
afterAll(() => provider?.close());

const ENTER = ['/sign-in', 'app/account/provider-actions.ts#enterWithProvider'] as const;
const CONNECT = ['/settings/account', 'app/account/provider-actions.ts#connectProvider'] as const;

interface Trip {
  /** Where the browser comes back to. */
  location: string;
  cookie: string;
}

/** Presses a button, and goes to the provider and back as a browser does. @param change of the address to come back to. */
async function travel(
  { url }: TestWeb,
  [page, action]: typeof ENTER | typeof CONNECT,
  cookie = '',
  change = (back: string) => back,
): Promise<Trip> {
  const fields = { to: '/starred', password: PASSWORD };
  const state = action === CONNECT[1] ? { message: null } : undefined;
  const begun = await sendForm({ url, headers: { cookie } }, page, action, fields, state);
  const there = begun.headers.get('x-action-redirect')?.replace(/;push$/, '') ?? '';
  if (!there.startsWith(provider.issuer)) return { location: there, cookie: '' };
  const passed = await fetch(there, { redirect: 'manual' });
  const jar = [cookie, cookiesOf(begun)].filter(Boolean).join('; ');
  const back = await fetch(change(passed.headers.get('location') ?? ''), {
    redirect: 'manual',
    headers: { cookie: jar },
  });
  return { location: back.headers.get('location') ?? '', cookie: cookiesOf(back) };
}

async function nameOf({ url }: TestWeb, cookie: string): Promise<string | undefined> {
  const page = await (await fetch(`${url}/settings/account`, { headers: { cookie } })).text();
  return /Signed in as ([^"]+)"/.exec(page)?.[1];
}

const countUsers = async () => Number((await sql.query('SELECT count(*) FROM users')).rows[0].count);

describe('a provider', () => {
  it('gives whoever it knows an account, and lets them in again', async () => {
    const first = await travel(open, ENTER);
    expect(first.location).toBe('/starred');
    expect(await nameOf(open, first.cookie)).toBe('Grace');
    const again = await travel(open, ENTER);
    expect(await nameOf(open, again.cookie)).toBe('Grace');
    expect(await countUsers()).toBe(1);
    // Somebody else of the same name.
    provider.person = { sub: 'g2', preferred_username: 'grace', email: 'other@harbour.example' };
    expect(await nameOf(open, (await travel(open, ENTER)).cookie)).toBe('grace2');
    const { rows } = await sql.query('SELECT DISTINCT access_token, refresh_token, id_token FROM accounts');
    expect(rows).toEqual([{ access_token: null, refresh_token: null, id_token: null }]);
  });

  it('need not tell addresses', async () => {
    provider.person = { sub: 'h1', preferred_username: 'Hedy' };
    for (let time = 0; time < 2; time++) {
      expect(await nameOf(open, (await travel(open, ENTER)).cookie)).toBe('Hedy');
    }
    expect((await sql.query('SELECT name, email FROM users')).rows).toEqual([{ name: 'Hedy', email: null }]);
  });

  it('gives nobody an account where that is not wanted, and lets in whoever has connected theirs', async () => {
    const refused = await travel(closed, ENTER);
    expect(refused.location).toMatch(/^\/sign-in\?.*error=signup_disabled/);
    expect(refused.cookie).not.toContain('session_token');
    expect(await countUsers()).toBe(0);
    await addAccount(sql, 'Ada');
    const { cookie } = await signIn(closed.url, 'Ada');
    const connected = await travel(closed, CONNECT, cookie);
    expect(connected.location).toBe('/settings/account');
    expect(await nameOf(closed, (await travel(closed, ENTER)).cookie)).toBe('Ada');
  });

  it('cannot take an account over by its email address, or connect one that is connected', async () => {
    const ada = await addAccount(sql, 'Ada');
    await sql.query("UPDATE users SET email = 'grace@harbour.example' WHERE id = $1", [ada]);
    const trip = await travel(open, ENTER);
    expect(trip.location).toMatch(/^\/sign-in\?.*error=/);
    expect(trip.cookie).not.toContain('session_token');
    await sql.query('UPDATE users SET email = NULL');
    await travel(open, ENTER);
    const { cookie } = await signIn(open.url, 'Ada');
    expect((await travel(open, CONNECT, cookie)).location).toMatch(/error=/);
    const { rows } = await sql.query(
      "SELECT name FROM users u JOIN accounts a ON user_id = u.id AND provider_id = 'oidc'",
    );
    expect(rows).toEqual([{ name: 'Grace' }]);
  });

  it.each([
    ['a key of somebody else’s', () => ({ wrongKey: true })],
    ['another issuer', () => ({ forged: { iss: 'https://evil.example' } })],
    ['another client in mind', () => ({ forged: { aud: 'another' } })],
    ['the nonce of another sign-in', () => ({ forged: { nonce: 'another' } })],
    ['an end that has passed', () => ({ forged: { exp: 1_700_000_000 } })],
  ])('is not believed with %s', async (_what, forge) => {
    Object.assign(provider, forge());
    const trip = await travel(open, ENTER);
    expect(trip.location).toMatch(/error=/);
    expect(trip.cookie).not.toContain('session_token');
    expect(await countUsers()).toBe(0);
  });

  it('cannot lead anybody in who did not begin here', async () => {
    const trip = await travel(open, ENTER, '', (back) => back.replace(/state=[^&]+/, 'state=another'));
    expect(trip.cookie).not.toContain('session_token');
    expect(await countUsers()).toBe(0);
  });

  it('does not let in whoever is kept out', async () => {
    await travel(open, ENTER);
    await sql.query('UPDATE users SET disabled_at = now()');
    const trip = await travel(open, ENTER);
    expect(trip.cookie).not.toContain('session_token');
    expect(trip.location).toMatch(/^\/sign-in\?.*error=/);
  });

  it('that does not answer is said to do so', async () => {
    const waiting = await stage.current.start({
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
    });
    provider.down = true;
    expect((await travel(waiting, ENTER)).location).toBe('/sign-in?error=provider');
    provider.down = false;
    // And when it does again, it is asked anew.
    expect((await travel(waiting, ENTER)).location).toMatch(/error=signup_disabled/);
  });
});
