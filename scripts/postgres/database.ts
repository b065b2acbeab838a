import pg from 'pg';
import type { ClusterRecord } from './record';

/**
 * Makes the role and the database that Tidings uses: not the superuser, who can read the system's files
 * and run its programs.
 */
export async function prepareDatabase(port: number, record: ClusterRecord): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl(port, record) });
  await client.connect();
  try {
    const roles = await client.query("SELECT 1 FROM pg_roles WHERE rolname = 'tidings'");
    const verb = roles.rowCount ? 'ALTER' : 'CREATE';
    await client.query(`${verb} ROLE tidings LOGIN PASSWORD ${client.escapeLiteral(record.password)}`);
    const databases = await client.query("SELECT 1 FROM pg_database WHERE datname = 'tidings'");
    if (!databases.rowCount) await client.query('CREATE DATABASE tidings OWNER tidings');
  } finally {
    await client.end();
  }
}

/** @returns the address of the database for Tidings itself. */
export function databaseUrl(port: number, record: ClusterRecord): string {
  return `postgresql://tidings:${record.password}@127.0.0.1:${port}/tidings`;
}

/** @returns the address for the role that may do everything. */
export function superuserUrl(port: number, record: ClusterRecord): string {
  return `postgresql://postgres:${record.superuserPassword}@127.0.0.1:${port}/postgres`;
}
