import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isFresh } from '../build/fingerprint.mjs';
import { run } from '../lib/run.mjs';
import { complain, say } from '../lib/say.mjs';
import { fileProblem, StartError, sentenceOf } from '../lib/start-error.mjs';
import { prepareDataDir } from './data-dir.mjs';
import { takeLock } from './lock.mjs';
import { installPackages, isInstalled } from './packages.mjs';
import { listenForStop } from './stop-signals.mjs';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** `npm start`: installs and builds what is missing, and runs the launcher until it is told to stop. */
export async function main() {
  const { stop, hurry } = listenForStop();
  // A terminal that was closed, or a pipe: nobody to tell is no reason to end without stopping PostgreSQL.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    process.chdir(root);
    if (existsSync('.env')) process.loadEnvFile('.env');
    const dataDir = prepareDataDir(root);
    const lock = await takeLock(dataDir).catch((error) => {
      throw new StartError(fileProblem(error, dataDir) ?? sentenceOf(error));
    });
    try {
      await prepare(stop);
      if (!stop.aborted) {
        const { launch } = await import(pathToFileURL(join(root, 'dist/launch.js')).href);
        await launch({ root, dataDir, lock, stop, hurry });
      }
    } finally {
      lock.release();
    }
    process.exit(0);
  } catch (error) {
    complain(sentenceOf(error));
    process.exit(1);
  }
}

/** @param {AbortSignal} stop */
async function prepare(stop) {
  if (!isInstalled(root)) {
    say('Installing packages (the first time takes a minute)');
    await installPackages(root, stop);
  }
  if (stop.aborted || isFresh(root)) return;
  say('Building');
  const { code, stderr } = await run(process.execPath, ['scripts/build.mjs'], { cwd: root, stop });
  if (code === 0 || stop.aborted) return;
  const reason = stderr.trim();
  throw new StartError(reason.includes('\n') ? `The build failed:\n${reason}` : reason);
}
