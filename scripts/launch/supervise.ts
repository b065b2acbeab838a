import { setTimeout as delay } from 'node:timers/promises';
import { complain, say } from '../lib/say.mjs';
import { StartError } from '../lib/start-error.mjs';

/** Something that runs until it ends by itself or is stopped. */
interface Running {
  /** Settles when it ends, with the reason. */
  exited: Promise<string>;
}

interface Options<T extends Running> {
  name: string;
  first: T;
  start: () => Promise<T>;
  /** Aborted when everything is to stop: an end is no surprise then. */
  stop: AbortSignal;
  /** Milliseconds; tests shorten them. */
  firstWait?: number;
  steadyAfter?: number;
}

const mostFailures = 5;
const longestWait = 15_000;

/**
 * Keeps something running: starts it again when it ends by itself, after a wait that doubles. One that ran for a
 * minute has no failures to its name any more.
 *
 * @throws StartError when it has ended five times in a row.
 */
export async function supervise<T extends Running>(options: Options<T>): Promise<void> {
  const { name, start, stop, firstWait = 500, steadyAfter = 60_000 } = options;
  let current = options.first;
  let failures = 0;
  while (!stop.aborted) {
    const since = Date.now();
    const reason = await current.exited;
    if (stop.aborted) return;
    failures = Date.now() - since > steadyAfter ? 1 : failures + 1;
    if (failures > mostFailures)
      throw new StartError(`The ${name} keeps ending, the last time because ${reason}`);
    complain(`The ${name} ended: ${reason}`);
    await delay(Math.min(firstWait * 2 ** (failures - 1), longestWait), undefined, { signal: stop }).catch(
      () => undefined,
    );
    if (stop.aborted) return;
    current = await start();
    say(`The ${name} was started again`);
  }
}
