import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { isAlive } from '../../scripts/lib/processes.mjs';
import { endLaunchers, makeDataDir, removeDataDir, startLauncher } from '../support/launcher';

afterEach(endLaunchers);

it('stops within ten seconds when a process hangs, and at once on a second Ctrl-C', async () => {
  const dataDir = await makeDataDir();
  for (const hurry of [false, true]) {
    const launcher = await startLauncher(dataDir);
    await launcher.ready();
    const processes = launcher.processes();
    process.kill(processes.worker ?? 0, 'SIGSTOP');
    const stopped = launcher.stop('SIGINT');
    // Sooner it would be taken for the same key.
    if (hurry) await delay(700).then(() => launcher.child.kill('SIGINT'));
    const { status, ms } = await stopped;
    expect(status).toBe(0);
    expect(ms).toBeLessThan(hurry ? 3000 : 10_000);
    expect(Object.values(processes).filter(isAlive)).toEqual([]);
  }
  await removeDataDir(dataDir);
});
