import { spawn } from 'node:child_process';
import { signalIfAlive } from './processes.mjs';

/**
 * @typedef {{ code: number | null, stdout: string, stderr: string, missing: boolean }} Outcome
 *   `missing`: there is no such program, or this user may not run it.
 * @typedef {import('node:child_process').SpawnOptions & { input?: string, stop?: AbortSignal }} RunOptions
 *   `stop`: ends the program and all that it started.
 */

/** npm finishes what it is at when it is told to end, which may take minutes. */
const patienceMs = 3000;

/** Ends a program and all that it started. @param {import('node:child_process').ChildProcess} child */
function end({ pid }) {
  if (pid === undefined) return;
  signalIfAlive(-pid, 'SIGTERM');
  setTimeout(() => signalIfAlive(-pid, 'SIGKILL'), patienceMs).unref();
}

/**
 * Runs a program to its end and collects what it wrote.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>} never rejects: a program that cannot be started has `code: null`.
 */
export function run(command, args, options = {}) {
  const { input, stop, ...rest } = options;
  return new Promise((resolve) => {
    const outcome = { code: /** @type {number | null} */ (null), stdout: '', stderr: '', missing: false };
    const fail = (/** @type {unknown} */ error) => {
      outcome.missing = true;
      outcome.stderr += error instanceof Error ? error.message : String(error);
      resolve(outcome);
    };
    /** @type {import('node:child_process').ChildProcess} */
    let child;
    try {
      const stdin = input === undefined ? 'ignore' : 'pipe';
      child = spawn(command, args, { ...rest, detached: stop !== undefined, stdio: [stdin, 'pipe', 'pipe'] });
    } catch (error) {
      fail(error);
      return;
    }
    stop?.addEventListener('abort', () => end(child));
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      outcome.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      outcome.stderr += text;
    });
    child.on('error', fail);
    child.on('close', (code) => resolve({ ...outcome, code }));
    // A program that ends without reading its input is not this one's problem; its status tells.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
