import { inject } from 'vitest';
import { type TestPostgres, testPostgresIn } from './postgres';

/** @returns the PostgreSQL of this run that no other test file uses now. */
export function usePostgres(): TestPostgres {
  // Vitest numbers what runs at a time from 1 on.
  const dataDir = inject('postgresDataDirs')[Number(process.env.VITEST_POOL_ID) - 1];
  if (!dataDir) throw new Error('There is no PostgreSQL for this lane.');
  return testPostgresIn(dataDir);
}
