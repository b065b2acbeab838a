import { log } from '@/lib/ops/log';

export interface RoundsOptions {
  /** Says in the log which rounds failed. */
  name: string;
  /** From the end of one to the beginning of the next, in milliseconds. */
  everyMs: number;
}

/**
 * Does something again and again. A round that fails is logged, and the next one comes as always.
 *
 * @param round is told to end early by its signal.
 * @returns how to stop; resolves when the round at work has ended.
 */
export function startRounds(
  { name, everyMs }: RoundsOptions,
  round: (signal: AbortSignal) => Promise<void>,
): () => Promise<void> {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      await round(stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ err: error, name }, 'A round failed; the next one comes.');
    }
    if (!stopping.signal.aborted) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      running = run();
    }, everyMs);
  };
  running = run();
  return async () => {
    stopping.abort(new Error('the worker is stopping'));
    clearTimeout(timer);
    await running;
  };
}
