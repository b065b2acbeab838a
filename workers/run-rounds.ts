import { log } from '@/lib/ops/log';

export interface RoundsOptions<Task> {
  /** Says in the log which rounds failed. */
  name: string;
  /** From the end of one round to the beginning of the next, in milliseconds. */
  everyMs: number;
  /** Tasks worked on at the same time: nearly all of them wait for a server. */
  atOnce: number;
  /** @returns at most `limit` tasks, taken so that nobody else gets them. */
  claim: (limit: number) => Promise<Task[]>;
  /** What it throws is logged; the task comes back when its claim says so. */
  work: (task: Task, signal: AbortSignal) => Promise<void>;
}

/**
 * Claims tasks again and again, and works on them. A task that hangs keeps its own place, and no round waits for it.
 *
 * @returns how to stop: tasks are told by their signal, and the promise resolves when they have ended.
 */
export function startRounds<Task>(options: RoundsOptions<Task>): () => Promise<void> {
  const { name, everyMs, atOnce, claim, work } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const working = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  const complain = (error: unknown) => {
    if (!signal.aborted) log.warn({ err: error, name }, 'Something failed, and is tried again.');
  };
  const round = async () => {
    const room = atOnce - working.size;
    for (const task of room > 0 ? await claim(room) : []) {
      const done = work(task, signal)
        .catch(complain)
        .finally(() => working.delete(done));
      working.add(done);
    }
  };
  const run = async () => {
    await round().catch(complain);
    if (signal.aborted) return;
    timer = setTimeout(() => {
      running = run();
    }, everyMs);
  };
  let running = run();
  return async () => {
    stopping.abort(new Error('the worker is stopping'));
    clearTimeout(timer);
    await running;
    await Promise.all(working);
  };
}
