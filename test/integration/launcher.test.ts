import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { availableParallelism, loadavg, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answers } from '../../scripts/launch/service';
import { startMark, until } from '../../scripts/lib/processes.mjs';
import { databaseUrl } from '../../scripts/postgres/database';
import { readRecord } from '../../scripts/postgres/record';
import {
  endLaunchers,
  makeDataDir,
  type Processes,
  removeDataDir,
  runLauncher,
  startLauncher,
} from '../support/launcher';

let dataDir: string;
beforeAll(async () => {
  dataDir = await makeDataDir();
});
afterEach(endLaunchers);
afterAll(() => removeDataDir(dataDir));

/** Milliseconds; a machine that is busy with other things gets more. */
const startLimit = (loadavg()[0] ?? 0) > 1.5 * availableParallelism() ? 20_000 : 5000;

async function query(sql: string) {
  const record = await readRecord(dataDir);
  if (!record) throw new Error('There is no record of a PostgreSQL.');
  const client = new pg.Client({ connectionString: databaseUrl(record.port, record) });
  await client.connect();
  return client.query(sql).finally(() => client.end());
}

/** One that ended and that nobody has looked after yet, as happens to orphans, has no start any more. */
const living = (processes: Processes) =>
  Object.values(processes).filter((pid) => startMark(pid) !== undefined);

/** Web and worker notice that their launcher was killed; PostgreSQL waits for the next start. */
const stopsAlone = ({ web = 0, worker = 0 }: Processes) =>
  until(() => living({ web, worker }).length === 0, 10_000);

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 }, () => resolve(true));
    for (const event of ['error', 'timeout']) socket.on(event, () => resolve(false));
  });
}

describe('npm start', () => {
  it('starts in an empty folder, says where, and stops on SIGTERM with nothing left', async () => {
    const launcher = await startLauncher(dataDir);
    await launcher.ready();
    expect(launcher.output()).toMatch(/\nTidings is ready at http:\/\/localhost:\d+\n$/);
    expect((await fetch(`${launcher.url}/healthz`)).status).toBe(200);
    const processes = launcher.processes();
    expect(living(processes)).toHaveLength(3);
    await query('CREATE TABLE kept AS SELECT 42 AS answer');

    const { status, ms } = await launcher.stop('SIGTERM');
    expect(status).toBe(0);
    expect(ms).toBeLessThan(10_000);
    expect(living(processes)).toEqual([]);
  });

  it('keeps the password to itself and PostgreSQL on loopback', async () => {
    expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
    const launcher = await startLauncher(dataDir);
    await launcher.ready();
    const { port } = (await readRecord(dataDir)) ?? { port: 0 };
    expect(await canConnect('127.0.0.1', port)).toBe(true);
    const outside = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    for (const { address } of outside.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      expect(await canConnect(address, port)).toBe(false);
    }
    await launcher.stop('SIGTERM');
  });

  it('answers within 5 seconds at the second start, has the data, and stops on SIGINT', async () => {
    const begin = Date.now();
    const launcher = await startLauncher(dataDir);
    await launcher.ready();
    expect(Date.now() - begin).toBeLessThan(startLimit);
    expect((await query('TABLE kept')).rows).toEqual([{ answer: 42 }]);
    const processes = launcher.processes();
    expect((await launcher.stop('SIGINT')).status).toBe(0);
    expect(living(processes)).toEqual([]);
  });

  it('is not started twice on the same folder', async () => {
    const launcher = await startLauncher(dataDir);
    await launcher.ready();
    const second = await runLauncher(dataDir);
    expect(second.status).toBe(1);
    expect(second.lastLine).toContain(
      `Tidings is already running at ${launcher.url.replace('127.0.0.1', 'localhost')}`,
    );
    await launcher.stop('SIGTERM');
  });

  it('starts again after it was killed: web and worker stop by themselves, PostgreSQL is taken over', async () => {
    const launcher = await startLauncher(dataDir);
    await launcher.ready();
    const processes = launcher.processes();
    await launcher.stop('SIGKILL');

    // On the same port at once, while the processes of the killed launcher may still hold it.
    const again = await startLauncher(dataDir, { PORT: new URL(launcher.url).port });
    await again.ready();
    expect(living(processes)).toEqual([]);
    expect((await query('TABLE kept')).rows).toHaveLength(1);
    await again.stop('SIGTERM');
  });

  it('leaves no web and no worker behind when it is killed', async () => {
    const launcher = await startLauncher(dataDir);
    await launcher.ready();
    const processes = launcher.processes();
    await launcher.stop('SIGKILL');
    expect(await stopsAlone(processes)).toBe(true);
  });

  it('starts a process again that ended by itself', async () => {
    const launcher = await startLauncher(dataDir);
    await launcher.ready();
    for (const [key, name] of [
      ['worker', 'worker'],
      ['web', 'web process'],
      ['postgres', 'PostgreSQL'],
    ] as const) {
      process.kill(launcher.processes()[key] ?? 0, 'SIGKILL');
      const isBack = () => launcher.output().includes(`The ${name} was started again`);
      expect(await until(isBack, 20_000)).toBe(true);
    }
    expect((await query('TABLE kept')).rows).toHaveLength(1);
    expect(await until(() => answers(`${launcher.url}/healthz`), 10_000)).toBe(true);
    expect((await launcher.stop('SIGTERM')).status).toBe(0);
  });

  it('opens its data also when the record of it was lost', async () => {
    rmSync(join(dataDir, 'postgres.json'));
    const launcher = await startLauncher(dataDir);
    await launcher.ready();
    expect((await query('TABLE kept')).rows).toHaveLength(1);
    await launcher.stop('SIGTERM');
  });

  it('finds another port for PostgreSQL when its own is taken', async () => {
    const { port } = (await readRecord(dataDir)) ?? { port: 0 };
    const thief = createServer().listen(port, '127.0.0.1');
    await once(thief, 'listening');
    const launcher = await startLauncher(dataDir);
    await launcher.ready();
    expect((await readRecord(dataDir))?.port).not.toBe(port);
    await launcher.stop('SIGTERM');
    thief.close();
  });
});
