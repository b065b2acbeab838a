/** On the server, where both sides must write the same, and in the reader's own zone and manner. */
type Zone = 'utc' | 'local';

const made = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes as long as using it fifty times, and lists have hundreds of dates. */
function formatWith(
  time: number,
  name: string,
  locale: string | undefined,
  zone: Zone,
  options: Intl.DateTimeFormatOptions,
): string {
  const key = `${name} ${zone}`;
  const format =
    made.get(key) ??
    new Intl.DateTimeFormat(locale, zone === 'utc' ? { ...options, timeZone: 'UTC' } : options);
  made.set(key, format);
  return format.format(time);
}

/** Says the exact moment: in UTC on the server, and in the reader's own zone once the page is awake. */
export function formatExact(time: number, zone: Zone): string {
  if (zone === 'local')
    return formatWith(time, 'exact', undefined, zone, { dateStyle: 'full', timeStyle: 'short' });
  const iso = new Date(time).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** Says the day, for a byline. */
export function formatDay(time: number, zone: Zone): string {
  return formatWith(time, 'day', 'en-GB', zone, { day: 'numeric', month: 'long', year: 'numeric' });
}

const SHORT: [unit: string, milliseconds: number, below: number][] = [
  ['min', 60_000, 60],
  ['h', 3_600_000, 24],
  ['d', 86_400_000, 7],
];

/** Says when something was in as little room as a list has: "now", "12 min", "5 h", "3 d", "5 Nov", "5 Nov 2023". */
export function formatShort(time: number, now: number, zone: Zone): string {
  const passed = now - time;
  if (passed < 60_000) return 'now';
  for (const [unit, milliseconds, below] of SHORT) {
    const count = Math.floor(passed / milliseconds);
    if (count < below) return `${count} ${unit}`;
  }
  if (passed < 300 * 86_400_000)
    return formatWith(time, 'recent', 'en-GB', zone, { day: 'numeric', month: 'short' });
  return formatWith(time, 'old', 'en-GB', zone, { day: 'numeric', month: 'short', year: 'numeric' });
}
