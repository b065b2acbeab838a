import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { eventually } from '../../test/support/eventually';
import { startTestPostgres } from '../../test/support/postgres';
import { startWorkerProcess, type TestProcess } from '../../test/support/processes';
import { startWebProcess } from '../../test/support/web';

/** PostgreSQL's code for a lock that was not had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** What passwords of feeds are encrypted with, and sessions signed. */
export const SECRET_KEY = randomBytes(32).toString('base64');

/** Web, worker and PostgreSQL as they run in earnest, each a process of its own. */
export interface Stack {
  /** Where the pages are, without a slash at the end. */
  url: string;
  databaseUrl: string;
  /** Starts a worker, with these further settings, unless one runs. */
  ensureWorker(env?: Record<string, string>): Promise<void>;
  /** Stops the worker, in order. */
  stopWorker(): Promise<void>;
  /** Takes all feeds and what belongs to them out of the database. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** A worker may still be writing what an earlier test has left: its tables are taken when it has none of them. */
async function emptyOnceIdle(client: pg.Client): Promise<void> {
  // Shorter than the second after which PostgreSQL looks for a deadlock, and ends one of the two.
  await client.query("SET lock_timeout = '500ms'");
  await eventually(async () => {
    try {
      await client.query('TRUNCATE feeds, folders, imports CASCADE');
      return true;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE) return false;
      throw error;
    }
  }, 'nobody writes feeds');
}

/**
 * Starts everything; some five seconds.
 *
 * @param settings of the web process, beside those that it needs.
 */
export async function startStack(settings: Record<string, string> = {}): Promise<Stack> {
  const postgres = await startTestPostgres();
  const database = await postgres.createDatabase();
  const web = await startWebProcess({ DATABASE_URL: database.url, SECRET_KEY, ...settings });
  const { url } = web;
  let worker: TestProcess | null = null;
  const stopWorker = async () => {
    await worker?.end('SIGTERM');
    worker = null;
  };
  return {
    url,
    databaseUrl: database.url,
    ensureWorker: async (env = {}) => {
      worker ??= await startWorkerProcess({ DATABASE_URL: database.url, SECRET_KEY, ...env });
    },
    stopWorker,
    empty: async () => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await emptyOnceIdle(client).finally(() => client.end());
    },
    stop: async () => {
      await stopWorker();
      await web.end('SIGTERM');
      await postgres.stop();
    },
  };
}
