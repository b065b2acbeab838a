import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { applyMigrations } from './schema-engine';

/** Spells TIDI: any number would do, as long as every release process uses the same. */
const MIGRATION_LOCK = 0x54494449;

/**
 * Brings a database up to date: Tidings' own tables, and the queue's schema, so that a deployment may add or
 * take away Redis at any time. Safe to run from several machines at once: one works, the others wait for it.
 *
 * @param databaseUrl a PostgreSQL connection string.
 * @returns the names of the migrations applied, none when there was nothing to do.
 */
export async function deployMigrations(databaseUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'tidings-release' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await applyMigrations(databaseUrl);
    await runMigrations(client);
    return applied;
  } finally {
    await client.end();
  }
}
