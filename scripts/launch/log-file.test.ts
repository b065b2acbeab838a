import { existsSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { keepLog } from './log-file';

it('keeps what was written, its last lines, and one older file when it grows large', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'tidings-log-')), 'web.log');
  writeFileSync(path, '');
  truncateSync(path, 10_000_001);
  const stream = new PassThrough();
  const log = keepLog(path, [stream, null]);
  stream.end('one\n\ntwo\n');
  await new Promise((resolve) => stream.on('end', resolve));
  expect(log.tail()).toEqual(['one', 'two']);
  expect(readFileSync(path, 'utf8')).toBe('one\n\ntwo\n');
  expect(existsSync(`${path}.1`)).toBe(true);
});
