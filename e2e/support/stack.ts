import { randomBytes } from 'node:crypto';
import { emptyTablesAt } from '../../test/support/empty-tables';
import { startTestPostgres } from '../../test/support/postgres';
import { startWorkerProcess, type TestProcess } from '../../test/support/processes';
import { startWebProcess } from '../../test/support/web';

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
  /** Takes all feeds and what belongs to them out of the database, or what else is said. */
  empty(tables?: string): Promise<void>;
  stop(): Promise<void>;
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
    empty: (tables = 'feeds, folders, imports') => emptyTablesAt(database.url, tables),
    stop: async () => {
      await stopWorker();
      await web.end('SIGTERM');
      await postgres.stop();
    },
  };
}
