import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalIfAlive, startMark, until } from '../lib/processes.mjs';
import { StartError } from '../lib/start-error.mjs';

/**
 * @typedef {{ pid: number, mark: string | undefined }} Holder  a process, told from a later one with its number
 * @typedef {Holder & { address?: string, children: Record<string, Holder> }} LockFile
 * @typedef {{ setAddress(address: string): void, addChild(name: string, pid: number): void, release(): void }} Lock
 */

/**
 * Makes sure that one launcher at a time uses a data folder. A lock that a killed launcher left is taken over,
 * once the processes that it started have ended.
 *
 * @param {string} dataDir
 * @returns {Promise<Lock>}
 * @throws {StartError} when Tidings is running already; says where.
 */
export async function takeLock(dataDir) {
  const path = join(dataDir, 'launcher.json');
  /** @type {LockFile} */
  const mine = { ...holder(process.pid), children: {} };
  while (!tryCreate(path, mine)) {
    const other = read(path);
    if (other && isHeld(other)) {
      const where = other.address ? ` at ${other.address}` : ' and not ready yet';
      throw new StartError(`Tidings is already running${where} (process ${other.pid}, data in ${dataDir}).`);
    }
    await Promise.all(Object.values(other?.children ?? {}).map(end));
    rmSync(path, { force: true });
  }
  const save = () => {
    writeFileSync(`${path}.new`, JSON.stringify(mine), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  return {
    setAddress: (address) => {
      mine.address = address;
      save();
    },
    addChild: (name, pid) => {
      mine.children[name] = holder(pid);
      save();
    },
    release: () => rmSync(path, { force: true }),
  };
}

/** @param {number} pid @returns {Holder} */
function holder(pid) {
  return { pid, mark: startMark(pid) };
}

/** @param {Holder} process */
function isHeld({ pid, mark }) {
  return mark !== undefined && startMark(pid) === mark;
}

/** @param {string} path @param {LockFile} content */
function tryCreate(path, content) {
  try {
    writeFileSync(path, JSON.stringify(content), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} path @returns {LockFile | undefined} undefined when it was cut off while it was written */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Processes notice that their launcher is gone and stop by themselves; one that hangs is ended. @param {Holder} child */
async function end(child) {
  const gone = () => !isHeld(child);
  if (gone()) return;
  signalIfAlive(child.pid, 'SIGTERM');
  if (await until(gone, 10_000)) return;
  signalIfAlive(-child.pid, 'SIGKILL');
  await until(gone, 5000);
}
