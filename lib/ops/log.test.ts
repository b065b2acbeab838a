import { expect, it } from 'vitest';
import { createLog } from './log';

it('hides secrets, however deep they lie', () => {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  const secrets = { username: 'me', password: 'open sesame' };
  log.error({ password: 'open sesame' });
  log.error({ feed: { id: 1, credentials: secrets }, err: { request: { headers: { a: 1 } } } });
  log.error({ request: { headers: { authorization: 'Basic b3BlbiBzZXNhbWU=' } } });
  log.error({ env: { SECRET_KEY: 'open sesame', HTTP_PROXY: 'http://me:open sesame@proxy/' } });
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line).not.toMatch(/sesame|b3Blbi/);
});

it('hides secrets in what errors say, whoever wrote it', () => {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  const secrets = [
    'postgres://tidings:s3same@db.internal:5432/tidings',
    'redis://:s3same@cache:6379',
    'Authorization: Bearer s3same-abcdef',
    'authorization: basic czNzYW1lOnMzc2FtZQ==',
    'https://feeds.example/private?auth=s3same&page=2',
    'https://feeds.example/?user=me&api_key=s3same#top',
    'GET /welcome/s3same_0123456789 500',
    'POST /websub/s3same_0123456789 500',
  ];
  for (const secret of secrets) {
    const cause = Object.assign(new Error(`caused by "${secret}"`), { input: secret });
    log.error({ err: new Error(`cannot reach ${secret}`, { cause }) }, `said: ${secret}`);
    log.error({
      headers: { cookie: 's3same', 'set-cookie': ['s3same'] },
      request: { deep: { token: 's3same' } },
    });
  }
  for (const line of lines) {
    expect(line).not.toMatch(/s3same|czNzYW1l/);
    expect(() => JSON.parse(line)).not.toThrow();
  }
  expect(lines[0]).toContain('postgres://[Redacted]@db.internal:5432/tidings');
  expect(lines.join()).toContain('page=2');
});

it('leaves alone what is no secret', () => {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  const plain = 'https://example.org/@writer/feed?page=2 took 12 ms (a@b.example)';
  log.info({ url: plain }, plain);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ url: plain, msg: plain });
});
