import { inject } from 'vitest';
import { type TestPostgres, testPostgresIn } from './postgres';

/** @returns the PostgreSQL that was started for this run of the integration tests. */
export function usePostgres(): TestPostgres {
  return testPostgresIn(inject('postgresDataDir'));
}
