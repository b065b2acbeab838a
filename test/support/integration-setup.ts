import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isFresh } from '../../scripts/build/fingerprint.mjs';
import { BUNDLES } from './bundles';
import { startTestPostgres } from './postgres';

declare module 'vitest' {
  export interface ProvidedContext {
    /** One for each test file that runs at a time. */
    postgresDataDirs: string[];
  }
}

/**
 * One PostgreSQL for each test file that runs at a time: a file takes databases of its own from it, and may restart it
 * without disturbing the others. And the programs, bundled as they are in earnest.
 */
export default async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const lanes = Array.from({ length: project.config.maxWorkers }, () => startTestPostgres());
  const [servers, removeBundles] = await Promise.all([
    Promise.all(lanes),
    provideBundles(project.config.root),
  ]);
  project.provide(
    'postgresDataDirs',
    servers.map(({ dataDir }) => dataDir),
  );
  return () => Promise.all([removeBundles(), ...servers.map((postgres) => postgres.stop())]);
}

/** What is built is taken where it is what the sources say. @returns how to take the bundles away. */
async function provideBundles(root: string): Promise<() => Promise<void>> {
  if (isFresh(root)) {
    process.env[BUNDLES] = join(root, 'dist');
    return async () => undefined;
  }
  const { bundle } = await import('../../scripts/build/bundle.mjs');
  // Inside the project: what is not bundled is found in its node_modules.
  const parent = join(root, 'test-results');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'bundles-'));
  await bundle(root, folder);
  process.env[BUNDLES] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
