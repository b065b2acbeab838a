import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  request,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { guardRequests } from './guard-requests';

type Rules = Parameters<typeof guardRequests>[2];
const RULES: Rules = { AUTH: 'on', HOST: '0.0.0.0', BASE_URL: undefined, TRUST_PROXY: [] };

let server: Server | undefined;
afterEach(() => server?.close());

/** What a guarded server let through, and how it answered. */
async function ask(
  rules: Partial<Rules>,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
) {
  const passed: IncomingHttpHeaders[] = [];
  const listener: RequestListener = (incoming, response) => {
    passed.push(incoming.headers);
    response.end('in');
  };
  server = createServer(guardRequests(listener, listener, { ...RULES, ...rules }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sent = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: { host: 'reader.example', ...headers },
  });
  sent.end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return {
    status: response.statusCode,
    headers: response.headers as IncomingHttpHeaders,
    body,
    seen: passed[0],
  };
}

describe('what Next gets to see', () => {
  it('nothing that a client only says', async () => {
    const { seen } = await ask({}, '/feeds?show=all', {
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-prefix': '/x',
      'x-real-ip': '6.6.6.6',
      forwarded: 'for=6.6.6.6',
      'x-tidings-address': '6.6.6.6',
      'x-tidings-path': '/admin',
      'x-tidings-seen': 'guess',
      'x-action-forwarded': '1',
      'content-security-policy': "script-src 'nonce-mine'",
    });
    expect(JSON.stringify(seen)).not.toMatch(/6\.6\.6\.6|evil|https:\/\/x|guess|mine|admin/);
    expect(seen).toMatchObject({
      'x-tidings-address': '127.0.0.1',
      'x-tidings-path': '/feeds?show=all',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'reader.example',
    });
  });
  it('what a trusted proxy says', async () => {
    const { seen, headers } = await ask({ TRUST_PROXY: 1 }, '/', {
      'x-forwarded-for': '6.6.6.6, 203.0.113.9',
      'x-forwarded-proto': 'https',
    });
    expect(seen).toMatchObject({ 'x-tidings-address': '203.0.113.9', 'x-forwarded-proto': 'https' });
    expect(headers['strict-transport-security']).toMatch(/max-age=\d{8}/);
  });
  it('its own name, where BASE_URL says so', async () => {
    const BASE_URL = 'https://public.example';
    const { seen } = await ask({ BASE_URL }, '/', { origin: BASE_URL }, 'POST');
    expect(seen?.['x-forwarded-host']).toBe('public.example');
    const foreign = await ask({ BASE_URL }, '/', { origin: 'https://evil.example' });
    expect(foreign.seen?.['x-forwarded-host']).toBe('reader.example');
  });
});

it('a request that Next sends itself has no turn to wait for, and keeps its headers', async () => {
  const ways: string[] = [];
  const way = (name: string): RequestListener => {
    return (incoming, response) => {
      ways.push(`${name} ${incoming.headers['x-tidings-address']}`);
      response.end(incoming.headers['x-tidings-seen']);
    };
  };
  server = createServer(guardRequests(way('outside'), way('inside'), { ...RULES, TRUST_PROXY: 1 }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const seen = await (await fetch(origin, { headers: { 'x-forwarded-for': '203.0.113.9' } })).text();
  const headers = {
    'x-tidings-seen': seen,
    'x-tidings-address': '203.0.113.9',
    origin: 'http://outside.example',
  };
  expect((await fetch(origin, { method: 'POST', headers })).status).toBe(200);
  expect(ways).toEqual(['outside 203.0.113.9', 'inside 203.0.113.9']);
});

describe('answers', () => {
  it('have a policy with a nonce of their own, which Next is told', async () => {
    const [one, two] = [await ask({}, '/'), await ask({}, '/')];
    const nonceOf = (answer: typeof one) =>
      /script-src 'nonce-([\w+/=]{24})' 'strict-dynamic'$/.exec(
        String(answer.headers['content-security-policy']),
      )?.[1];
    expect(nonceOf(one)).toBeDefined();
    expect(nonceOf(one)).not.toBe(nonceOf(two));
    expect(one.seen?.['content-security-policy']).toBe(one.headers['content-security-policy']);
    expect(one.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe|%/);
  });
  it('that are no pages allow nothing', async () => {
    for (const path of ['/api/x', '/icons/1/32', '/healthz', '/_next/static/x.js', '/websub/x']) {
      const { headers } = await ask({}, path);
      expect(headers['content-security-policy'], path).toMatch(/^default-src 'none'; (?!.*script)/);
    }
  });
  it('say all that browsers should know', async () => {
    const { headers } = await ask({}, '/');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
    expect(headers['strict-transport-security']).toBeUndefined();
    const behindTls = await ask({ BASE_URL: 'https://reader.example' }, '/');
    expect(behindTls.headers['strict-transport-security']).toBeDefined();
  });
  it('refuse in one sentence, as what was asked for', async () => {
    const page = await ask({}, '/feeds', {}, 'POST');
    expect(page).toMatchObject({
      status: 403,
      body: expect.stringMatching(/Origin.*\.\n$/),
      seen: undefined,
    });
    expect(page.headers['content-security-policy']).toBeDefined();
    const data = await ask({}, '/api/items', { origin: 'https://evil.example' }, 'PATCH');
    expect(data.seen).toBeUndefined();
    expect(JSON.parse(data.body)).toEqual({
      error: { code: 'cross-origin', message: expect.stringMatching(/another site/) },
    });
  });
  it('refuse names that lead here by a trick, where being here is enough', async () => {
    const local: Partial<Rules> = { AUTH: 'off', HOST: '127.0.0.1' };
    expect(await ask(local, '/', { host: 'evil.example:3000' })).toMatchObject({
      status: 421,
      seen: undefined,
    });
    expect(await ask(local, '/', { host: 'localhost:3000' })).toMatchObject({ status: 200 });
    expect(await ask({ ...local, HOST: '0.0.0.0' }, '/', { host: 'my-server:3000' })).toMatchObject({
      status: 200,
    });
  });
  it('refuse what asks for no path', async () => {
    expect(await ask({}, 'http://evil.example/')).toMatchObject({ status: 400, seen: undefined });
  });
});
