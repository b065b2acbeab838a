import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Whatever a build is made from. */
const inputs = [
  'app',
  'lib',
  'workers',
  'prisma',
  'public',
  'scripts',
  'next.config.ts',
  'postcss.config.mjs',
  'prisma.config.ts',
  'proxy.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** What a whole build leaves, as far as it can be seen at a glance. */
const outputs = [
  '.next/standalone/server.js',
  'dist/launch.js',
  'dist/release.js',
  'dist/web.js',
  'dist/worker.cjs',
  'dist/worker.js',
];

const stampFile = 'dist/build.json';

/**
 * Tells one state of the sources from another. Contents count, not times: a clone or a checkout sets those anew.
 *
 * @param {string} root the project's folder
 * @returns {string}
 */
export function fingerprint(root) {
  const hash = createHash('sha256').update(`node ${process.versions.node.split('.')[0]} ${process.platform}`);
  for (const input of inputs) {
    for (const file of listFiles(join(root, input))) {
      hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @returns {boolean} whether there is a whole build of the sources as they are.
 */
export function isFresh(root) {
  if (!outputs.every((file) => existsSync(join(root, file))) || !existsSync(join(root, stampFile)))
    return false;
  return readFileSync(join(root, stampFile), 'utf8') === stamp(fingerprint(root));
}

/** @param {string} print */
function stamp(print) {
  return `${JSON.stringify({ fingerprint: print })}\n`;
}

/**
 * Says that the build is whole; the last step of it.
 *
 * @param {string} print the fingerprint from before the build: what was changed during it is not in it.
 * @returns {{ path: string, content: string }}
 */
export function stampFor(print) {
  return { path: stampFile, content: stamp(print) };
}

/** @param {string} path @returns {string[]} */
function listFiles(path) {
  if (!existsSync(path)) return [];
  /** @type {import('node:fs').Dirent[]} */
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries
    .filter((entry) => entry.name !== 'generated' && !/\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => listFiles(join(path, entry.name)));
}
