import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { log } from '@/lib/ops/log';
import type { IconPicture } from './convert-picture';
import type { IconAnswer, IconTask } from './icon-task';

const START_MS = 20_000;
const DEFAULT_TASK_MS = 8000;
const IDLE_MS = 30_000;

export interface IconDecoder {
  /** @returns addresses of pictures that a page names as its icon, best first. */
  findLinks(page: Uint8Array, url: string): Promise<string[]>;
  /** @returns an icon made of the picture; null when it cannot be decoded. */
  convert(picture: Uint8Array): Promise<IconPicture | null>;
  close(): void;
}

/**
 * Decodes what strangers send in a process of its own, one after the other: libvips and librsvg are native, a thread
 * with them cannot be stopped, and a crash would be the worker's. It is started when it is needed, killed when one
 * task takes too long, and ended when it is idle.
 *
 * @param taskMs milliseconds that one task may take.
 */
export function createIconDecoder(taskMs = DEFAULT_TASK_MS): IconDecoder {
  let child: Promise<ChildProcess | null> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  let closed = false;
  const end = () => {
    clearTimeout(idle);
    const ending = child;
    child = null;
    void ending?.then((process) => process?.kill('SIGKILL'));
  };
  const run = async (task: IconTask): Promise<IconAnswer | null> => {
    clearTimeout(idle);
    if (closed) return null;
    child ??= startChild();
    const process = await child;
    const answer = process === null ? null : await ask(process, task, taskMs);
    if (process !== null && answer === null) end();
    idle = setTimeout(end, IDLE_MS).unref();
    return answer;
  };
  const inTurn = (task: IconTask): Promise<IconAnswer | null> => {
    const answer = turn.then(() => run(task));
    turn = answer;
    return answer;
  };
  return {
    async findLinks(bytes, url) {
      const answer = await inTurn({ kind: 'links', bytes, url });
      return answer?.kind === 'links' ? answer.links : [];
    },
    async convert(bytes) {
      const answer = await inTurn({ kind: 'picture', bytes });
      return answer?.kind === 'picture' ? answer.picture : null;
    },
    close() {
      closed = true;
      end();
    },
  };
}

/** The bundled entry beside this file when there is one, else its TypeScript source, run through tsx. */
async function startChild(): Promise<ChildProcess | null> {
  const bundled = fileURLToPath(new URL('./icon-process.js', import.meta.url));
  const source = fileURLToPath(new URL('./icon-process.ts', import.meta.url));
  const [entry, execArgv] = existsSync(bundled) ? [bundled, []] : [source, ['--import', 'tsx']];
  const child = fork(entry, {
    execArgv,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Not ours: a decoder that is taken over should find no password in it.
    env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV },
  });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  const answer = await nextAnswer(child, START_MS);
  if (answer?.kind === 'ready') return child;
  log.warn({ complaint }, 'Icons cannot be decoded: the process for it does not start.');
  child.kill('SIGKILL');
  return null;
}

async function ask(child: ChildProcess, task: IconTask, limitMs: number): Promise<IconAnswer | null> {
  if (!child.connected) return null;
  const answer = nextAnswer(child, limitMs);
  child.send(task, (error) => {
    if (error) log.debug({ err: error }, 'The process that decodes icons is gone.');
  });
  return answer;
}

/** @returns null when the process ends, or takes longer. */
function nextAnswer(child: ChildProcess, limitMs: number): Promise<IconAnswer | null> {
  return new Promise((resolve) => {
    const settle = (answer: IconAnswer | null) => {
      clearTimeout(limit);
      child.off('message', settle);
      child.off('exit', onExit);
      child.off('error', onExit);
      resolve(answer);
    };
    const onExit = () => settle(null);
    const limit = setTimeout(onExit, limitMs);
    child.on('message', settle);
    child.on('exit', onExit);
    child.on('error', onExit);
  });
}
