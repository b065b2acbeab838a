import pg from 'pg';
import { readEnv } from '@/lib/ops/env';
import type { Prisma } from './generated/client';

/**
 * Connections for what is written in bulk. Prisma writes the parameters of a query as JSON and reads them again before
 * the driver sees them: for a document of 100 kB that took longer than PostgreSQL did.
 */
const POOL_SIZE = 6;

const shared = globalThis as typeof globalThis & { tidingsBulk?: pg.Pool | undefined };

function openPool(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: readEnv().DATABASE_URL,
    application_name: 'tidings-bulk',
    max: POOL_SIZE,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  // A connection that breaks while idle is replaced at the next use.
  pool.on('error', () => undefined);
  return pool;
}

/** Runs statements of one transaction. */
export interface BulkTransaction {
  /** @returns the rows. */
  query<Row>(sql: Prisma.Sql): Promise<Row[]>;
  /** @returns how many rows were written. */
  execute(sql: Prisma.Sql): Promise<number>;
}

/** Runs `work` in a transaction: all of it is stored, or nothing. */
export async function inBulkTransaction<Result>(
  work: (tx: BulkTransaction) => Promise<Result>,
): Promise<Result> {
  shared.tidingsBulk ??= openPool();
  const client = await shared.tidingsBulk.connect();
  const send = ({ text, values }: Prisma.Sql) => client.query({ text, values: values as unknown[] });
  try {
    await client.query('BEGIN');
    const result = await work({
      query: async <Row>(sql: Prisma.Sql) => (await send(sql)).rows as Row[],
      execute: async (sql) => (await send(sql)).rowCount ?? 0,
    });
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // Closing the connection rolls back, whatever state it is in.
    client.release(true);
    throw error;
  }
}

/** Closes the connections, at the end of a process or a test. */
export async function closeBulk(): Promise<void> {
  const pool = shared.tidingsBulk;
  shared.tidingsBulk = undefined;
  await pool?.end();
}
