import { fileURLToPath } from 'node:url';
import { isFresh } from '../../scripts/build/fingerprint.mjs';
import { run } from '../../scripts/lib/run.mjs';

/** The tests run what is built: here, where it is not what the sources say. */
export default async function setup(): Promise<void> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  if (isFresh(root)) return;
  const built = await run(process.execPath, ['scripts/build.mjs'], { cwd: root });
  if (built.code !== 0) throw new Error(`The build failed:\n${built.stderr}`);
}
