import type { Trouble } from '@/lib/store/health-views';

export interface Vitals {
  liveWorkers: number;
  /** For how many seconds the feed that waits longest for us has been waiting. */
  oldestDueSeconds: number;
  /** Whether somebody has paused fetching. */
  paused: boolean;
  /** How long the database takes to answer two small questions, in milliseconds. */
  databaseMs: number;
}

/** Less is how the sweep and the queue add up on a good day. */
const BEHIND_SECONDS = 120;
/** A hundred times what it ordinarily takes, and enough to be felt on every page. */
const SLOW_MS = 500;

function sayLag(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 90) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

/**
 * Says what is wrong, the gravest first, one sentence each.
 *
 * @param vitals null when the database did not answer.
 */
export function describeTroubles(vitals: Vitals | null): Trouble[] {
  if (vitals === null) {
    return [
      { code: 'database-down', message: 'The database does not answer: pages may fail until it does.' },
    ];
  }
  const troubles: Trouble[] = [];
  if (vitals.databaseMs >= SLOW_MS) {
    troubles.push({
      code: 'database-slow',
      message: 'The database is slow at the moment: pages take longer than usual.',
    });
  }
  if (vitals.liveWorkers === 0) {
    // That the queue is behind then goes without saying.
    troubles.push({
      code: 'no-worker',
      message: 'No worker is running: feeds are not being checked, reading works as usual.',
    });
  } else if (vitals.paused) {
    troubles.push({
      code: 'paused',
      message: 'Fetching is paused: feeds are not being checked, reading works as usual.',
    });
  } else if (vitals.oldestDueSeconds >= BEHIND_SECONDS) {
    troubles.push({
      code: 'behind',
      message: `Feeds are being checked ${sayLag(vitals.oldestDueSeconds)} late: there is more to do than usual.`,
    });
  }
  return troubles;
}
