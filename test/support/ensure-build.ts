import { fileURLToPath } from 'node:url';
import { isFresh } from '../../scripts/build/fingerprint.mjs';
import { run } from '../../scripts/lib/run.mjs';

/** Builds, unless what is built is what the sources say: the web process runs what is built. */
export async function ensureBuild(): Promise<void> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  if (isFresh(root)) return;
  const built = await run(process.execPath, ['scripts/build.mjs'], { cwd: root });
  if (built.code !== 0) throw new Error(`The build failed:\n${built.stderr}`);
}
