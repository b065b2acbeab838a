import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { signalIfAlive, until } from '../lib/processes.mjs';
import { cleanEnv } from './clean-env';
import type { Place } from './place';
import { readPidFile } from './postmaster';

/** A running server. */
export interface Server {
  pid: number;
  port: number;
  /** Settles when it ends, for whatever reason. */
  exited: Promise<void>;
}

/** A start may have to replay a long log first. */
const startTimeoutMs = 300_000;

/**
 * Starts a server in a process group of its own: Ctrl-C in a terminal must not reach it before its clients.
 *
 * @param flags such as `['-c', 'fsync=off']`.
 * @returns the server once it takes connections, or what it wrote before it gave up.
 */
export async function startServer(
  place: Place,
  port: number,
  logFile: string,
  flags: string[] = [],
): Promise<Server | { output: string }> {
  const log = openSync(logFile, 'a', 0o600);
  const begin = statSync(logFile).size;
  const child = spawn(
    place.binaries.postgres,
    [
      '-D',
      place.data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      ...flags,
    ],
    { cwd: '/', env: cleanEnv(), stdio: ['ignore', log, log], detached: true, ...place.account },
  );
  closeSync(log);
  const { exited, hasExited } = watch(child);
  const pid = child.pid ?? -1;
  await until(async () => hasExited() || (await isReady(place.data, pid)), startTimeoutMs);
  if (!hasExited() && (await isReady(place.data, pid))) return { pid, port, exited };
  await stopServer({ pid, port, exited }, 5000);
  return { output: readFileSync(logFile).subarray(begin).toString() };
}

/**
 * Stops a server: fast, then at once, then by force.
 *
 * @param patienceMs how long a fast shutdown may take; the rest takes less than a second.
 */
export async function stopServer(server: Server, patienceMs: number): Promise<void> {
  let ended = false;
  const exited = server.exited.then(() => {
    ended = true;
  });
  for (const [signal, wait] of [
    ['SIGINT', patienceMs],
    ['SIGQUIT', 500],
  ] as const) {
    signalIfAlive(server.pid, signal);
    if (await until(() => ended, wait)) return;
  }
  signalIfAlive(-server.pid, 'SIGKILL');
  signalIfAlive(server.pid, 'SIGKILL');
  await exited;
}

function watch(child: ChildProcess): { exited: Promise<void>; hasExited: () => boolean } {
  let ended = false;
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      ended = true;
      resolve();
    };
    child.on('exit', end);
    child.on('error', end);
  });
  return { exited, hasExited: () => ended };
}

async function isReady(data: string, pid: number): Promise<boolean> {
  const file = await readPidFile(data);
  return file?.pid === pid && file.status === 'ready';
}
