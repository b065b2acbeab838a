import pg from 'pg';
import { readEnv } from '@/lib/ops/env';
import { outliveBreaks } from '@/lib/ops/outlive-breaks';
import type { Prisma } from './generated/client';
import { GIVE_UP_IDLE } from './give-up-idle';

/**
 * Connections for what fetching reads and writes. Prisma writes the parameters of a query as JSON and reads them again
 * before the driver sees them, and prepares nothing: for a document of 100 kB the first took longer than PostgreSQL did,
 * and planning a claim takes longer than making it.
 */
const POOL_SIZE = 6;

/** Next bundles routes apart from each other: one pool a process, and one list of what its connections have prepared. */
const shared = globalThis as typeof globalThis & {
  tidingsBulk?: pg.Pool | undefined;
  tidingsBulkNames?: Map<string, string>;
};

function openPool(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: readEnv().DATABASE_URL,
    application_name: 'tidings-bulk',
    max: POOL_SIZE,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    onConnect: outliveBreaks,
    keepAlive: true,
    // What is asked one after the other without a wait between goes out in one round trip.
    pipeline: true,
    // Every statement that comes this way looks up rows by an index. One that was planned while a table was small would
    // read all of it from then on.
    options: `-c enable_seqscan=off ${GIVE_UP_IDLE}`,
  });
  // A connection that breaks while idle is replaced at the next use.
  pool.on('error', () => undefined);
  return pool;
}

function findPool(): pg.Pool {
  shared.tidingsBulk ??= openPool();
  return shared.tidingsBulk;
}

/** Runs statements of one transaction. */
export interface BulkTransaction {
  /** @returns the rows. */
  query<Row>(sql: Prisma.Sql): Promise<Row[]>;
  /** @returns how many rows were written. */
  execute(sql: Prisma.Sql): Promise<number>;
}

/** As many as there are statements in `lib/store` that come this way. */
shared.tidingsBulkNames ??= new Map();
const names = shared.tidingsBulkNames;

/** A connection parses and plans a statement of one name once. */
function prepare({ text, values }: Prisma.Sql): pg.QueryConfig {
  const name = names.get(text) ?? `bulk-${names.size}`;
  names.set(text, name);
  return { name, text, values: values as unknown[] };
}

/** Runs one statement. @returns the rows. */
export async function queryBulk<Row>(sql: Prisma.Sql): Promise<Row[]> {
  return (await findPool().query(prepare(sql))).rows as Row[];
}

async function inTransaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await findPool().connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    // Closing the connection rolls back, whatever state it is in.
    client.release(true);
    throw error;
  }
}

/** Runs `work` in a transaction: all of it is stored, or nothing. */
export function inBulkTransaction<Result>(work: (tx: BulkTransaction) => Promise<Result>): Promise<Result> {
  return inTransaction(async (client) => {
    const begun = client.query('BEGIN');
    const [result] = await Promise.all([
      work({
        query: async <Row>(sql: Prisma.Sql) => (await client.query(prepare(sql))).rows as Row[],
        execute: async (sql) => (await client.query(prepare(sql))).rowCount ?? 0,
      }),
      begun,
    ]);
    await client.query('COMMIT');
    return result;
  });
}

/**
 * Runs statements in a transaction, in one round trip. What they store is worth nothing after a crash of PostgreSQL, so
 * that nobody waits for the disk.
 *
 * @returns the rows of each.
 */
export function queryTogether<Rows extends unknown[][]>(
  statements: {
    [Index in keyof Rows]: Prisma.Sql;
  },
): Promise<Rows> {
  return inTransaction(async (client) => {
    const [, ...results] = await Promise.all([
      client.query('BEGIN; SET LOCAL synchronous_commit = off'),
      ...statements.map((sql) => client.query(prepare(sql))),
      client.query('COMMIT'),
    ]);
    return results.slice(0, -1).map(({ rows }) => rows) as Rows;
  });
}

/** Closes the connections, at the end of a process or a test. */
export async function closeBulk(): Promise<void> {
  const pool = shared.tidingsBulk;
  shared.tidingsBulk = undefined;
  await pool?.end();
}
