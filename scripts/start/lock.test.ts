import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAlive, startMark } from '../lib/processes.mjs';
import { takeLock } from './lock.mjs';

function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-lock-'));
  return { folder, file: join(folder, 'launcher.json') };
}

describe('the lock of a data folder', () => {
  it('is held by one, who says where it is', async () => {
    const { folder, file } = makeFolder();
    const lock = await takeLock(folder);
    await expect(takeLock(folder)).rejects.toThrow(/already running and not ready yet/);
    lock.setAddress('http://localhost:3000');
    await expect(takeLock(folder)).rejects.toThrow(/already running at http:\/\/localhost:3000/);
    lock.release();
    expect(existsSync(file)).toBe(false);
  });

  it('is taken over from a process that is gone, also when its number has been given away', async () => {
    const { folder, file } = makeFolder();
    writeFileSync(file, JSON.stringify({ pid: process.pid, mark: 'of another process', children: {} }));
    (await takeLock(folder)).release();
    writeFileSync(file, '{"pid": 12');
    (await takeLock(folder)).release();
  });

  it('ends what a killed launcher left running, and nothing else', async () => {
    const { folder, file } = makeFolder();
    const hold = ['-e', 'process.send(1); setInterval(() => {}, 1000)'];
    const [left, other] = [0, 1].map(() =>
      spawn(process.execPath, hold, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
    );
    if (!left?.pid || !other?.pid) throw new Error('no process');
    await Promise.all([once(left, 'message'), once(other, 'message')]);
    const children = {
      web: { pid: left.pid, mark: startMark(left.pid) },
      worker: { pid: other.pid, mark: 'another' },
    };
    writeFileSync(file, JSON.stringify({ pid: 1, mark: 'gone', children }));
    const ended = once(left, 'exit');
    const lock = await takeLock(folder);
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(isAlive(other.pid)).toBe(true);
    lock.addChild('web', other.pid);
    expect(JSON.parse(readFileSync(file, 'utf8')).children).toEqual({
      web: { pid: other.pid, mark: startMark(other.pid) },
    });
    other.kill('SIGKILL');
  });
});
