import { findOffset } from './time-zones';

/** The parts of a date as written: `month` counts from 0, `zone` is still a word. */
export interface DateFields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  zone: string | null;
}

/**
 * The instant that the fields name.
 * @param days added to the date: week and ordinal dates count from a fixed day
 * @returns null when no calendar has such a day, or no clock such a time
 */
export function toDate(fields: DateFields, days: number): Date | null {
  const { year, month, day, hour, minute } = fields;
  // A leap second is the last that a clock of ours can show.
  const second = Math.min(fields.second, 59);
  if (month < 0 || month > 11 || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 24 || minute > 59 || fields.second > 60 || (hour === 24 && minute + second > 0)) return null;
  const local = toMilliseconds(year, month, day + days) + ((hour * 60 + minute) * 60 + second) * 1000;
  const offset = fields.zone === null ? 0 : (findOffset(fields.zone, local) ?? 0);
  const result = new Date(local - offset * 60_000);
  return Number.isNaN(result.getTime()) ? null : result;
}

/** Midnight in UTC; `Date.UTC` takes the years 0 to 99 for those of the last century. */
function toMilliseconds(year: number, month: number, day: number): number {
  return year > 99 ? Date.UTC(year, month, day) : new Date(0).setUTCFullYear(year, month, day);
}

function daysIn(year: number, month: number): number {
  if (month === 1) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
}
