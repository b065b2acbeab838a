import { spawn } from 'node:child_process';

/**
 * @typedef {{ code: number | null, stdout: string, stderr: string, missing: boolean }} Outcome
 *   `missing`: there is no such program, or this user may not run it.
 */

/**
 * Runs a program to its end and collects what it wrote.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { input?: string }} [options]
 * @returns {Promise<Outcome>} never rejects: a program that cannot be started has `code: null`.
 */
export function run(command, args, options = {}) {
  const { input, ...rest } = options;
  return new Promise((resolve) => {
    const outcome = { code: /** @type {number | null} */ (null), stdout: '', stderr: '', missing: false };
    const fail = (/** @type {Error} */ error) => {
      outcome.missing = true;
      outcome.stderr += error.message;
      resolve(outcome);
    };
    let child;
    try {
      child = spawn(command, args, {
        ...rest,
        stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      });
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      outcome.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      outcome.stderr += text;
    });
    child.on('error', fail);
    child.on('close', (code) => resolve({ ...outcome, code }));
    child.stdin?.on('error', (error) => {
      outcome.stderr += error.message;
    });
    child.stdin?.end(input);
  });
}
