import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles a script as the build bundles the worker (`scripts/build/bundle.mjs`), and runs it in a process of its own:
 * what tsx makes of TypeScript for tests names every function at run time, and is slower.
 * @param entry path from the project's folder
 * @throws Error when the script fails
 */
export async function runBundled(entry: string, args: readonly string[] = []): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'tidings-bench-'));
  const outfile = join(directory, 'bench.mjs');
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      banner: {
        js: "import { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
      },
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'warning',
    });
    const { status } = spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit' });
    if (status !== 0) throw new Error(`${entry} failed.`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
