import { scheduleAfterSuccess } from '@/lib/feed/schedule';
import { printTable } from './support/figures';
import { makePublisher, type Publisher } from './support/publisher';

/**
 * `npm run bench:simulate [feeds] [fetches a second that one worker ends]`: a week of the scheduler that the workers
 * use, on synthetic feeds, beside a poll once an hour and Miniflux's rule of entry frequency (7 days divided by the
 * items of the last week, from 5 minutes to 24 hours). Feeds do not influence each other's times, so a sample is run
 * and its figures are multiplied for 1,000,000 and 10,000,000 feeds. The same seed for each rule and run.
 */
const SAMPLE = Number(process.argv[2] ?? 20_000);
/**
 * Fetches a second of one worker on two cores that it shares with PostgreSQL (`npm run bench:refresh`): two of three take
 * 0.9 ms because nothing has changed, one takes 4 ms at most.
 */
const WORKER_RATE = Number(process.argv[3] ?? 500);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const START = Date.UTC(2026, 0, 5);
/** Items that a claim reads the rhythm from (lib/store/claim-feeds.ts). */
const RECENT = 20;
const SEED = 42;

interface Rule {
  name: string;
  /** Milliseconds until the next fetch. `seen` are the times of all items so far, the oldest first. */
  wait: (now: number, seen: Date[], random: number) => number;
}

function countSince(seen: Date[], since: number): number {
  let count = 0;
  while (count < seen.length && (seen[seen.length - 1 - count]?.getTime() ?? 0) >= since) count += 1;
  return count;
}

const RULES: Rule[] = [
  {
    name: 'Tidings',
    wait: (now, seen, random) =>
      scheduleAfterSuccess({
        now: new Date(now),
        recent: seen.slice(-RECENT),
        knownSince: new Date(START),
        hints: null,
        freshFor: null,
        retryAfter: null,
        random,
      }).at.getTime() - now,
  },
  { name: 'every hour', wait: () => HOUR },
  {
    name: 'entry frequency',
    wait: (now, seen) =>
      Math.min(DAY, Math.max(5 * MINUTE, WEEK / Math.max(1, countSince(seen, now - WEEK)))),
  },
];

/** What a week costs, and what it finds. */
class Week {
  readonly minutes = new Float64Array(WEEK / MINUTE);
  readonly delays: number[] = [];
  fetches = 0;
  wasted = 0;

  /** Fetches one feed for a week. `first` is when its first fetch in the week comes. */
  run(publisher: Publisher, rule: Rule, first: number): void {
    const { posts, random } = publisher;
    let known = posts.findIndex((post) => post.getTime() > START);
    if (known < 0) known = posts.length;
    for (let now = START + first; now < START + WEEK; ) {
      const before = known;
      for (let post = posts[known]; post !== undefined && post.getTime() <= now; post = posts[known]) {
        this.delays.push(now - post.getTime());
        known += 1;
      }
      const minute = Math.floor((now - START) / MINUTE);
      this.minutes[minute] = (this.minutes[minute] ?? 0) + 1;
      this.fetches += 1;
      if (known === before) this.wasted += 1;
      now += rule.wait(now, posts.slice(Math.max(0, known - 200), known), random());
    }
  }
}

/** Feeds that are due and wait, at most, when so many can be fetched in a minute. */
function findDepth(minutes: Float64Array, scale: number, capacity: number): number {
  let waiting = 0;
  let most = 0;
  for (const arrived of minutes) {
    waiting = Math.max(0, waiting + arrived * scale - capacity);
    most = Math.max(most, waiting);
  }
  return Math.round(most);
}

function sayDelay(milliseconds: number): string {
  return milliseconds < 2 * HOUR
    ? `${Math.round(milliseconds / MINUTE)} min`
    : `${(milliseconds / HOUR).toFixed(1)} h`;
}

function describeWeek({ name }: Rule, week: Week) {
  const delays = Float64Array.from(week.delays).sort();
  const at = (share: number) => delays[Math.floor(delays.length * share)] ?? 0;
  return {
    rule: name,
    'a feed and day': (week.fetches / SAMPLE / 7).toFixed(2),
    'wasted %': ((100 * week.wasted) / week.fetches).toFixed(1),
    'seen after, median': sayDelay(at(0.5)),
    p95: sayDelay(at(0.95)),
  };
}

function describeLoad({ name }: Rule, week: Week, feeds: number) {
  const scale = feeds / SAMPLE;
  // The first day is the settling of phases.
  const minutes = week.minutes.slice(DAY / MINUTE);
  const mean = (minutes.reduce((sum, count) => sum + count, 0) * scale) / minutes.length / 60;
  const hours = Array.from({ length: 24 * 6 }, (_, hour) =>
    minutes.slice(hour * 60, (hour + 1) * 60).reduce((sum, count) => sum + count, 0),
  );
  const workers = Math.max(1, Math.ceil((mean * 1.2) / WORKER_RATE));
  return {
    rule: name,
    feeds: feeds.toLocaleString('en'),
    'requests/s': Math.round(mean),
    'quietest hour': Math.round((Math.min(...hours) * scale) / 3600),
    'busiest hour': Math.round((Math.max(...hours) * scale) / 3600),
    workers,
    'most due and waiting': findDepth(minutes, scale, workers * WORKER_RATE * 60).toLocaleString('en'),
  };
}

/** A thousand feeds are fetched at the same moment: how many of them come due in one minute, a day later. */
function measureImport(rule: Rule): number {
  const week = new Week();
  for (let feed = 0; feed < 1000; feed += 1) week.run(makePublisher(SEED + feed, START, WEEK), rule, 0);
  return Math.max(...week.minutes.slice(DAY / MINUTE, (2 * DAY) / MINUTE));
}

const weeks = RULES.map((rule) => {
  const week = new Week();
  for (let feed = 0; feed < SAMPLE; feed += 1) {
    const publisher = makePublisher(SEED + feed, START, WEEK);
    const seen = publisher.posts.filter((post) => post.getTime() <= START);
    // Each feed is somewhere in its interval when the week begins.
    week.run(publisher, rule, publisher.random() * rule.wait(START, seen, 0));
  }
  return { rule, week };
});
printTable(
  `${SAMPLE.toLocaleString('en')} feeds, a week`,
  weeks.map(({ rule, week }) => describeWeek(rule, week)),
);
printTable(
  `multiplied; a worker ends ${WORKER_RATE} a second, and there are a fifth more than the mean needs`,
  weeks.flatMap(({ rule, week }) => [1_000_000, 10_000_000].map((feeds) => describeLoad(rule, week, feeds))),
);
printTable(
  '1,000 feeds imported at once',
  RULES.map((rule) => ({ rule: rule.name, 'most in one minute, a day later': measureImport(rule) })),
);
