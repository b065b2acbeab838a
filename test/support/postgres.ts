import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { run } from '../../scripts/lib/run.mjs';
import { databaseUrl, superuserUrl } from '../../scripts/postgres/database';
import { openEmbeddedPostgres } from '../../scripts/postgres/embedded';
import { stopOrphan } from '../../scripts/postgres/postmaster';
import { readRecord } from '../../scripts/postgres/record';

/** A real PostgreSQL for tests; it and all of its data go when it is stopped. */
export interface TestPostgres {
  dataDir: string;
  /** @returns a fresh database with all migrations applied, in some 50 ms. */
  createDatabase(): Promise<TestDatabase>;
  /** @returns a database with nothing in it, as a new deployment has. */
  createEmptyDatabase(): Promise<TestDatabase>;
  /**
   * Takes the server away and brings it back at the same address, as an update of it does.
   *
   * @param whileDown what to do before it is started again.
   */
  restart(whileDown?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export interface TestDatabase {
  /** For `DATABASE_URL`; its role is no superuser. */
  url: string;
  /** The same database, for the role that may do everything. */
  superuserUrl: string;
  drop(): Promise<void>;
}

/**
 * Starts one server, with a migrated database that the others are copied from.
 *
 * @param flags settings of the server beside those of all tests.
 */
export async function startTestPostgres(flags: Record<string, string> = {}): Promise<TestPostgres> {
  const dataDir = await realpath(await mkdtemp(join(tmpdir(), 'tidings-test-')));
  // As root, PostgreSQL runs as another user, who must be able to pass.
  await chmod(dataDir, 0o711);
  const { url, stop } = await open(dataDir, flags);
  await migrate(url).catch((error) => stop().then(() => Promise.reject(error)));
  return testPostgresIn(dataDir);
}

/** A stop in order writes everything down first, which takes a busy disk longer; what is not in order is a crash. */
const STOP_MS = 60_000;

/** Any process may hold the server of a data folder: all that it needs to know is in there. */
export function testPostgresIn(dataDir: string): TestPostgres {
  return {
    dataDir,
    createDatabase: () => createDatabase(dataDir, 'tidings'),
    createEmptyDatabase: () => createDatabase(dataDir, 'template0'),
    restart: async (whileDown) => {
      const { data } = await locate(dataDir);
      await stopOrphan(data, STOP_MS);
      await whileDown?.();
      await open(dataDir);
    },
    stop: async () => {
      const { data } = await locate(dataDir);
      await stopOrphan(data);
      for (const path of [data, dataDir]) await rm(path, { recursive: true, force: true });
    },
  };
}

/** In a process of its own: the engine leaves a timer behind that would keep this one alive for ten seconds. */
async function migrate(url: string): Promise<void> {
  // Nothing else of the environment: the test runner sets a BASE_URL of its own.
  const environment = { NODE_ENV: 'test' as const, PATH: process.env.PATH, DATABASE_URL: url };
  const outcome = await run(process.execPath, ['--import', 'tsx', 'prisma/release.ts'], { env: environment });
  if (outcome.code !== 0) throw new Error(outcome.stderr);
}

/** A test server loses nothing when its process is killed, only when the machine is: that is what fsync is for. */
function open(dataDir: string, own: Record<string, string> = {}) {
  const flags = {
    ...own,
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: '300',
    max_wal_size: '256MB',
  };
  return openEmbeddedPostgres({
    dataDir,
    say: () => undefined,
    initdbFlags: ['--no-sync'],
    serverFlags: Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  });
}

async function locate(dataDir: string) {
  const record = await readRecord(dataDir);
  if (!record) throw new Error(`There is no test PostgreSQL in ${dataDir}.`);
  return { record, data: join(record.home ?? dataDir, 'postgres') };
}

async function createDatabase(dataDir: string, template: string): Promise<TestDatabase> {
  const { record } = await locate(dataDir);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const administer = async (sql: string) => {
    const client = new pg.Client({ connectionString: superuserUrl(record.port, record) });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await administer(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER tidings`);
  const here = (address: string) => Object.assign(new URL(address), { pathname: `/${name}` }).href;
  return {
    url: here(databaseUrl(record.port, record)),
    superuserUrl: here(superuserUrl(record.port, record)),
    drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
