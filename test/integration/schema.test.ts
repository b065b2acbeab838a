import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployMigrations } from '../../prisma/migrate';
import { diffToSchema } from '../../prisma/schema-engine';
import type { TestDatabase } from '../support/postgres';
import { usePostgres } from '../support/use-postgres';

/** Everything that makes a schema, in an order of its own. */
const CATALOGUE = `
  SELECT 'column' AS kind, table_name || '.' || column_name AS name,
    concat_ws(' ', udt_name, is_nullable, column_default, datetime_precision) AS what
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
  UNION ALL
  SELECT 'index', indexname, indexdef FROM pg_indexes
  WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
  UNION ALL
  SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND conrelid <> '_prisma_migrations'::regclass
  UNION ALL
  SELECT 'enum', typname, string_agg(enumlabel, ',' ORDER BY enumsortorder)
  FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid GROUP BY typname
  ORDER BY 1, 2`;

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await usePostgres().createDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

it('the migrated database is what schema.prisma says', async () => {
  const migrated = (await client.query(CATALOGUE)).rows;
  expect(migrated.length).toBeGreaterThan(100);
  const script = await diffToSchema(database.url, null);
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  await client.query(script);
  await client.query('CREATE TABLE _prisma_migrations ()');
  expect((await client.query(CATALOGUE)).rows).toEqual(migrated);
});

it('nothing is left to generate a migration for', async () => {
  const schema = readFileSync('prisma/schema.prisma', 'utf8');
  expect(await diffToSchema(database.url, schema)).toMatch(/empty migration/);
});

it('several release processes at once apply each migration once', async () => {
  const fresh = await usePostgres().createDatabase();
  const other = new pg.Client({ connectionString: fresh.url });
  await other.connect();
  await other.query('DROP SCHEMA public CASCADE; DROP SCHEMA bullmq CASCADE; CREATE SCHEMA public');
  const applied = await Promise.all([1, 2, 3].map(() => deployMigrations(fresh.url)));
  const { rows } = await other.query('SELECT migration_name FROM _prisma_migrations');
  expect(applied.flat()).toEqual(rows.map((row) => row.migration_name));
  expect(new Set(applied.flat()).size).toBe(rows.length);
  await other.end();
  await fresh.drop();
});
