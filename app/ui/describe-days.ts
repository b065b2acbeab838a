import type { FeedDay } from '@/lib/store/health-views';
import { countOf } from './format-figures';

const sum = (days: FeedDay[], count: (day: FeedDay) => number) =>
  days.reduce((total, day) => total + count(day), 0);

const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** @returns "3 November" for 2026-11-03. */
export function sayDay(day: string): string {
  return dayMonth.format(new Date(`${day}T00:00:00Z`));
}

/** Says what the picture of a feed's last days shows, for whoever does not see it. */
export function describeDays(days: FeedDay[]): string {
  const items = sum(days, (day) => day.items);
  const failures = sum(days, (day) => day.failures);
  const active = days.filter((day) => day.items > 0).length;
  const failing = days.filter((day) => day.failures > 0).length;
  const best = days.reduce<FeedDay | undefined>(
    (most, day) => (day.items > (most?.items ?? 0) ? day : most),
    undefined,
  );
  const published =
    best === undefined
      ? 'no items'
      : `${countOf(items, 'item')} on ${countOf(active, 'day')}, most on ${sayDay(best.day)} (${best.items})`;
  const failed =
    failures === 0
      ? 'No check failed.'
      : `${countOf(failures, 'check')} failed, on ${countOf(failing, 'day')}.`;
  return `The last ${days.length} days: ${published}. ${failed}`;
}
