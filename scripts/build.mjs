import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprint, isFresh, stampFor } from './build/fingerprint.mjs';
import { packStatic } from './build/pack-static.mjs';
import { run } from './lib/run.mjs';
import { complain } from './lib/say.mjs';
import { fileProblem } from './lib/start-error.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} name of a package @param {string} script its command @param {string[]} args */
async function runTool(name, script, args, environment = {}) {
  const { code, stdout, stderr } = await run(
    process.execPath,
    [join(root, 'node_modules', name, script), ...args],
    {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...environment },
    },
  );
  if (code !== 0) throw new Error(`${stdout}\n${stderr}`.trim());
}

/** Writes the database client. No engine is needed for that, but Prisma wants to download one: any file will do. */
async function generateClient() {
  await runTool('prisma', 'build/index.js', ['generate'], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath });
}

async function buildPages() {
  rmSync(join(root, '.next/standalone'), { recursive: true, force: true });
  await runTool('next', 'dist/bin/next', ['build'], { NODE_ENV: 'production' });
  const standalone = join(root, '.next/standalone');
  cpSync(join(root, '.next/static'), join(standalone, '.next/static'), { recursive: true });
  await packStatic(join(standalone, '.next/static'));
  // For the image service, which is off: a third of all bytes.
  for (const name of ['sharp', '@img'])
    rmSync(join(standalone, 'node_modules', name), { recursive: true, force: true });
  if (existsSync(join(root, 'public')))
    cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true });
}

async function main() {
  if (process.argv.includes('--if-changed') && isFresh(root)) return;
  const print = fingerprint(root);
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  mkdirSync(join(root, 'dist'));
  await generateClient();
  const { bundle } = await import('./build/bundle.mjs');
  await Promise.all([buildPages(), bundle(root)]);
  const stamp = stampFor(print);
  writeFileSync(join(root, stamp.path), stamp.content);
}

try {
  await main();
} catch (error) {
  const text = error instanceof Error ? (fileProblem(error) ?? error.message) : String(error);
  complain(
    /ENOSPC|No space left on device/.test(text) ? 'The disk is full: the build could not be written.' : text,
  );
  process.exitCode = 1;
}
