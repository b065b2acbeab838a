import { accessSync, constants, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../lib/run.mjs';
import { fileProblem, StartError } from '../lib/start-error.mjs';

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }>} Packages */

/** npm keeps this file beside the packages, and removes it before it changes them. */
const installedFile = 'node_modules/.package-lock.json';

/**
 * Compares what npm says it installed with what package-lock.json asks for.
 *
 * @param {string} root the project's folder
 * @returns {boolean} whether every package that is needed is there, in the version asked for.
 */
export function isInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, installedFile));
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
  requireWritable(root);
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
  if (stop?.aborted) return;
  // npm 11 only warns of files that it could not write for want of room, and says that all is well.
  const isFull = /ENOSPC|EDQUOT|no space left/i.test(outcome.stderr + outcome.stdout);
  if (isFull) rmSync(join(root, installedFile), { force: true });
  if (isFull || outcome.code !== 0) throw new StartError(explain(outcome, root));
}

/** npm has other words for it: no such file. @param {string} root */
function requireWritable(root) {
  try {
    accessSync(root, constants.W_OK);
  } catch (error) {
    throw new StartError(fileProblem(error, root) ?? String(error));
  }
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
