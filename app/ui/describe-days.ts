import type { FeedDay } from '@/lib/store/health-views';
import { countOf } from './format-figures';

const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** @returns "3 November" for 2026-11-03. */
export function sayDay(day: string): string {
  return dayMonth.format(new Date(`${day}T00:00:00Z`));
}

/** Says what the log of checks knows of the last days, which may be fewer than are shown. */
function describeFailures(days: FeedDay[]): string {
  const known = days.flatMap(({ failures }) => (failures === null ? [] : [failures]));
  const failed = known.reduce((total, failures) => total + failures, 0);
  const what = failed === 0 ? 'No check failed' : `${countOf(failed, 'check')} failed`;
  const on = failed === 0 ? '' : `, on ${countOf(known.filter((failures) => failures > 0).length, 'day')}`;
  if (known.length === days.length) return `${what}${on}.`;
  if (known.length === 0) return 'None of the checks that are kept failed.';
  const when = known.length === 1 ? 'today' : `in the last ${known.length} days`;
  return `${what} ${when}${known.length === 1 ? '' : on}; of checks before that nothing is kept.`;
}

/** Says what the picture of a feed's last days shows, for whoever does not see it. */
export function describeDays(days: FeedDay[]): string {
  const items = days.reduce((total, day) => total + day.items, 0);
  const active = days.filter((day) => day.items > 0).length;
  const best = days.reduce<FeedDay | undefined>(
    (most, day) => (day.items > (most?.items ?? 0) ? day : most),
    undefined,
  );
  const published =
    best === undefined
      ? 'no items'
      : `${countOf(items, 'item')} on ${countOf(active, 'day')}, most on ${sayDay(best.day)} (${best.items})`;
  return `The last ${days.length} days: ${published}. ${describeFailures(days)}`;
}
