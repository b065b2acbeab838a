import { type Env, parseEnv } from '../../lib/ops/env';
import { freePort, tryPort } from '../lib/ports.mjs';
import { StartError } from '../lib/start-error.mjs';
import { explainPort, refuseOpenDoor } from './access';

/** What the launcher starts with; ports are free ones. */
export interface Settings {
  env: Env;
  /** Undefined: the embedded PostgreSQL is used. */
  databaseUrl: string | undefined;
  port: number;
  workerPort: number;
}

/** Only there so that the other settings can be read before there is a database. */
const placeholder = 'postgresql://localhost/';

/**
 * Reads the settings, and sees that the ports are free before anything is started.
 *
 * @throws SettingError, StartError
 */
export async function readSettings(source: NodeJS.ProcessEnv): Promise<Settings> {
  const databaseUrl = source.DATABASE_URL?.trim() || undefined;
  const env = parseEnv({ ...source, DATABASE_URL: databaseUrl ?? placeholder });
  refuseOpenDoor(env, databaseUrl === undefined);
  const port = await requirePort('PORT', env.PORT, env.HOST);
  return { env, databaseUrl, port, workerPort: await chooseWorkerPort(env, port, source) };
}

async function requirePort(setting: string, port: number, host: string): Promise<number> {
  const found = await tryPort(port, host);
  if ('code' in found) throw new StartError(explainPort(setting, port, host, found.code));
  return found.port;
}

/** Nobody types the worker's port into a browser: unless it was asked for, any free one will do. */
async function chooseWorkerPort(env: Env, webPort: number, source: NodeJS.ProcessEnv): Promise<number> {
  if (source.WORKER_PORT?.trim()) return requirePort('WORKER_PORT', env.WORKER_PORT, '127.0.0.1');
  const found =
    env.WORKER_PORT === webPort ? { code: 'EADDRINUSE' } : await tryPort(env.WORKER_PORT, '127.0.0.1');
  return 'code' in found ? freePort() : found.port;
}
