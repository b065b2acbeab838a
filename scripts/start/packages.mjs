import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../lib/run.mjs';
import { StartError } from '../lib/start-error.mjs';

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }>} Packages */

/**
 * Compares what npm says it installed with what package-lock.json asks for.
 *
 * @param {string} root the project's folder
 * @returns {boolean} whether every package that is needed is there, in the version asked for.
 */
export function isInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  // npm keeps this file beside the packages, and removes it before it changes them.
  const present = readPackages(join(root, 'node_modules/.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const found = present[path];
    // Optional ones are for other platforms, mostly.
    if (!found) return Boolean(entry.optional || entry.devOptional);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * Installs exactly what package-lock.json says, with what is needed for a build.
 *
 * @param {string} root
 * @param {AbortSignal} [stop]
 * @throws {StartError} with npm's reason in one sentence.
 */
export async function installPackages(root, stop) {
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  // Under `npm start`, npm says where it is; a PATH may lead to another one.
  const npm = process.env.npm_execpath;
  const [command, prefix] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // An npm inside npm takes the outer one's settings from these, such as a lone `--prefix`.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(config|package|lifecycle)_/i.test(name) || /registry|proxy|cafile|cache/i.test(name),
    ),
  );
  const outcome = await run(command, [...prefix, ...args], { cwd: root, env, ...(stop ? { stop } : {}) });
  if (outcome.code !== 0 && !stop?.aborted) throw new StartError(explain(outcome, root));
}

/** @param {import('../lib/run.mjs').Outcome} outcome @param {string} root */
function explain({ stderr, stdout, missing }, root) {
  const text = `${stderr}\n${stdout}`;
  if (missing)
    return 'npm is not installed: it comes with Node.js, or is a package of its own (such as `npm` on Debian).';
  if (/ENOSPC|EDQUOT|no space left/i.test(text))
    return `The disk is full: the packages could not be installed in ${root}.`;
  if (/EROFS|read-only file system/i.test(text))
    return `${root} is read-only: the packages could not be installed there.`;
  if (/EACCES|EPERM/.test(text))
    return `This user has no permission to write in ${root}: the packages could not be installed there.`;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(text)) {
    return 'The packages could not be downloaded: npm does not reach its registry.';
  }
  const reasons = text
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line) && !/A complete log|code E/.test(line));
  return `The packages could not be installed: ${(reasons[0] ?? text.trim()).replace(/^npm (error|ERR!) */, '')}`;
}

/** @param {string} path @returns {Packages | undefined} */
function readPackages(path) {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
