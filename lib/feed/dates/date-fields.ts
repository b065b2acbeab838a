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
  const date = new Date(0);
  date.setUTCFullYear(year, month, day + days);
  date.setUTCHours(hour, minute, second, 0);
  const offset = fields.zone === null ? 0 : (findOffset(fields.zone, date.getTime()) ?? 0);
  const result = new Date(date.getTime() - offset * 60_000);
  return Number.isNaN(result.getTime()) ? null : result;
}

function daysIn(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month + 1, 0);
  return date.getUTCDate();
}
