import { scheduleAfterSuccess } from '@/lib/feed/schedule';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** The Monday at which simulated weeks begin. */
export const START = Date.UTC(2026, 0, 5);
const KNOWN_SINCE = new Date(START);
/** Items that a claim reads the rhythm from (lib/store/claim-feeds.ts). */
const RECENT = 20;

export interface Rule {
  name: string;
  /**
   * Milliseconds until the next fetch.
   *
   * @param posts all items of the feed, the oldest first, of which so many are known.
   */
  wait: (now: number, posts: readonly Date[], known: number, random: number) => number;
}

/** How many of the known items are not older than that. */
function countSince(posts: readonly Date[], known: number, since: number): number {
  let [low, high] = [0, known];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((posts[middle]?.getTime() ?? 0) < since) low = middle + 1;
    else high = middle;
  }
  return known - low;
}

/** The scheduler that the workers use, a poll once an hour, and Miniflux's rule of entry frequency. */
export const RULES: readonly Rule[] = [
  {
    name: 'Tidings',
    wait: (now, posts, known, random) =>
      scheduleAfterSuccess({
        now: new Date(now),
        recent: posts.slice(Math.max(0, known - RECENT), known),
        knownSince: KNOWN_SINCE,
        hints: null,
        freshFor: null,
        retryAfter: null,
        random,
      }).at.getTime() - now,
  },
  { name: 'every hour', wait: () => HOUR },
  {
    name: 'entry frequency',
    wait: (now, posts, known) =>
      Math.min(DAY, Math.max(5 * MINUTE, WEEK / Math.max(1, countSince(posts, known, now - WEEK)))),
  },
];
