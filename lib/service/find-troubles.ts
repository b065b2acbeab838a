import { log } from '@/lib/ops/log';
import { readPause } from '@/lib/queue/oversee';
import type { Trouble } from '@/lib/store/health-views';
import { measureBacklog } from '@/lib/store/sweep-feeds';
import { countLiveWorkers } from '@/lib/store/workers';
import { describeTroubles, type Vitals } from './describe-troubles';

/** What was found holds for so long, for everybody who asks this process. */
const HOLDS_MS = 2000;
/** A database that has not answered by then counts as down. */
const LIMIT_MS = 3000;
/** A queue that has not answered by then is not asked whether it is paused. */
const QUEUE_LIMIT_MS = 500;
/** One slow answer may be anything; the middle one of three is not. */
const SAMPLES = 3;

type Answer = Pick<Vitals, 'liveWorkers' | 'oldestDueSeconds'>;

/** Next bundles routes apart from each other: one state a process, wherever it is imported. */
interface Checkup {
  samples: number[];
  troubles: Trouble[];
  at: number;
  running?: Promise<void> | undefined;
  /** The question put last, while it has no answer. */
  asked?: { vitals: Promise<Answer | null>; since: number } | undefined;
}

const shared = globalThis as typeof globalThis & { tidingsCheckup?: Checkup };

function openCheckup(): Checkup {
  shared.tidingsCheckup ??= { samples: [], troubles: [], at: Number.NEGATIVE_INFINITY };
  return shared.tidingsCheckup;
}

/** @returns null when the work takes longer; it goes on all the same. */
async function within<T>(limitMs: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** The same way as the queries of pages, through the same pool: what these would wait for is waited for here. */
async function takeVitals(): Promise<Answer> {
  const liveWorkers = await countLiveWorkers();
  const { oldestSeconds } = await measureBacklog();
  return { liveWorkers, oldestDueSeconds: oldestSeconds };
}

/** One question at a time: a database that hangs is not to have all of our connections hang on it. */
function ask(checkup: Checkup): NonNullable<Checkup['asked']> {
  if (checkup.asked === undefined) {
    const vitals = takeVitals()
      .catch((error: unknown) => {
        log.warn({ err: error }, 'The database did not answer when asked how things are.');
        return null;
      })
      .finally(() => {
        checkup.asked = undefined;
      });
    checkup.asked = { vitals, since: performance.now() };
  }
  return checkup.asked;
}

/** What is not known is not said: a queue that is away is made up for by the sweep. */
async function askPause(): Promise<boolean> {
  try {
    return await readPause(QUEUE_LIMIT_MS);
  } catch (error) {
    log.debug({ err: error }, 'The queue did not answer when asked whether it is paused.');
    return false;
  }
}

async function examine(checkup: Checkup): Promise<void> {
  const { vitals, since } = ask(checkup);
  const pause = askPause();
  const answer = await within(LIMIT_MS, vitals);
  checkup.samples = [...checkup.samples, performance.now() - since].slice(-SAMPLES);
  const paused = await pause;
  checkup.troubles = describeTroubles(
    answer === null ? null : { ...answer, paused, databaseMs: median(checkup.samples) },
  );
  checkup.at = performance.now();
}

/** Of fewer than three the fastest: the first queries of a process open its connections. */
function median(samples: number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[sorted.length === SAMPLES ? 1 : 0] ?? 0;
}

/**
 * What is wrong with this installation rather than with a feed: no worker, a queue that is behind, a slow
 * database. Nothing while all is well.
 *
 * @param patienceMs how long to wait for a new answer; after that the last one is given. A page never waits for it.
 */
export async function findTroubles(patienceMs: number): Promise<Trouble[]> {
  const checkup = openCheckup();
  if (performance.now() - checkup.at < HOLDS_MS) return checkup.troubles;
  checkup.running ??= examine(checkup).finally(() => {
    checkup.running = undefined;
  });
  await within(patienceMs, checkup.running);
  return checkup.troubles;
}
