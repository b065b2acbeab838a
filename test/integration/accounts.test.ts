import type pg from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addAccount, addToken, PASSWORD } from '../support/account-rows';
import { cookiesOf, enter, sendForm, signIn } from '../support/accounts';
import { emptyTables } from '../support/empty-tables';
import { useWeb } from '../support/use-web';
import type { TestWeb } from '../support/web';

// Each request can say where it is from.
const stage = useWeb({ TRUST_PROXY: '127.0.0.0/8' });
let sql: pg.Client;
let web: TestWeb;

beforeAll(async () => {
  ({ sql } = stage.current);
  web = await stage.current.start();
});
beforeEach(() => emptyTables(sql, 'users, feeds, sign_in_attempts'));

const from = (address: string) => ({ 'x-forwarded-for': address });

/** What the sign-in page says to an attempt; null where it lets in. */
async function attempt(
  url: string,
  name: string,
  password: string,
  address = '192.0.2.1',
): Promise<string | null> {
  const response = await enter(url, name, password, from(address));
  const said = /"message":"([^"]+)"/.exec(await response.text())?.[1];
  return cookiesOf(response) === '' ? (said ?? 'nothing') : null;
}

describe('attempts to sign in', () => {
  const WRONG = 'That name and password do not belong together.';

  it('are counted for an account, by all web processes together, from wherever they come', async () => {
    await addAccount(sql, 'Ada');
    await addAccount(sql, 'Grace');
    const other = await stage.current.start();
    for (let count = 0; count < 10; count++) {
      const { url } = count % 2 === 0 ? web : other;
      expect(await attempt(url, count % 3 === 0 ? 'ada' : ' ADA', 'guessed', `192.0.2.${count}`)).toBe(WRONG);
    }
    for (const { url } of [web, other])
      expect(await attempt(url, 'Ada', PASSWORD, '192.0.2.99')).toMatch(/^Too many attempts/);
    expect(await attempt(other.url, 'Grace', PASSWORD)).toBeNull();
    // A quarter of an hour later.
    await sql.query("UPDATE sign_in_attempts SET reset_at = now() - interval '1 second'");
    expect(await attempt(other.url, 'Ada', PASSWORD)).toBeNull();
  });

  it('are counted for an address, whatever the name; those that succeed for the account no longer', async () => {
    await addAccount(sql, 'Ada');
    expect(await attempt(web.url, 'Ada', 'guessed')).toBe(WRONG);
    expect(await attempt(web.url, 'Ada', PASSWORD)).toBeNull();
    expect(
      (await sql.query("SELECT key FROM sign_in_attempts WHERE key LIKE 'name:%' OR key LIKE 'browser:%'"))
        .rows,
    ).toEqual([]);
    await sql.query("UPDATE sign_in_attempts SET count = 49 WHERE key LIKE 'address:%'");
    expect(await attempt(web.url, 'whoever', 'guessed')).toBe(WRONG);
    for (let count = 0; count < 11; count++)
      expect(await attempt(web.url, 'Ada', PASSWORD)).toMatch(/^Too many attempts/);
    expect(await attempt(web.url, 'Ada', PASSWORD, '192.0.2.2')).toBeNull();
    expect(JSON.stringify((await sql.query('SELECT * FROM sign_in_attempts')).rows)).not.toMatch(/ada|192/i);
  });

  it('are answered alike and as fast, whether or not there is such an account', async () => {
    await addAccount(sql, 'Ada');
    const disabled = await addAccount(sql, 'Grace');
    await sql.query('UPDATE users SET disabled_at = now() WHERE id = $1', [disabled]);
    // Signs in through a provider only.
    await sql.query("INSERT INTO users (name, username) VALUES ('Rear', 'rear')");
    const names = ['ada', 'nobody', 'grace', 'rear'];
    const times = new Map<string, number[]>(names.map((name) => [name, []]));
    // The quickest: what else the machine does only adds to it, for as many rounds as it is busy. Hashing is most of it.
    const ratios = () => {
      const [known = 0, ...others] = names.map((name) => Math.min(...(times.get(name) ?? [])));
      return others.map((other) => Math.max(other / known, known / other));
    };
    for (let round = 0; round < 6 || (round < 30 && Math.max(...ratios()) >= 1.5); round++) {
      for (const name of names) {
        const begun = performance.now();
        expect(await attempt(web.url, name, 'guessed')).toBe(WRONG);
        times.get(name)?.push(performance.now() - begun);
      }
    }
    for (const ratio of ratios()) expect(ratio).toBeLessThan(1.5);
  });
});

describe('a token', () => {
  const ask = async (token: string, method = 'GET') => {
    const response = await fetch(`${web.url}/api/${method === 'GET' ? 'counts' : 'items'}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(method === 'PATCH' && { body: JSON.stringify({ ids: [1], read: true }) }),
    });
    return response.status;
  };

  it('opens as much as it may, and ends with its user', async () => {
    const userId = await addAccount(sql, 'Ada');
    const reading = await addToken(sql, userId, 'READ');
    const writing = await addToken(sql, userId, 'WRITE');
    expect(await ask(reading)).toBe(200);
    expect(await ask(reading, 'PATCH')).toBe(403);
    expect(await ask(writing, 'PATCH')).toBe(200);
    // Whatever session comes along.
    const response = await fetch(`${web.url}/api/counts`, {
      headers: { ...(await signIn(web.url, 'Ada')), authorization: 'Bearer tidings_none' },
    });
    expect(response.status).toBe(401);
    const { rows } = await sql.query('SELECT last_used_at, t::text AS kept FROM api_tokens t ORDER BY id');
    expect(rows[0].last_used_at).toBeInstanceOf(Date);
    expect(rows[0].kept).not.toContain(reading.slice(10));
    await sql.query('UPDATE users SET disabled_at = now()');
    expect(await ask(reading)).toBe(401);
    await sql.query('DELETE FROM users');
    expect(await ask(writing, 'PATCH')).toBe(401);
  });
});

/** A feed that is read, with items; not due before tomorrow. */
async function addFeed(url: string, ...readers: number[]): Promise<number> {
  const { rows } = await sql.query(
    "INSERT INTO feeds (url, host, title, status) VALUES ($1, 'a.example', $1, 'READY') RETURNING id",
    [url],
  );
  const feedId = rows[0].id;
  await sql.query(
    `UPDATE feed_schedules SET next_fetch_at = now() + interval '1 day', sweep_at = now() + interval '1 day'
     WHERE feed_id = $1`,
    [feedId],
  );
  await sql.query(
    `INSERT INTO items (feed_id, identity, content_hash, title, url, html, excerpt, sort_at, categories)
     VALUES ($1, 'a', 'b', 'An item', $2, '', '', now(), '{}')`,
    [feedId, `${url}/item`],
  );
  for (const reader of readers)
    await sql.query('INSERT INTO subscriptions (user_id, feed_id, keep_days) VALUES ($1, $2, 30)', [
      reader,
      feedId,
    ]);
  return feedId;
}

const states = (userId: number) =>
  sql.query(
    'INSERT INTO item_states (user_id, item_id, read, starred_at) SELECT $1, id, true, now() FROM items',
    [userId],
  );

describe('whoever leaves', () => {
  it('takes everything along, leaves to others what they read, and nothing else', async () => {
    const ada = await addAccount(sql, 'Ada');
    const grace = await addAccount(sql, 'Grace');
    const shared = await addFeed('https://shared.example/feed', ada, grace);
    const alone = await addFeed('https://alone.example/feed', grace);
    const own = await addFeed(`https://own.example/feed#private-${grace}`, grace);
    const folder = await sql.query("INSERT INTO folders (user_id, name) VALUES ($1, 'Sea') RETURNING id", [
      grace,
    ]);
    await sql.query('UPDATE subscriptions SET folder_id = $1 WHERE user_id = $2', [folder.rows[0].id, grace]);
    await states(grace);
    await states(ada);
    await addToken(sql, grace, 'WRITE');
    const caller = { url: web.url, headers: await signIn(web.url, 'Grace') };

    const exported = await (await fetch(`${web.url}/settings/export`, { headers: caller.headers })).json();
    expect(exported.user).toMatchObject({ name: 'Grace' });
    expect(exported.settings).toMatchObject({ theme: 'system' });
    expect(exported.folders).toEqual(['Sea']);
    const urls = ['https://shared.example/feed', 'https://alone.example/feed', 'https://own.example/feed'];
    expect(exported.subscriptions).toMatchObject(urls.map((url) => ({ url, folder: 'Sea', keepDays: 30 })));
    expect(exported.items).toMatchObject(
      urls.map((feed) => ({ feed, title: 'An item', read: true, starredAt: expect.any(String) })),
    );
    expect(JSON.stringify(exported)).not.toMatch(/scrypt|tidings_/);

    const leave = (password: string) =>
      sendForm(caller, '/settings/account', 'app/account/account-actions.ts#removeAccount', { password }, {});
    expect(await (await leave('guessed')).text()).toContain('That is not the password of this account.');
    expect((await leave(PASSWORD)).headers.get('x-action-redirect')).toMatch(/^\/sign-in/);
    const left = await fetch(`${web.url}/api/counts`, { headers: caller.headers });
    expect(left.status).toBe(401);
    expect(await attempt(web.url, 'Grace', PASSWORD)).toMatch(/do not belong together/);

    // In every table that knows users.
    const { rows: tables } = await sql.query(
      "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'user_id'",
    );
    expect(tables.length).toBeGreaterThan(8);
    for (const { table_name: table } of tables) {
      const { rows } = await sql.query(`SELECT FROM "${table}" WHERE user_id = $1`, [grace]);
      expect(rows, table).toEqual([]);
    }
    const { rows: feeds } = await sql.query(
      'SELECT feed_id, sweep_at IS NOT NULL AS fetched FROM feed_schedules ORDER BY feed_id',
    );
    expect(feeds).toEqual([
      { feed_id: shared, fetched: true },
      { feed_id: alone, fetched: false },
    ]);
    expect((await sql.query('SELECT FROM feeds WHERE id = $1', [own])).rows).toEqual([]);
    const kept = await sql.query('SELECT item_id FROM item_states WHERE user_id = $1', [ada]);
    expect(kept.rows).toHaveLength(2);
  });

  it('is not the owner, whose account holds the installation', async () => {
    await addAccount(sql, 'Ada', 'OWNER');
    const caller = { url: web.url, headers: await signIn(web.url, 'Ada') };
    const fields = { password: PASSWORD };
    const action = 'app/account/account-actions.ts#removeAccount';
    const answer = await sendForm(caller, '/settings/account', action, fields, {});
    expect(await answer.text()).toContain('holds the installation');
    expect((await sql.query('SELECT FROM users')).rows).toHaveLength(1);
  });
});

const REVOKE_OTHERS = 'app/account/access-actions.ts#revokeOtherSessions';

it('a session gets its full time again where a browser can be told so, once a day', async () => {
  await addAccount(sql, 'Ada');
  const headers = await signIn(web.url, 'Ada');
  const days = async () => {
    const { rows } = await sql.query(
      'SELECT round(extract(epoch FROM expires_at - now()) / 86400)::int AS days FROM sessions',
    );
    return rows[0].days;
  };
  expect(await days()).toBe(60);
  await sql.query("UPDATE sessions SET expires_at = now() + interval '40 days'");
  // What the process remembers of the session is forgotten with this.
  await sendForm({ url: web.url, headers }, '/settings/sessions', REVOKE_OTHERS, {});
  // The page fills the process's memory; the request of its script comes right after.
  await fetch(`${web.url}/settings/account`, { headers });
  expect(await days()).toBe(40);
  const answer = await fetch(`${web.url}/api/counts`, { headers });
  expect(await days()).toBe(60);
  expect(headers.cookie.split('; ')).toContain(cookiesOf(answer));
});
