import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @param {number} pid
 * @returns {boolean} whether a process has this id now (it may be another one than was meant).
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * What tells a process from a later one with the same id: when it started.
 *
 * @param {number} pid
 * @returns {string | undefined} an opaque mark, undefined when there is no such process.
 */
export function startMark(pid) {
  if (!isAlive(pid)) return undefined;
  if (process.platform !== 'linux') return ps(pid, 'lstart');
  const stat = readProc(pid, 'stat');
  // The second field, the name, may hold spaces and brackets: count from its end. Field 22 is the start, 3 the state.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? undefined : fields[19];
}

/**
 * @param {number} pid
 * @returns {string | undefined} its command line, undefined when there is no such process or it may not be read.
 */
export function commandLine(pid) {
  return process.platform === 'linux' ? readProc(pid, 'cmdline')?.replaceAll('\0', ' ') : ps(pid, 'command');
}

/**
 * Waits until a condition holds, asking again every few milliseconds.
 *
 * @param {() => boolean | Promise<boolean>} condition
 * @param {number} timeoutMs
 * @returns {Promise<boolean>} false when it did not come to hold in time.
 */
export async function until(condition, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() >= deadline) return false;
    await delay(15);
  }
}

/**
 * Sends a signal to a process, or with a negative id to a group; one that is gone already is no error.
 *
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 * @returns {boolean} whether it was there to get it.
 */
export function signalIfAlive(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** @param {number} pid @param {string} file */
function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {number} pid @param {string} column */
function ps(pid, column) {
  const text = spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim();
  return text || undefined;
}
