import type { TestProject } from 'vitest/node';
import { startTestPostgres } from './postgres';

declare module 'vitest' {
  export interface ProvidedContext {
    /** One for each test file that runs at a time. */
    postgresDataDirs: string[];
  }
}

/**
 * One PostgreSQL for each test file that runs at a time: a file takes databases of its own from it, and may restart it
 * without disturbing the others.
 */
export default async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const lanes = Array.from({ length: project.config.maxWorkers }, () => startTestPostgres());
  const servers = await Promise.all(lanes);
  project.provide(
    'postgresDataDirs',
    servers.map(({ dataDir }) => dataDir),
  );
  return () => Promise.all(servers.map((postgres) => postgres.stop()));
}
