import { once } from 'node:events';
import { connect } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuild } from '../support/ensure-build';
import { eventually } from '../support/eventually';
import type { TestDatabase } from '../support/postgres';
import { usePostgres } from '../support/use-postgres';
import { startWebProcess, type TestWeb } from '../support/web';

/** The web process from outside: what it lets in, and what it tells. */

const METRICS_TOKEN = 'a token of sixteen and more'.replaceAll(' ', '-');

let database: TestDatabase;
let web: TestWeb;
let sql: pg.Client;

beforeAll(async () => {
  await ensureBuild();
  database = await usePostgres().createDatabase();
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  web = await startWebProcess({ DATABASE_URL: database.url, METRICS_TOKEN, TRUST_PROXY: '1' });
}, 180_000);
afterAll(async () => {
  await web.end('SIGTERM');
  await sql.end();
  await database.drop();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(web.url + path, { headers, redirect: 'manual' });

/** Sends bytes as they are, and reads the answer to its end. */
async function sendRaw(text: string): Promise<string> {
  const socket = connect(web.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

describe('a bug', () => {
  beforeAll(() => sql.query('ALTER TABLE subscriptions RENAME TO hidden'));
  afterAll(() => sql.query('ALTER TABLE hidden RENAME TO subscriptions'));

  const STACK = /\bat \w+ \(|node_modules|PrismaClient|subscriptions|relation/;

  it('on a page shows a number that the log has', async () => {
    const response = await get('/feeds');
    const html = await response.text();
    expect(html).not.toMatch(STACK);
    const digest = /"digest":"(\d+)"|\\"digest\\":\\"(\d+)\\"|data-dgst="(\d+)"/.exec(html);
    const id = digest?.[1] ?? digest?.[2] ?? digest?.[3];
    expect(id).toBeDefined();
    const line = await eventually(
      () =>
        web
          .output()
          .split('\n')
          .find((each) => each.includes(String(id))),
      'the line of the log',
    );
    expect(JSON.parse(line ?? '')).toMatchObject({ level: 50, err: { stack: expect.stringMatching(/at /) } });
  });

  it('in data is told as a number that the log has', async () => {
    const response = await get('/api/counts');
    expect(response.status).toBe(500);
    const { error } = await response.json();
    expect(Object.keys(error)).toEqual(['code', 'message', 'id']);
    expect(error).toMatchObject({ code: 'internal', id: expect.stringMatching(/^[\da-f-]{36}$/) });
    expect(JSON.stringify(error)).not.toMatch(STACK);
    const line = await eventually(
      () =>
        web
          .output()
          .split('\n')
          .find((each) => each.includes(error.id)),
      'the line of the log',
    );
    expect(JSON.parse(line ?? '')).toMatchObject({
      path: '/api/counts',
      err: { stack: expect.any(String) },
    });
  });
});

describe('nobody is led elsewhere', () => {
  it.each([
    '//evil.example',
    '//evil.example/',
    '//evil.example/..',
    '/\\evil.example',
    '/\\evil.example/',
    '/feeds//',
    '///evil.example/%2e%2e',
    '/%2f%2fevil.example/',
    '/%5cevil.example/',
    '/.//evil.example/',
    '/feeds/..//evil.example',
  ])('by %s', async (path) => {
    const answer = await sendRaw(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nConnection: close\r\n\r\n`,
    );
    const targets = [...answer.matchAll(/^(?:location: |refresh: 0;url=)(.*)\r$/gim)];
    for (const [, target = ''] of targets) expect(new URL(target, web.url).origin).toBe(web.url);
  });
});

describe('what comes from elsewhere', () => {
  it.each(['/', '/feeds', '/feeds/1', '/api/items', '/api/mark-read', '/icons/a/32', '/nowhere'])(
    'changes nothing at %s',
    async (path) => {
      for (const headers of [{}, { Origin: 'https://evil.example' }, { Origin: 'null' }] as Record<
        string,
        string
      >[])
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
          const response = await fetch(web.url + path, { method, headers, body: 'x' });
          expect(response.status).toBe(403);
          expect(await response.text()).toMatch(/Origin|another site/);
        }
    },
  );
  it('is believed about its host by a proxy only', async () => {
    const forged = { Origin: 'https://evil.example', 'X-Forwarded-Host': 'evil.example' };
    // With TRUST_PROXY=1 whoever connects is the proxy.
    expect((await fetch(web.url, { method: 'POST', headers: forged })).status).not.toBe(403);
  });
  it('is closed when it wants another protocol', async () => {
    const head = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    expect(await sendRaw(head)).toMatch(/^(?:HTTP\/1\.1 [45]\d\d|$)/);
  });
});

describe('figures', () => {
  const elsewhere = { 'X-Forwarded-For': '203.0.113.9' };
  it('are for this machine while there are no accounts, and for a token', async () => {
    expect(await (await get('/metrics')).text()).toContain('tidings_process_cpu');
    const refused = await get('/metrics', elsewhere);
    expect(refused.status).toBe(401);
    expect(await refused.text()).toMatch(/METRICS_TOKEN/);
    for (const token of ['', 'wrong', `${METRICS_TOKEN}x`])
      expect((await get('/metrics', { ...elsewhere, Authorization: `Bearer ${token}` })).status).toBe(401);
    const told = await get('/metrics', { ...elsewhere, Authorization: `Bearer ${METRICS_TOKEN}` });
    expect(told.status).toBe(200);
    expect(await told.text()).not.toContain(METRICS_TOKEN);
  });

  it('say what waits in the database though no worker lives, and nothing that only a worker knows', async () => {
    const figures = async () => (await get('/metrics')).text();
    expect(await figures()).toMatch(/^tidings_search_waiting_items 0$/m);
    await sql.query(
      `INSERT INTO item_search_queue (item_id, queued_at) SELECT id, now() - interval '90 s' FROM generate_series(1, 3) AS id`,
    );
    const told = await figures();
    expect(told).toMatch(/^tidings_search_waiting_items 3$/m);
    expect(Number(/^tidings_search_lag_seconds ([\d.]+)$/m.exec(told)?.[1])).toBeGreaterThanOrEqual(90);
    expect(told).not.toMatch(/^tidings_due_feeds/m);
    await sql.query('ALTER TABLE item_search_queue RENAME TO hidden');
    const without = await figures();
    expect(without).toContain('tidings_process_cpu');
    expect(without).not.toMatch(/^tidings_search_(?:waiting|lag)/m);
    await sql.query('ALTER TABLE hidden RENAME TO item_search_queue');
    await sql.query('TRUNCATE item_search_queue');
  });
});

it('every answer has the headers that browsers need', async () => {
  const css = /\/_next\/static\/[^"]+\.css/.exec(await (await get('/')).text())?.[0] ?? '';
  for (const path of [
    '/',
    '/feeds/1',
    '/nowhere',
    '/api/health-line',
    '/icon.svg',
    '/manifest.webmanifest',
    '/healthz',
    css,
  ]) {
    const { headers } = await get(path);
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('referrer-policy'), path).toBe('same-origin');
    expect(headers.get('content-security-policy'), path).toMatch(/frame-ancestors 'none'/);
    expect(headers.get('strict-transport-security'), path).toBeNull();
    expect(headers.get('x-powered-by'), path).toBeNull();
  }
  const behind = await get('/', { 'X-Forwarded-Proto': 'https' });
  expect(behind.headers.get('strict-transport-security')).toMatch(/max-age=/);
});
