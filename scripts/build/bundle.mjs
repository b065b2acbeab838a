import { copyFileSync, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

/** Each process is one file, so that an image needs no node_modules for it. */
const entries = {
  launch: 'scripts/launch/main.ts',
  web: 'scripts/web.ts',
  worker: 'workers/main.ts',
  'document-thread': 'workers/document-thread.ts',
  'list-thread': 'workers/imports/list-thread.ts',
  'article-thread': 'workers/full-texts/article-thread.ts',
  'icon-process': 'workers/icons/icon-process.ts',
  release: 'prisma/release.ts',
  user: 'scripts/user.ts',
  'thread-pool-worker': 'node_modules/piscina/dist/worker.js',
};

/** CommonJS packages inside an ES module expect these. */
const banner = `import { createRequire as makeRequire } from 'node:module';
import { dirname as directoryOf } from 'node:path';
import { fileURLToPath as pathOf } from 'node:url';
const require = makeRequire(import.meta.url);
const __filename = pathOf(import.meta.url);
const __dirname = directoryOf(__filename);`;

/** Piscina starts `worker.js` beside itself. In dist that is another file: Tidings' own worker. */
const renamePoolWorker = {
  name: 'rename-pool-worker',
  /** @param {import('esbuild').PluginBuild} pluginBuild */
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /piscina[\\/]dist[\\/](index|main)\.js$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      return {
        contents: contents.replaceAll(/(["'])worker\.js\1/g, "'thread-pool-worker.js'"),
        loader: 'js',
      };
    });
  },
};

/**
 * Bundles the processes.
 *
 * @param {string} root the project's folder
 * @param {string} [outdir] where to, inside of it
 */
export async function bundle(root, outdir = 'dist') {
  const present = Object.entries(entries).filter(([, file]) => existsSync(join(root, file)));
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(present),
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: banner },
    // Optional and native: each is asked for in a try block, and done without. sharp, too, is native, and only the
    // process that decodes icons needs it.
    external: ['sharp', 'pg-native', 'msgpackr-extract', '@napi-rs/nice', 'bufferutil', 'utf-8-validate'],
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [renamePoolWorker],
    logLevel: 'warning',
  });
  copyFileSync(join(root, 'scripts/start/worker.cjs'), resolve(root, outdir, 'worker.cjs'));
  const engine = dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  copyFileSync(join(engine, 'schema_engine_bg.wasm'), resolve(root, outdir, 'schema_engine_bg.wasm'));
}
