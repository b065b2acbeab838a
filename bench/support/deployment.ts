import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { FEW_ARENAS } from '../../scripts/lib/few-arenas.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';
import { until } from '../../scripts/lib/processes.mjs';
import { startTestPostgres } from '../../test/support/postgres';
import { startTestRedis } from '../../test/support/redis';

export type Backend = 'postgres' | 'redis';

export interface Deployment {
  /** Address of the web process, without a slash at the end. */
  origin: string;
  databaseUrl: string;
  /** The same database, for the role that may do everything. */
  superuserUrl: string;
  web: ChildProcess;
  workers: ChildProcess[];
  stop(): Promise<void>;
}

interface DeploymentOptions {
  workers?: number;
  workerEnv?: Record<string, string>;
  /** Flags of Node.js for the workers. */
  workerFlags?: string[];
  /** The same for the web process. */
  webFlags?: string[];
  /** Settings of PostgreSQL. */
  postgresFlags?: Record<string, string>;
}

function startBuilt(entry: string, env: Record<string, string>, flags: string[] = []): ChildProcess {
  return spawn(process.execPath, [...flags, entry], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/**
 * Starts what a deployment runs, from the build: PostgreSQL, the queue, one web process and the workers.
 *
 * @throws when there is no build.
 */
export async function startDeployment(
  backend: Backend,
  {
    workers: count = 1,
    workerEnv = {},
    workerFlags = [],
    webFlags = [],
    postgresFlags = {},
  }: DeploymentOptions = {},
): Promise<Deployment> {
  if (!existsSync('dist/web.js')) throw new Error('There is no build: run `npm run build` first.');
  const postgres = await startTestPostgres(postgresFlags);
  const database = await postgres.createDatabase();
  const redis = backend === 'redis' ? await startTestRedis() : null;
  if (backend === 'redis' && redis === null) throw new Error('There is no redis-server on this machine.');
  const port = await freePort();
  const env = {
    DATABASE_URL: database.url,
    ...(redis && { REDIS_URL: redis.url }),
    PORT: String(port),
    WORKER_PORT: '0',
    FETCH_ALLOW_NETWORKS: '127.0.0.0/8',
    // Few addresses play many hosts: two requests at a time as usual, but more of them a minute.
    FETCH_HOST_PER_MINUTE: '600000',
    FETCH_ICONS: 'off',
    LOG_LEVEL: 'silent',
  };
  const web = startBuilt('dist/web.js', env, webFlags);
  const workers = Array.from({ length: count }, () =>
    startBuilt('dist/worker.cjs', { ...FEW_ARENAS, ...env, ...workerEnv }, workerFlags),
  );
  const origin = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(`${origin}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  if (!(await until(answers, 30_000))) throw new Error('The web process did not start.');
  return {
    origin,
    databaseUrl: database.url,
    superuserUrl: database.superuserUrl,
    web,
    workers,
    async stop() {
      for (const child of [web, ...workers]) {
        if (child.exitCode !== null) continue;
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await exited;
      }
      await redis?.stop();
      await postgres.stop();
    },
  };
}
