import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../scripts/lib/run.mjs';
import { makeDataDir, removeDataDir, runLauncher } from '../support/launcher';
import { startTestRedis } from '../support/redis';
import { usePostgres } from '../support/use-postgres';

let dataDir: string;
let databaseUrl: string;
beforeAll(async () => {
  dataDir = await makeDataDir();
  databaseUrl = (await usePostgres().createDatabase()).url;
});
afterAll(() => removeDataDir(dataDir));

/** Expects one sentence, with no stack under it, and a status that says that it failed. */
async function expectRefusal(settings: Record<string, string>, sentence: string | RegExp, folder = dataDir) {
  const { status, lastLine } = await runLauncher(folder, settings);
  expect(lastLine).toMatch(sentence);
  expect(status).toBe(1);
}

function changed(url: string, change: (parts: URL) => void): string {
  const parts = new URL(url);
  change(parts);
  return parts.href;
}

describe('npm start says in one sentence what is wrong with', () => {
  it('a setting', async () => {
    await expectRefusal({ PORT: 'http' }, 'PORT cannot be used: it must be a whole number.');
    await expectRefusal({ DATABASE_URL: 'mysql://localhost/x' }, /^DATABASE_URL cannot be used: it must/);
  });

  it('a reader that others could reach without a password', async () => {
    await expectRefusal({ HOST: '0.0.0.0' }, /^HOST=0\.0\.0\.0 lets other machines in.*BASE_URL.*AUTH=off/);
    await expectRefusal({ AUTH: 'on', DATABASE_URL: databaseUrl }, /^AUTH=on needs SECRET_KEY/);
  });

  it('a port that is taken, and one that is not there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    await expectRefusal({ PORT: port }, `Port ${port} on 127.0.0.1 is taken by another program`);
    await expectRefusal({ WORKER_PORT: port }, `Port ${port} on 127.0.0.1 is taken by another program`);
    server.close();
    await expectRefusal({ HOST: '192.0.2.1', AUTH: 'off' }, 'HOST=192.0.2.1 is no address of this machine');
  });

  it('a database', async () => {
    const refused = changed(databaseUrl, (url) => {
      url.port = '1';
    });
    await expectRefusal(
      { DATABASE_URL: refused },
      'DATABASE_URL cannot be used: nothing answers at 127.0.0.1:1.',
    );
    const wrongPassword = changed(databaseUrl, (url) => {
      url.password = 'wrong';
    });
    await expectRefusal(
      { DATABASE_URL: wrongPassword },
      'DATABASE_URL cannot be used: the password of tidings is wrong.',
    );
    const missing = changed(databaseUrl, (url) => {
      url.pathname = '/missing';
    });
    await expectRefusal(
      { DATABASE_URL: missing },
      'DATABASE_URL cannot be used: there is no database called missing.',
    );
  });

  it('a Redis', async ({ skip }) => {
    const settings = { DATABASE_URL: databaseUrl };
    await expectRefusal(
      { ...settings, REDIS_URL: 'redis://127.0.0.1:1' },
      'REDIS_URL cannot be used: nothing answers at 127.0.0.1:1.',
    );
    const redis = await startTestRedis();
    if (!redis) return skip('no redis-server here');
    const wrong = redis.url.replace('//', '//:wrong@');
    await expectRefusal(
      { ...settings, REDIS_URL: wrong },
      'REDIS_URL cannot be used: its user or password is missing or wrong.',
    );
    await redis.stop();
  });

  it('a data folder that is none', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    await expectRefusal({}, /cannot be used: a file is in the place of a folder\.$/, join(file, 'data'));
  });

  it('data of another PostgreSQL', async () => {
    const folder = join(dataDir, 'old');
    mkdirSync(join(folder, 'postgres'), { recursive: true });
    writeFileSync(join(folder, 'postgres/PG_VERSION'), '13\n');
    await expectRefusal({}, /was made by PostgreSQL 13, and this Tidings brings PostgreSQL 18/, folder);
  });

  it('an old Node.js', async () => {
    const pretend = "Object.defineProperty(process, 'versions', { value: { node: '18.20.1' } });";
    const { code, stderr } = await run(process.execPath, [
      '-e',
      `${pretend} require('./scripts/start.cjs');`,
    ]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'Tidings needs Node.js 20.19 or newer; this is 18.20.1.\n',
    });
  });
});

/** Small file systems can be made by root only, and not in every container. */
describe('npm start says in one sentence that', () => {
  function mount(name: string, options: string): string | undefined {
    const folder = join(dataDir, name);
    mkdirSync(folder);
    const made = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tidings-test', folder]).status === 0;
    return made ? folder : undefined;
  }

  it('the disk is full', async ({ skip }) => {
    const folder = mount('small', 'size=8m,mode=711');
    if (!folder) return skip('no file system can be mounted here');
    await expectRefusal({}, /^The disk is full: PostgreSQL could not make its files in /, folder);
    spawnSync('umount', [folder]);
  });

  it('the folder is read-only', async ({ skip }) => {
    const folder = mount('read-only', 'size=8m,mode=711,ro');
    if (!folder) return skip('no file system can be mounted here');
    await expectRefusal({}, /read-only file system\.$/, folder);
    spawnSync('umount', [folder]);
  });
});
