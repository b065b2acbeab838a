import { log } from '@/lib/ops/log';
import { type QueuesView, readQueues, setPause } from '@/lib/queue/oversee';
import { measureBacklog } from '@/lib/store/sweep-feeds';
import { listLiveWorkers, type WorkerView } from '@/lib/store/workers';

/** Nobody waits longer for a page about a queue that is away. */
const READ_LIMIT_MS = 500;
const CHANGE_LIMIT_MS = 2000;

/** How fetching fares, for whoever runs the installation. */
export interface FetchingView {
  workers: WorkerView[];
  /** How many feeds are due, up to 10,000, and for how many seconds the longest has waited for us. */
  due: number;
  oldestSeconds: number;
  /** Null when the queue does not answer. */
  queue: QueuesView | null;
}

/** Looks at workers, what is due, and the queue. */
export async function readFetching(): Promise<FetchingView> {
  const [workers, backlog, queue] = await Promise.all([
    listLiveWorkers(),
    measureBacklog(),
    readQueues(READ_LIMIT_MS).catch((error: unknown) => {
      log.warn({ err: error }, 'The queue did not answer when asked how it is.');
      return null;
    }),
  ]);
  return { workers, ...backlog, queue };
}

/** Has nothing fetched until it is resumed; what is being fetched ends. @returns whether the queue has taken it. */
export async function pauseFetching(): Promise<boolean> {
  return change(true);
}

/** Has feeds fetched again. @returns whether the queue has taken it. */
export async function resumeFetching(): Promise<boolean> {
  return change(false);
}

async function change(paused: boolean): Promise<boolean> {
  try {
    await setPause(paused, CHANGE_LIMIT_MS);
    log.info({ paused }, paused ? 'Fetching is paused.' : 'Fetching goes on.');
    return true;
  } catch (error) {
    log.warn({ err: error }, 'The queue could not be paused or resumed.');
    return false;
  }
}
