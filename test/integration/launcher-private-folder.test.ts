import { existsSync, statSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { answers } from '../../scripts/launch/service';
import { until } from '../../scripts/lib/processes.mjs';
import { readRecord } from '../../scripts/postgres/record';
import { endLaunchers, makeDataDir, removeDataDir, startLauncher } from '../support/launcher';

afterEach(endLaunchers);

const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot)('npm start as root in a folder that no other user can enter', () => {
  it('keeps its data where the user of PostgreSQL can reach it, and leaves the folder as it is', async () => {
    const parent = await makeDataDir();
    await chmod(parent, 0o700);
    const dataDir = join(parent, 'data');
    for (const attempt of ['first', 'second']) {
      const launcher = await startLauncher(dataDir);
      await launcher.ready();
      expect(await until(() => answers(`${launcher.url}/readyz`), 20_000), attempt).toBe(true);
      expect((await launcher.stop('SIGTERM')).status).toBe(0);
    }
    const record = await readRecord(dataDir);
    expect(record?.home).toMatch(/^\/var\/lib\/tidings\//);
    expect(statSync(join(record?.home ?? '', 'postgres')).uid).not.toBe(0);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    expect(statSync(parent).mode & 0o777).toBe(0o700);
    await removeDataDir(dataDir);
    await removeDataDir(parent);
  });
});
