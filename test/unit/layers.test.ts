import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const FORBIDDEN = [
  ['lib/ops/zz.ts', '@/lib/store/client'],
  ['lib/feed/zz.ts', '@/lib/store/client'],
  ['lib/feed/zz.ts', '@/lib/ops/env'],
  ['lib/feed/zz.ts', 'node:fs'],
  ['lib/net/zz.ts', '@/lib/feed/parse-feed'],
  ['lib/store/zz.ts', '@/lib/queue/producer'],
  ['lib/store/zz.ts', 'bullmq'],
  ['lib/queue/zz.ts', '@/lib/store/client'],
  ['lib/service/zz.ts', '@/lib/queue/consumer'],
  ['lib/service/zz.ts', '@/lib/net/fetch-feed'],
  ['lib/auth/zz.ts', '@/lib/service/subscribe'],
  ['app/zz.ts', '@/lib/net/fetch-feed'],
  ['app/zz.ts', '@/lib/queue/producer'],
  ['app/zz.ts', '@/workers/worker'],
  ['app/ui/zz.ts', '@/lib/service/subscribe'],
  ['app/ui/zz.ts', '@/lib/store/read-feeds'],
  ['workers/zz.ts', '@/app/feeds/actions'],
  ['workers/zz.ts', '@/lib/auth/current-user'],
  ['workers/zz.ts', 'react'],
  ['workers/zz.ts', '@/lib/store/generated/client'],
] as const;

const ALLOWED = [
  ['lib/service/zz.ts', '@/lib/queue/producer'],
  ['lib/store/zz.ts', '@/lib/feed/types'],
  ['app/zz.ts', '@/lib/store/read-feeds'],
  ['app/ui/zz.ts', '@/lib/store/views'],
  ['workers/zz.ts', '@/lib/net/fetch-feed'],
] as const;

let folder = '';
let said = '';

const nameOf = (path: string, specifier: string) => path.replace('zz', specifier.replace(/[^a-z]/g, '-'));

/** Files with one import each, in a folder that has nothing but the project's rules. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidings-layers-'));
  const rules = { ...JSON.parse(readFileSync('biome.json', 'utf8')), vcs: { enabled: false } };
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(rules));
  for (const [path, specifier] of [...FORBIDDEN, ...ALLOWED]) {
    const file = join(folder, nameOf(path, specifier));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `import * as used from '${specifier}';\nexport const value = used;\n`);
  }
  const biome = resolve('node_modules/@biomejs/biome/bin/biome');
  const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  said = stdout + stderr;
});
afterAll(() => rmSync(folder, { recursive: true }));

const isRefused = (path: string, specifier: string) =>
  said
    .split('\n')
    .some((line) => line.startsWith(nameOf(path, specifier)) && line.includes('noRestrictedImports'));

describe('the table of docs/architecture.md', () => {
  it.each(FORBIDDEN)('%s may not import %s', (path, specifier) => {
    expect(isRefused(path, specifier), said).toBe(true);
  });

  it.each(ALLOWED)('%s may import %s', (path, specifier) => {
    expect(isRefused(path, specifier), said).toBe(false);
  });
});
