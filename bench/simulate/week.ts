import { createRandom } from '../../test/support/random';
import { drawPosts } from '../support/publisher';
import { Delays } from './delays';
import { RULES, type Rule, START } from './rules';

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const SEED = 42;

/** What a week costs, and what it finds. Plain enough to be sent from thread to thread. */
export interface Week {
  /** Fetches in each minute. */
  minutes: Float64Array;
  /** From publishing to seeing, as `Delays` counts them. */
  delays: Float64Array;
  fetches: number;
  wasted: number;
}

function openWeek(): Week {
  return {
    minutes: new Float64Array(WEEK / MINUTE),
    delays: new Delays().counts,
    fetches: 0,
    wasted: 0,
  };
}

/**
 * Fetches one feed for a week.
 *
 * @param posts of the feed, the oldest first.
 * @param first share of its wait that is over when the week begins: 1 is a fetch at its very beginning.
 */
function runFeed(week: Week, posts: readonly Date[], rule: Rule, random: () => number, first: number): void {
  const delays = new Delays(week.delays);
  const end = START + WEEK;
  let known = 0;
  while ((posts[known]?.getTime() ?? Infinity) <= START) known += 1;
  let now = START + (1 - first) * rule.wait(START, posts, known, 0);
  for (;;) {
    const before = known;
    for (let at = posts[known]?.getTime(); at !== undefined && at <= now; at = posts[known]?.getTime()) {
      delays.add(now - at);
      known += 1;
    }
    // What was published at the end of the week is seen after it: that fetch counts no more.
    if (now >= end) return;
    const minute = Math.floor((now - START) / MINUTE);
    week.minutes[minute] = (week.minutes[minute] ?? 0) + 1;
    week.fetches += 1;
    if (known === before) week.wasted += 1;
    now += rule.wait(now, posts, known, random());
  }
}

/**
 * Simulates a week of the feeds with these numbers, one after the other, by each of the rules. A feed publishes the same
 * under all of them, in every run.
 *
 * @param together whether all are fetched at the moment at which the week begins; otherwise each is somewhere in its wait.
 */
export function simulateFeeds(from: number, to: number, together = false): Week[] {
  const weeks = RULES.map(openWeek);
  for (let feed = from; feed < to; feed += 1) {
    const posts = drawPosts(SEED + feed, START, WEEK);
    for (const [index, rule] of RULES.entries()) {
      const week = weeks[index];
      const random = createRandom(-SEED - feed);
      if (week) runFeed(week, posts, rule, random, together ? 1 : random());
    }
  }
  return weeks;
}

function addAll(sum: Float64Array, more: Float64Array): void {
  for (const [index, count] of more.entries()) sum[index] = (sum[index] ?? 0) + count;
}

/** Adds the weeks of other feeds, rule by rule. */
export function addWeeks(sums: readonly Week[], others: readonly Week[]): void {
  for (const [index, sum] of sums.entries()) {
    const other = others[index];
    if (other === undefined) continue;
    addAll(sum.minutes, other.minutes);
    addAll(sum.delays, other.delays);
    sum.fetches += other.fetches;
    sum.wasted += other.wasted;
  }
}
