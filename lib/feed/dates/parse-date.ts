import { type DateFields, toDate } from './date-fields';
import { findMonth } from './month-names';

/** Longest text taken for a date, in characters. */
const MAX_LENGTH = 100;

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const RFC_822 =
  /^(?:[a-z]{3}, )?(\d{1,2}) ([a-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ([a-z]{1,4}|[+-]\d{4})$/i;
const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

const TIME =
  /(?:^|[\s,T-])(오전|오후|上午|下午|午前|午後)?\s*(\d{1,2})\s?[:h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?\s?m\.?(?![a-z]))?/i;
const OFFSET = /(?:gmt|utc?)?\s*([+-]\d{1,2}:?\d{2}|[+-]\d{1,2})(?!\d)z?(?=\s*(?:\d{4})?\s*$)/i;
const ISO =
  /^([+-]?\d{4})(?:-?W(\d{2})(?:-?(\d))?|-(\d{3})(?![-\d])|[-/.](\d{1,3})(?:[-/.](\d{1,2}))?|(\d{2})(\d{2})?)?(?:\s*[T\s,_]\s*(.+))?$/i;
const ISO_TIME =
  /^(\d{1,2})(?:[:.]?(\d{2})(?:[:.]?(\d{2})(?:[.,]\d+)?)?)?\s*([ap]m)?\s*(z|[+-]\d{1,2}:?(?:\d{2})?|[a-z][\w/+:-]*)?z?$/i;

/**
 * Reads a date in any of the shapes that feeds use: RFC 822 and its misspellings, RFC 3339, ISO 8601 (calendar, week
 * and ordinal dates), W3C-DTF, asctime, Unix seconds and milliseconds, and numeric dates with or without month names
 * in other languages. A date without zone is taken for UTC, one without time for midnight.
 * @returns null for what is no date, or none that a calendar has
 */
export function parseDate(value: string): Date | null {
  const common = parseCommon(value);
  if (common) return common;
  const text = value
    .slice(0, MAX_LENGTH)
    .replace(/\([^()]*\)|\[[^[\]]*\]|[\u200e\u200f]/g, ' ')
    .replace(/:(?=\d(?!\d))/g, ':0')
    .replace(/\s+/g, ' ')
    .trim();
  if (text === '') return null;
  if (/^\d{9,13}(?:\.\d+)?$/.test(text)) return parseUnix(text);
  const iso = ISO.exec(text);
  return (iso && parseIso(iso)) || parseFree(text);
}

/** The two shapes that nearly all dates have, read in a tenth of the time. */
function parseCommon(value: string): Date | null {
  const rfc822 = RFC_822.exec(value);
  if (rfc822) {
    const [, day, name = '', year = '', hour, minute, second, zone = null] = rfc822;
    const month = MONTHS.indexOf(name.toLowerCase()) / 3;
    if (!Number.isInteger(month) || month < 0) return null;
    return toDate(
      {
        year: Number(year),
        month,
        day: Number(day),
        hour: Number(hour),
        minute: Number(minute),
        second: Number(second ?? 0),
        zone,
      },
      0,
    );
  }
  const rfc3339 = RFC_3339.exec(value);
  if (!rfc3339) return null;
  const [, year, month, day, hour, minute, second, zone = null] = rfc3339;
  return toDate(
    {
      year: Number(year),
      month: Number(month) - 1,
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      zone,
    },
    0,
  );
}

function parseUnix(text: string): Date | null {
  const number = Number.parseFloat(text);
  const date = new Date(number > 1e11 ? number : number * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}

function parseIso(match: RegExpExecArray): Date | null {
  const [, year, week, weekday, ordinal, month, day, compactMonth, compactDay, rest] = match;
  const time = rest === undefined ? null : ISO_TIME.exec(rest.trim());
  if (rest !== undefined && !time) return null;
  const fields: DateFields = {
    year: Number(year),
    month: month || compactMonth ? Number(month ?? compactMonth) - 1 : 0,
    day: Number(day ?? compactDay ?? 1),
    hour: readHour(Number(time?.[1] ?? 0), time?.[4]),
    minute: Number(time?.[2] ?? 0),
    second: Number(time?.[3] ?? 0),
    zone: time?.[5] ?? null,
  };
  if (ordinal) return toDate({ ...fields, month: 0, day: 1 }, Number(ordinal) - 1);
  if (week)
    return toDate(
      { ...fields, month: 0, day: 4 },
      daysToWeek(fields.year, Number(week), Number(weekday ?? 1)),
    );
  return toDate(fields, 0);
}

/** Days from 4 January, which is always in week 1, to a day of a week (ISO 8601, 3.1.1.23). */
function daysToWeek(year: number, week: number, weekday: number): number {
  const fourth = new Date(Date.UTC(year, 0, 4)).getUTCDay() || 7;
  return (week - 1) * 7 + weekday - fourth;
}

function readHour(hour: number, meridiem: string | undefined): number {
  if (!meridiem) return hour;
  const isAfternoon = /^(?:p|오후|下午|午後)/i.test(meridiem);
  return (hour % 12) + (isAfternoon ? 12 : 0);
}

/** Everything else: find the time, the zone, a month by name, and let the numbers that are left be day and year. */
function parseFree(text: string): Date | null {
  let rest = text
    .replace(/(\d)\s*[年년]\s*/g, '$1-')
    .replace(/(\d)\s*[月월]\s*/g, '$1-')
    .replace(/(\d)\s*[日일]/g, '$1 ');
  let zone: string | null = null;
  const offset = OFFSET.exec(rest);
  // In `26-09-2022` the last group is a year: only what follows a time is an offset.
  if (offset?.[1] && /[:h]\d{2}/.test(rest.slice(0, offset.index))) {
    zone = offset[1];
    rest = `${rest.slice(0, offset.index)} ${rest.slice(offset.index + offset[0].length)}`;
  }
  const time = TIME.exec(rest);
  if (time) rest = `${rest.slice(0, time.index)} ${rest.slice(time.index + time[0].length)}`;
  if (/[+:]/.test(rest)) return null;
  const words = readWords(rest);
  const calendar = words && readCalendar(words.numbers, words.month);
  // A time without a day: what stood there was no number.
  if (time && words?.numbers.length === 1) return null;
  if (!words || !calendar) return null;
  return toDate(
    {
      ...calendar,
      hour: readHour(Number(time?.[2] ?? 0), time?.[5] ?? time?.[1]),
      minute: Number(time?.[3] ?? 0),
      second: Number(time?.[4] ?? 0),
      zone: zone ?? words.zone,
    },
    0,
  );
}

interface Words {
  numbers: { text: string; separator: string }[];
  month: number | null;
  zone: string | null;
}

/** Sorts what is left of a date into numbers, a month and a zone; weekdays and other words mean nothing. */
function readWords(rest: string): Words | null {
  const words: Words = { numbers: [], month: null, zone: null };
  let isWeekday = false;
  for (const [token] of rest.matchAll(/\d+|[a-z_]+\/[\w/+-]+|[\p{L}\p{M}]+\.?/giu)) {
    if (/^\d/.test(token)) words.numbers.push({ text: token, separator: '' });
    else if ((words.month === null || isWeekday) && findMonth(token) !== null) {
      words.month = findMonth(token);
      // `mar., 10 juin`: what looks like a month before the day is a weekday if there is another behind it.
      isWeekday = words.numbers.length === 0;
    } else if (/^[A-Z]{1,5}$|\//i.test(token) && words.numbers.length >= (words.month === null ? 3 : 1))
      words.zone ??= token;
  }
  const separator = /\d\s?([./-])\s?\d/.exec(rest)?.[1] ?? '';
  for (const number of words.numbers) number.separator = separator;
  return words.numbers.length > 0 && words.numbers.length <= 4 ? words : null;
}

function readCalendar(
  numbers: Words['numbers'],
  month: number | null,
): Pick<DateFields, 'year' | 'month' | 'day'> | null {
  const [a, b, c] = numbers;
  if (month !== null) {
    if (a && !b) return a.text.length === 4 ? { year: Number(a.text), month, day: 1 } : null;
    if (!a || !b) return null;
    return a.text.length > 2
      ? { year: readYear(a.text), month, day: Number(b.text) }
      : { year: readYear(b.text), month, day: Number(a.text) };
  }
  if (!a || !b || !c) return null;
  if (a.text.length === 4) return { year: Number(a.text), month: Number(b.text) - 1, day: Number(c.text) };
  const isAmerican = a.separator === '/' ? Number(a.text) <= 12 : Number(b.text) > 12;
  const [day, monthNumber] = isAmerican ? [b, a] : [a, b];
  return { year: readYear(c.text), month: Number(monthNumber.text) - 1, day: Number(day.text) };
}

/** Two digits are 1950 to 2049, three count from 1900 (RFC 2822, section 4.3). */
function readYear(text: string): number {
  const year = Number(text);
  if (text.length === 2) return year + (year < 50 ? 2000 : 1900);
  return text.length === 3 ? year + 1900 : year;
}
