import type { ListedItem } from './listed-item';

/** Items of one day, next to one another in a list. */
export interface DayGroup {
  /** Null where the day has its heading before, or days are not told. */
  heading: string | null;
  items: ListedItem[];
}

type Zone = 'utc' | 'local';

/** @returns the day of a moment, such as "2026-11-24". */
function dayOf(time: number, zone: Zone): string {
  const date = new Date(time);
  if (zone === 'utc') return date.toISOString().slice(0, 10);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

const DAY_MS = 86_400_000;

const format = (time: number, zone: Zone, withYear: boolean) =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    ...(withYear ? { year: 'numeric' } : { weekday: 'long' }),
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
  }).format(time);

/** Says which day it is: "Today", "Yesterday", "Monday 23 November", "23 November 2025". */
function sayDay(time: number, now: number, zone: Zone): string {
  const day = dayOf(time, zone);
  if (day === dayOf(now, zone)) return 'Today';
  if (day === dayOf(now - DAY_MS, zone)) return 'Yesterday';
  return format(time, zone, new Date(time).getUTCFullYear() !== new Date(now).getUTCFullYear());
}

/**
 * Parts a page of a list by days.
 *
 * @param before the item that stands before the page: a day that has begun is not told again.
 */
export function groupByDay(
  items: readonly ListedItem[],
  before: ListedItem | null,
  now: number,
  zone: Zone,
): DayGroup[] {
  const groups: DayGroup[] = [];
  let last = before === null ? null : dayOf(Date.parse(before.sortAt), zone);
  for (const item of items) {
    const time = Date.parse(item.sortAt);
    const day = dayOf(time, zone);
    const group = groups.at(-1);
    if (group !== undefined && day === last) group.items.push(item);
    else groups.push({ heading: day === last ? null : sayDay(time, now, zone), items: [item] });
    last = day;
  }
  return groups;
}
