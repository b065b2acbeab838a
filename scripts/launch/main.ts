import { join } from 'node:path';
import { FEW_ARENAS } from '../lib/few-arenas.mjs';
import { run } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';
import { StartError } from '../lib/start-error.mjs';
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../postgres/embedded';
import { keepSecretKey } from '../postgres/secret-key';
import type { Lock } from '../start/lock.mjs';
import { localAddress, probeAddress } from './access';
import { checkDatabase } from './check-database';
import { checkRedis } from './check-redis';
import { answers, type Service, startService } from './service';
import { readSettings, type Settings } from './settings';
import { type Running, shutDown } from './shutdown';
import { supervise } from './supervise';

/** What `npm start` hands over once there is a build. */
export interface LaunchOptions {
  /** The project's folder. */
  root: string;
  /** Exists, and is locked. */
  dataDir: string;
  lock: Lock;
  stop: AbortSignal;
  hurry: AbortSignal;
}

/**
 * Runs Tidings until it is told to stop: PostgreSQL, migrations, worker and web.
 *
 * @throws StartError or SettingError when something cannot be started or does not keep running; all that was
 *   started has been stopped then.
 */
export async function launch(options: LaunchOptions): Promise<void> {
  const settings = await readSettings(process.env);
  const running: Running = {};
  const ended = new AbortController();
  const stop = AbortSignal.any([options.stop, ended.signal]);
  try {
    const databaseUrl = settings.databaseUrl ?? (await startPostgres(options, running));
    if (settings.databaseUrl) await checkDatabase(settings.databaseUrl);
    if (settings.env.REDIS_URL) await checkRedis(settings.env.REDIS_URL);
    if (stop.aborted) return;
    const env = await processEnv(options, settings, databaseUrl);
    const notes = await migrate(options, env);
    if (stop.aborted) return;
    await startProcesses({ options, settings, env, running, stop });
    if (!stop.aborted) for (const note of notes) say(note);
    if (!stop.aborted) await keepRunning({ options, settings, env, running, stop });
  } finally {
    ended.abort();
    if (options.stop.aborted) say('Stopping');
    await shutDown(running, options.hurry);
  }
}

interface Context {
  options: LaunchOptions;
  settings: Settings;
  env: NodeJS.ProcessEnv;
  running: Running;
  stop: AbortSignal;
}

async function startPostgres({ dataDir, lock }: LaunchOptions, running: Running): Promise<string> {
  say('Starting PostgreSQL');
  running.postgres = await openEmbeddedPostgres({ dataDir, say });
  lock.addChild('postgres', running.postgres.server.pid);
  return running.postgres.url;
}

async function processEnv(
  { dataDir }: LaunchOptions,
  settings: Settings,
  databaseUrl: string,
): Promise<NodeJS.ProcessEnv> {
  // A database of one's own may have other processes than these, and all of them need one key: it is set by hand.
  const makesKey = settings.databaseUrl === undefined && settings.env.SECRET_KEY === undefined;
  return {
    ...process.env,
    ...(makesKey && { SECRET_KEY: await keepSecretKey(dataDir) }),
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    PORT: String(settings.port),
    WORKER_PORT: String(settings.workerPort),
  };
}

async function migrate({ root, stop }: LaunchOptions, env: NodeJS.ProcessEnv): Promise<string[]> {
  say('Bringing the database up to date');
  const { code, stdout, stderr } = await run(process.execPath, [join(root, 'dist/release.js')], {
    env,
    stop,
  });
  if (code !== 0 && !stop.aborted) throw new StartError(stderr.trim());
  // After what was done to the database comes the way in, where there is none yet.
  return stdout.trim().split('\n').slice(1);
}

async function startProcesses(context: Context): Promise<void> {
  const { options, settings, running, stop } = context;
  say('Starting web and worker');
  running.worker = startWorker(context);
  running.web = startWeb(context);
  const services = [running.worker, running.web];
  const stopped = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
  await Promise.race([stopped, Promise.all(services.map(requireReady))]);
  if (stop.aborted) return;
  const address = localAddress(settings.env.HOST, settings.port);
  options.lock.setAddress(address);
  say(`Tidings is ready at ${address}`);
  // Code is loaded and connections are made now, not when somebody waits for the first page.
  const probe = probeAddress(settings.env.HOST, settings.port);
  for (const path of ['/', '/readyz']) void answers(probe + path);
}

async function requireReady(service: Service): Promise<void> {
  await service.ready;
  if (!service.hasExited()) return;
  throw new StartError(
    `The ${service.name} did not start: ${await service.exited} (see ${service.logPath}).`,
  );
}

function startWorker({ options, env }: Context): Service {
  const service = startService({
    name: 'worker',
    script: join(options.root, 'dist/worker.cjs'),
    env: { ...FEW_ARENAS, ...env },
    logFolder: join(options.dataDir, 'logs'),
  });
  options.lock.addChild(service.name, service.pid);
  return service;
}

function startWeb({ options, settings, env }: Context): Service {
  const probe = `${probeAddress(settings.env.HOST, settings.port)}/healthz`;
  const service = startService({
    name: 'web',
    script: join(options.root, 'dist/web.js'),
    env,
    logFolder: join(options.dataDir, 'logs'),
    isReady: () => answers(probe),
  });
  options.lock.addChild(service.name, service.pid);
  return service;
}

/** Any of the processes that ends by itself is started again. */
async function keepRunning(context: Context): Promise<void> {
  const { running, stop } = context;
  const { web, worker, postgres } = running;
  const tasks: Promise<void>[] = [];
  const keepService = (name: 'web' | 'worker', first: Service, start: (context: Context) => Service) => {
    const again = async () => {
      const service = start(context);
      running[name] = service;
      return service;
    };
    tasks.push(supervise({ name: name === 'web' ? 'web process' : name, first, start: again, stop }));
  };
  if (worker) keepService('worker', worker, startWorker);
  if (web) keepService('web', web, startWeb);
  if (postgres) tasks.push(keepPostgres(context, postgres));
  const stopped = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
  await Promise.race([stopped, ...tasks]);
}

function keepPostgres({ options, running, stop }: Context, first: EmbeddedPostgres): Promise<void> {
  const watch = (postgres: EmbeddedPostgres) => ({
    postgres,
    exited: postgres.server.exited.then(() => 'see postgres.log'),
  });
  let current = watch(first);
  return supervise({
    name: 'PostgreSQL',
    first: current,
    stop,
    start: async () => {
      const postgres = await current.postgres.restart();
      options.lock.addChild('postgres', postgres.server.pid);
      running.postgres = postgres;
      if (postgres.url !== current.postgres.url) {
        throw new StartError('PostgreSQL had to be started on another port: start Tidings again.');
      }
      current = watch(postgres);
      return current;
    },
  });
}
