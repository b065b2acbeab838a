import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http, { type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packStatic } from '../build/pack-static.mjs';
import { servePacked } from './serve-packed';

const SCRIPT = 'console.log("tidings");\n'.repeat(100);
const folder = mkdtempSync(join(tmpdir(), 'tidings-packed-'));
let server: Server;

beforeAll(async () => {
  mkdirSync(join(folder, 'chunks'));
  writeFileSync(join(folder, 'chunks/a.js'), SCRIPT);
  writeFileSync(join(folder, 'chunks/font.woff2'), 'a font');
  await packStatic(folder);
  server = http.createServer(servePacked(folder, (_request, response) => void response.end('from Next')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function ask(path: string, headers: Record<string, string>, method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const request = http.request({ port, path, method, headers }).end();
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { headers: response.headers, body: Buffer.concat(chunks) };
}

it.each([
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['GZIP;q=0.5, br;q=0', 'gzip', gunzipSync],
] as const)('sends to whoever takes %s what is packed as %s', async (accepted, encoding, unpack) => {
  const { headers, body } = await ask('/_next/static/chunks/a.js?v=1', { 'accept-encoding': accepted });
  expect(headers).toMatchObject({
    'content-encoding': encoding,
    'content-type': 'application/javascript; charset=UTF-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  });
  expect(unpack(body).toString()).toBe(SCRIPT);
});

it('sends a head without a body', async () => {
  const { headers, body } = await ask('/_next/static/chunks/a.js', { 'accept-encoding': 'br' }, 'HEAD');
  expect(Number(headers['content-length'])).toBeGreaterThan(0);
  expect(body.length).toBe(0);
});

it.each([
  ['/_next/static/chunks/a.js', 'identity', 'GET'],
  ['/_next/static/chunks/a.js', 'br;q=0, gzip;q=0.0', 'GET'],
  ['/_next/static/chunks/a.js', 'br', 'POST'],
  ['/_next/static/chunks/font.woff2', 'br', 'GET'],
  ['/_next/static/chunks/../chunks/a.js', 'br', 'GET'],
  ['/_next/static/chunks/b.js', 'br', 'GET'],
  ['/unread', 'br', 'GET'],
])('leaves %s for %s by %s %s to Next', async (path, accepted, method) => {
  expect((await ask(path, { 'accept-encoding': accepted }, method)).body.toString()).toBe('from Next');
});
