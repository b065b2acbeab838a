import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { signalIfAlive, until } from '../lib/processes.mjs';
import { keepLog } from './log-file';

/** A process that the launcher keeps running. */
export interface Service {
  name: string;
  pid: number;
  logPath: string;
  /** Settles when it ends; never rejects. Says why, with the last that it wrote. */
  exited: Promise<string>;
  hasExited(): boolean;
  /** Settles when it takes work; also when it ended before. */
  ready: Promise<void>;
  /** Asks it to stop. */
  ask(): void;
  /** Ends it and whatever it started. */
  kill(): void;
}

interface Options {
  name: string;
  /** The bundle. */
  script: string;
  env: NodeJS.ProcessEnv;
  logFolder: string;
  /** Asked until it is true; without it, the process says `{type: 'ready'}` itself. */
  isReady?: () => Promise<boolean>;
}

const readyTimeoutMs = 60_000;

/**
 * Starts a process of Tidings. It runs in a process group of its own, so that a Ctrl-C in the terminal reaches
 * the launcher alone, and has a channel to it: when the launcher is killed, the channel closes and it stops.
 */
export function startService(options: Options): Service {
  mkdirSync(options.logFolder, { recursive: true, mode: 0o700 });
  const child = spawn(process.execPath, [options.script], {
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const log = keepLog(join(options.logFolder, `${options.name}.log`), [child.stdout, child.stderr]);
  let ended = false;
  const exited = new Promise<string>((resolve) => {
    const end = (how: string) => {
      ended = true;
      resolve([how, ...log.tail().slice(-1)].join(': '));
    };
    child.on('error', (error) => end(error.message));
    // Not `exit`: the last that it wrote may still be on its way.
    child.on('close', (code, signal) =>
      end(signal ? `it was ended by ${signal}` : `it ended with status ${code}`),
    );
  });
  let announced = false;
  child.on('message', (message) => {
    announced ||= typeof message === 'object' && message !== null && Reflect.get(message, 'type') === 'ready';
  });
  const isReady = options.isReady ?? (async () => announced);
  return {
    name: options.name,
    pid: child.pid ?? 0,
    logPath: log.path,
    exited,
    hasExited: () => ended,
    ready: until(async () => ended || (await isReady()), readyTimeoutMs).then(() => undefined),
    ask: () => void child.kill('SIGTERM'),
    kill: () => void (child.pid && signalIfAlive(-child.pid, 'SIGKILL')),
  };
}

/**
 * @returns whether a server answers there with a success. No connection is kept open, and none is left with an
 *   answer that was not read: either would keep the server from stopping.
 */
export function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 5000 }, (response) => {
      response.resume().on('error', () => resolve(false));
      response.on('end', () => resolve(response.statusCode === 200));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
