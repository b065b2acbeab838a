import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { ensureBuild } from './ensure-build';
import type { TestDatabase } from './postgres';
import { usePostgres } from './use-postgres';
import { startWebProcess, type TestWeb } from './web';

/** A database, and web processes on it that know their users; to be read inside tests. */
export interface WebStage {
  database: TestDatabase;
  sql: pg.Client;
  /** Starts a web process, which ends with the file. @param env beside, or in place of, the settings of all of them. */
  start(env?: Record<string, string>): Promise<TestWeb>;
}

/**
 * Sets up a database for a test file about whoever signs in, from the build. All of its web processes have the same key.
 *
 * @param settings of each of them, beside that.
 */
export function useWeb(settings: Record<string, string> = {}): { current: WebStage } {
  const holder = {} as { current: WebStage };
  const started: Promise<TestWeb>[] = [];
  const SECRET_KEY = randomBytes(32).toString('base64');
  beforeAll(async () => {
    await ensureBuild();
    const database = await usePostgres().createDatabase();
    const sql = new pg.Client({ connectionString: database.url });
    await sql.connect();
    holder.current = {
      database,
      sql,
      start(env = {}) {
        const web = startWebProcess({
          DATABASE_URL: database.url,
          AUTH: 'on',
          SECRET_KEY,
          ...settings,
          ...env,
        });
        started.push(web);
        return web;
      },
    };
  }, 180_000);
  afterAll(async () => {
    const webs = await Promise.allSettled(started);
    await Promise.all(webs.map((web) => web.status === 'fulfilled' && web.value.end('SIGTERM')));
    await holder.current?.sql.end();
    await holder.current?.database.drop();
  });
  return holder;
}
