import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/lib/ports.mjs';
import { startMark, until } from '../../scripts/lib/processes.mjs';

/** `npm start` as a test runs it: in a data folder of its own and on a free port. */
export interface Launcher {
  child: ChildProcess;
  url: string;
  /** All that it has written. */
  output(): string;
  /** @throws with the output when it ends before it is ready. */
  ready(): Promise<void>;
  /** @returns its exit status. */
  ended(): Promise<number | null>;
  /** Sends a signal. @returns exit status and milliseconds. */
  stop(signal: NodeJS.Signals): Promise<{ status: number | null; ms: number }>;
  /** The ids of the processes that it has started, from its lock file. */
  processes(): Processes;
}

export type Processes = { [name in 'postgres' | 'web' | 'worker']?: number };

/** Settings that a developer's own .env must not bring in; empty counts as absent. */
const blank = {
  DATABASE_URL: '',
  REDIS_URL: '',
  HOST: '',
  AUTH: '',
  BASE_URL: '',
  WORKER_PORT: '',
  LOG_LEVEL: '',
};

/** @returns an empty data folder that PostgreSQL's user can pass through, also when root makes it. */
export async function makeDataDir(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tidings-launch-')));
  await chmod(folder, 0o711);
  return folder;
}

const started = new Set<ChildProcess>();

/** Ends what a test that failed has left running, so that the next one fails for reasons of its own. */
export async function endLaunchers(): Promise<void> {
  const left = [...started].filter((child) => child.exitCode === null && child.signalCode === null);
  await Promise.all(
    left.map((child) => {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      return closed;
    }),
  );
  started.clear();
}

/** Starts it; `settings` are environment variables. */
export async function startLauncher(
  dataDir: string,
  settings: Record<string, string> = {},
): Promise<Launcher> {
  const port = settings.PORT ?? String(await freePort());
  const child = spawn(process.execPath, ['scripts/start.cjs'], {
    env: { ...process.env, ...blank, DATA_DIR: dataDir, ...settings, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
  }
  let done = false;
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (status) => {
      done = true;
      resolve(status);
    });
  });
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    output: () => text,
    ready: async () => {
      await until(() => done || text.includes('is ready at'), 110_000);
      if (!text.includes('is ready at')) throw new Error(`It did not become ready:\n${text}`);
    },
    ended: () => ended,
    stop: async (signal) => {
      const begin = Date.now();
      child.kill(signal);
      return { status: await ended, ms: Date.now() - begin };
    },
    processes: () => readProcesses(dataDir),
  };
}

/** Runs it when it is expected to give up. */
export async function runLauncher(dataDir: string, settings: Record<string, string> = {}) {
  const launcher = await startLauncher(dataDir, settings);
  const status = await launcher.ended();
  return { status, lastLine: launcher.output().trim().split('\n').at(-1) ?? '' };
}

/** Removes a data folder, wherever its data is, after what still uses it has ended. */
export async function removeDataDir(dataDir: string): Promise<void> {
  await until(
    () => Object.values(readProcesses(dataDir)).every((pid) => startMark(pid) === undefined),
    15_000,
  );
  const record = join(dataDir, 'postgres.json');
  const home = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')).home : null;
  for (const path of [home, dataDir]) if (path) await rm(path, { recursive: true, force: true });
}

function readProcesses(dataDir: string): Processes {
  const path = join(dataDir, 'launcher.json');
  if (!existsSync(path)) return {};
  const { children } = JSON.parse(readFileSync(path, 'utf8'));
  return Object.fromEntries(Object.entries<{ pid: number }>(children).map(([name, { pid }]) => [name, pid]));
}
