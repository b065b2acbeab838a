import type pg from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addAccount, PASSWORD } from '../support/account-rows';
import { cookiesOf, enter, sendForm, signIn } from '../support/accounts';
import { emptyTables } from '../support/empty-tables';
import { codeOf } from '../support/totp';
import { useWeb } from '../support/use-web';
import type { TestWeb } from '../support/web';

// Each request can say where it is from.
const stage = useWeb({ TRUST_PROXY: '127.0.0.0/8' });
let sql: pg.Client;
let web: TestWeb;
let other: TestWeb;

beforeAll(async () => {
  const { start } = stage.current;
  ({ sql } = stage.current);
  [web, other] = await Promise.all([start(), start()]);
});
beforeEach(() => emptyTables(sql, 'users, sign_in_attempts, verifications'));

const PAGE = '/settings/account';
const ACCOUNT = 'app/account/account-actions.ts';
const WRONG = 'That is not the password of this account.';

/** What a form says is wrong, or the place that it leads to. */
async function saidBy(response: Response): Promise<string> {
  const text = await response.text();
  const said = /"(?:message|refused)":"([^"]+)"/.exec(text)?.[1];
  return said ?? response.headers.get('x-action-redirect') ?? text;
}

describe('a code of an authenticator app', () => {
  /** Sets an app up. @returns its secret, and the code that showed it. */
  async function setUp(cookie: string): Promise<{ secret: string; first: string }> {
    const caller = { url: web.url, headers: { cookie } };
    const fields = { password: PASSWORD };
    const action = `${ACCOUNT}#setUpSecondStep`;
    const state = { step: 'password', message: null };
    const begun = await (await sendForm(caller, PAGE, action, fields, state)).text();
    const secret = /"secret":"([^"]+)"/.exec(begun)?.[1] ?? '';
    const app = { secret, outline: '', size: 1, recoveryCodes: [] };
    const scan = { step: 'scan', app, message: null };
    const first = codeOf(secret);
    const done = await sendForm(caller, PAGE, action, { code: first }, scan);
    expect(await done.text()).toContain('"step":"done"');
    return { secret, first };
  }

  const enterCode = (url: string, cookie: string, code: string) =>
    sendForm(
      { url, headers: { cookie } },
      '/sign-in/code',
      'app/account/entry-actions.ts#enterCode',
      { code, to: '/' },
      { message: null },
    );

  it('lets in once, however many web processes get it at the same time', async () => {
    await addAccount(sql, 'Ada');
    const { secret, first } = await setUp((await signIn(web.url, 'Ada')).cookie);
    const begin = async (url: string) => cookiesOf(await enter(url, 'Ada'));
    const places = [web.url, other.url, web.url, other.url];
    const steps = await Promise.all(places.map(begin));
    expect(steps.join()).not.toContain('session_token');
    // The one that has set it up is used; the next is taken a little early.
    const code = codeOf(secret, Date.now() + 30_000);
    const answers = await Promise.all(places.map((url, index) => enterCode(url, steps[index] ?? '', code)));
    const isIn = (answer: Response) => cookiesOf(answer).includes('session_token');
    expect(answers.filter(isIn)).toHaveLength(1);
    for (const answer of answers.filter((each) => !isIn(each)))
      expect(await saidBy(answer)).toMatch(/^That code has been used already/);
    const { rows } = await sql.query('SELECT count(*)::int AS sessions FROM sessions');
    expect(rows).toEqual([{ sessions: 2 }]);
    // Nor the one that has set it up.
    const late = await enterCode(other.url, await begin(other.url), first);
    expect(isIn(late)).toBe(false);
  });

  it('is not found by trying, in a browser that is signed in', async () => {
    await addAccount(sql, 'Ada');
    const { cookie } = await signIn(web.url, 'Ada');
    const caller = { url: web.url, headers: { cookie } };
    const app = { secret: '', outline: '', size: 1, recoveryCodes: [] };
    const said: string[] = [];
    for (let count = 0; count < 11; count++) {
      const state = { step: 'scan', app, message: null };
      said.push(
        await saidBy(await sendForm(caller, PAGE, `${ACCOUNT}#setUpSecondStep`, { code: '1' }, state)),
      );
    }
    expect(said[9]).not.toMatch(/^Too many attempts/);
    expect(said[10]).toMatch(/^Too many attempts/);
  });
});

describe('a browser that is known', () => {
  const from = (address: string, cookie = '') => ({ 'x-forwarded-for': address, cookie });
  const known = (response: Response) =>
    cookiesOf(response)
      .split('; ')
      .filter((cookie) => cookie.includes('known_browser'))
      .join();
  const isIn = (response: Response) => cookiesOf(response).includes('session_token');

  it('gets in while others guess, and has no more guesses than they have', async () => {
    await addAccount(sql, 'Ada');
    await addAccount(sql, 'Grace');
    const cookie = known(await enter(web.url, 'Ada'));
    expect(cookie).toMatch(/^tidings\.known_browser=/);
    for (let count = 0; count < 10; count++) await enter(web.url, 'Ada', 'guessed', from(`192.0.2.${count}`));
    expect(isIn(await enter(other.url, 'Ada', PASSWORD, from('192.0.2.50')))).toBe(false);
    expect(isIn(await enter(other.url, 'Ada', PASSWORD, from('192.0.2.51', cookie)))).toBe(true);
    // Those who guess have not been forgiven.
    expect(isIn(await enter(other.url, 'Ada', PASSWORD, from('192.0.2.52')))).toBe(false);
    for (let count = 0; count < 10; count++)
      await enter(count % 2 === 0 ? web.url : other.url, 'Ada', 'guessed', from(`192.0.2.${count}`, cookie));
    expect(await saidBy(await enter(web.url, 'Ada', PASSWORD, from('192.0.2.53', cookie)))).toMatch(
      /^Too many attempts/,
    );
  });

  it('is known for its own account only, and cannot be made up', async () => {
    const ada = await addAccount(sql, 'Ada');
    const grace = await addAccount(sql, 'Grace');
    const cookie = known(await enter(web.url, 'Grace'));
    const forged = cookie.replace(`=${grace}.`, `=${ada}.`);
    expect(forged).not.toBe(cookie);
    for (let count = 0; count < 10; count++) await enter(web.url, 'Ada', 'guessed', from(`192.0.2.${count}`));
    for (const false_ of [cookie, forged, `${forged}x`])
      expect(isIn(await enter(web.url, 'Ada', PASSWORD, from('192.0.2.60', false_)))).toBe(false);
  });
});

it('a session that is not to be remembered ends with its browser', async () => {
  await addAccount(sql, 'Ada');
  const fields = { name: 'Ada', password: PASSWORD, to: '/' };
  const state = { message: null, name: '' };
  const action = 'app/account/entry-actions.ts#enter';
  const brief = await sendForm({ url: web.url, headers: {} }, '/sign-in', action, fields, state);
  const long = await enter(web.url, 'Ada');
  const sessionOf = (response: Response) =>
    response.headers.getSetCookie().find((cookie) => cookie.startsWith('tidings.session_token')) ?? '';
  expect(sessionOf(long)).toMatch(/max-age=5184000/i);
  expect(sessionOf(brief)).not.toMatch(/max-age|expires/i);
  const { rows } = await sql.query(
    'SELECT round(extract(epoch FROM expires_at - now()) / 86400)::int AS days FROM sessions ORDER BY id',
  );
  expect(rows).toEqual([{ days: 1 }, { days: 60 }]);
  // Nor does it become one later.
  await sql.query("UPDATE sessions SET expires_at = now() + interval '1 hour'");
  const answer = await fetch(`${web.url}/api/counts`, { headers: { cookie: cookiesOf(brief) } });
  expect(answer.status).toBe(200);
  expect(sessionOf(answer)).not.toMatch(/max-age|expires/i);
});

describe('what a borrowed browser must not do', () => {
  const deeds: [
    string,
    (caller: { url: string; headers: { cookie: string } }, password: string) => Promise<Response>,
  ][] = [
    [
      'make a token',
      (caller, password) =>
        sendForm(
          caller,
          '/settings/tokens',
          'app/account/access-actions.ts#makeToken',
          { name: 'Mine', scope: 'write', password },
          { field: null, message: null, token: null },
        ),
    ],
    ['add a passkey', (caller, password) => sendForm(caller, PAGE, `${ACCOUNT}#allowPasskey`, { password })],
    [
      'ask for codes',
      (caller, password) =>
        sendForm(
          caller,
          PAGE,
          `${ACCOUNT}#setUpSecondStep`,
          { password },
          { step: 'password', message: null },
        ),
    ],
    [
      'change the password',
      (caller, password) =>
        sendForm(
          caller,
          PAGE,
          `${ACCOUNT}#changePassword`,
          { current: password, password: 'another horse entirely' },
          { field: null, message: null },
        ),
    ],
  ];

  it.each(deeds)('%s, without the password', async (_name, ask) => {
    await addAccount(sql, 'Ada');
    const caller = { url: web.url, headers: await signIn(web.url, 'Ada') };
    expect(await saidBy(await ask(caller, 'guessed'))).toBe(WRONG);
    expect(await saidBy(await ask(caller, ''))).toBe(WRONG);
    expect(await saidBy(await ask(caller, PASSWORD))).not.toMatch(/password of this account|Sign out and in/);
  });

  it.each(deeds)('%s, where there is no password, long after signing in', async (_name, ask) => {
    await addAccount(sql, 'Ada');
    const caller = { url: web.url, headers: await signIn(web.url, 'Ada') };
    await sql.query('DELETE FROM accounts');
    // Here it stays known as one that has just begun.
    await fetch(`${web.url}/api/counts`, { headers: caller.headers });
    await sql.query("UPDATE sessions SET created_at = now() - interval '16 minutes'");
    // Another process: it does not remember when the session began.
    expect(await saidBy(await ask({ ...caller, url: other.url }, PASSWORD))).toMatch(/Sign out and in again/);
    expect(await saidBy(await ask(caller, ''))).not.toMatch(/Sign out and in/);
  });

  it('add a passkey by asking for it directly', async () => {
    await addAccount(sql, 'Ada');
    const headers = { ...(await signIn(web.url, 'Ada')), origin: web.url };
    const asked = await fetch(`${web.url}/api/auth/passkey/generate-register-options`, { headers });
    expect(asked.status).toBe(404);
    // The challenge for signing in is for nothing else.
    const challenge = await fetch(`${web.url}/api/auth/passkey/generate-authenticate-options`, { headers });
    const answer = await fetch(`${web.url}/api/auth/passkey/verify-registration`, {
      method: 'POST',
      headers: {
        ...headers,
        cookie: `${headers.cookie}; ${cookiesOf(challenge)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'Mine', response: {} }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'CHALLENGE_NOT_FOUND' });
  });
});
