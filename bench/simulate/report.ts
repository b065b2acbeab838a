import { printTable } from '../support/figures';
import { Delays } from './delays';
import { runDueQueue } from './due-queue';
import { RULES, type Rule } from './rules';
import type { Week } from './week';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);
const sayCount = (count: number) => Math.round(count).toLocaleString('en');

function sayDelay(milliseconds: number): string {
  return milliseconds < 2 * HOUR
    ? `${Math.round(milliseconds / MINUTE)} min`
    : `${(milliseconds / HOUR).toFixed(1)} h`;
}

function describeWeek({ name }: Rule, week: Week, feeds: number) {
  const delays = new Delays(week.delays);
  return {
    rule: name,
    'a feed and day': (week.fetches / feeds / 7).toFixed(2),
    'wasted %': ((100 * week.wasted) / week.fetches).toFixed(1),
    'items seen': sayCount(sum(week.delays)),
    'seen after, median': sayDelay(delays.at(0.5)),
    p95: sayDelay(delays.at(0.95)),
  };
}

/** One row for each number of workers. The first day is the settling of phases, and left out. */
function describeLoad({ name }: Rule, week: Week, { workerRate, workers }: Load) {
  const minutes = week.minutes.slice(DAY / MINUTE);
  const mean = sum(minutes) / minutes.length / 60;
  const hours = Array.from({ length: minutes.length / 60 }, (_, hour) =>
    sum(minutes.subarray(hour * 60, (hour + 1) * 60)),
  );
  const needed = [1, 1.2].map((room) => Math.ceil((mean * room) / workerRate));
  return [...new Set(workers === undefined ? needed : [workers])].map((count) => {
    const { most, longestWait } = runDueQueue(minutes, count * workerRate);
    return {
      rule: name,
      'requests/s': sayCount(mean),
      'quietest hour': sayCount(Math.min(...hours) / 3600),
      'busiest hour': sayCount(Math.max(...hours) / 3600),
      'busiest minute': sayCount(Math.max(...minutes) / 60),
      workers: count,
      'busy %': Math.round((100 * mean) / (count * workerRate)),
      'most due and waiting': sayCount(most),
      'waits at most': `${Math.ceil(longestWait)} s`,
    };
  });
}

export interface Load {
  feeds: number;
  /** Fetches a second that one worker ends. */
  workerRate: number;
  /** How many there are; as many as the mean needs, and a fifth more, unless told. */
  workers?: number | undefined;
}

/** Prints what the weeks of all feeds have come to, and how feeds that were imported at once spread. */
export function printReport(weeks: readonly Week[], imported: readonly Week[], load: Load): void {
  const each = <T>(all: readonly Week[], tell: (rule: Rule, week: Week) => T) =>
    RULES.flatMap((rule, index) => {
      const week = all[index];
      return week ? [tell(rule, week)] : [];
    });
  const count = load.feeds.toLocaleString('en');
  printTable(
    `${count} feeds, a week`,
    each(weeks, (rule, week) => describeWeek(rule, week, load.feeds)),
  );
  printTable(
    `all of them, minute by minute; a worker ends ${load.workerRate} a second`,
    each(weeks, (rule, week) => describeLoad(rule, week, load)).flat(),
  );
  printTable(
    '1,000 feeds imported at once',
    each(imported, (rule, week) => ({
      rule: rule.name,
      'most in one minute, a day later': Math.max(...week.minutes.subarray(DAY / MINUTE, (2 * DAY) / MINUTE)),
    })),
  );
}
