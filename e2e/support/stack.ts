import pg from 'pg';
import { freePort } from '../../scripts/lib/ports.mjs';
import { eventually } from '../../test/support/eventually';
import { startTestPostgres } from '../../test/support/postgres';
import { startProcess, startWorkerProcess, type TestProcess } from '../../test/support/processes';

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

async function startWeb(databaseUrl: string, settings: Settings): Promise<{ web: TestProcess; url: string }> {
  const port = await freePort();
  // Passkeys are for names: an address cannot have any.
  const url = `http://${settings.AUTH === 'on' ? 'localhost' : '127.0.0.1'}:${port}`;
  const web = startProcess('scripts/web.ts', {
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
    ...(settings.AUTH === 'on' && { BASE_URL: url }),
    ...settings,
  });
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  await eventually(isReady, 'the web process is ready', 30_000).catch((error: Error) => {
    throw new Error(`${error.message}\n${web.output()}`);
  });
  return { web, url };
}

type Settings = Record<string, string>;

/**
 * Starts everything; some five seconds.
 *
 * @param settings of the web process, beside those that it needs.
 */
export async function startStack(settings: Settings = {}): Promise<Stack> {
  const postgres = await startTestPostgres();
  const database = await postgres.createDatabase();
  const { web, url } = await startWeb(database.url, settings);
  let worker: TestProcess | null = null;
  const stopWorker = async () => {
    await worker?.end('SIGTERM');
    worker = null;
  };
  return {
    url,
    databaseUrl: database.url,
    ensureWorker: async (env = {}) => {
      worker ??= await startWorkerProcess({ DATABASE_URL: database.url, ...env });
    },
    stopWorker,
    empty: async () => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query('TRUNCATE feeds CASCADE').finally(() => client.end());
    },
    stop: async () => {
      await stopWorker();
      await web.end('SIGTERM');
      await postgres.stop();
    },
  };
}
