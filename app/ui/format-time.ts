const STEPS: { unit: Intl.RelativeTimeFormatUnit; seconds: number; below: number }[] = [
  { unit: 'minute', seconds: 60, below: 3600 },
  { unit: 'hour', seconds: 3600, below: 86_400 },
  { unit: 'day', seconds: 86_400, below: 604_800 },
  { unit: 'week', seconds: 604_800, below: 2_629_800 },
  { unit: 'month', seconds: 2_629_800, below: 31_557_600 },
];

const YEAR_SECONDS = 31_557_600;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** Says how far `time` is from `now`, both in milliseconds: "just now", "3 minutes ago", "in 2 hours". */
export function formatRelative(time: number, now: number): string {
  const seconds = (time - now) / 1000;
  if (Math.abs(seconds) < 45) return seconds > 5 ? 'in a moment' : 'just now';
  for (const step of STEPS) {
    const count = Math.round(seconds / step.seconds);
    if (Math.abs(count * step.seconds) < step.below) return relative.format(count, step.unit);
  }
  return relative.format(Math.round(seconds / YEAR_SECONDS), 'year');
}

/** Says when something planned will be: what is overdue is about to happen. */
export function formatUpcoming(time: number, now: number): string {
  return time - now < 45_000 ? 'in a moment' : formatRelative(time, now);
}

/**
 * Says the exact moment: in UTC on the server, where both sides must write the same, and in the reader's own
 * zone and manner once the page is awake.
 */
export function formatExact(time: number, zone: 'utc' | 'local'): string {
  if (zone === 'local') {
    return new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' }).format(time);
  }
  const iso = new Date(time).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** Says the day, for a byline. */
export function formatDay(time: number, zone: 'utc' | 'local'): string {
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };
  return new Intl.DateTimeFormat('en-GB', zone === 'utc' ? { ...options, timeZone: 'UTC' } : options).format(
    time,
  );
}

const SHORT: [unit: string, milliseconds: number, below: number][] = [
  ['min', 60_000, 60],
  ['h', 3_600_000, 24],
  ['d', 86_400_000, 7],
];

/** Says when something was in as little room as a list has: "now", "12 min", "5 h", "3 d", "5 Nov", "5 Nov 2023". */
export function formatShort(time: number, now: number, zone: 'utc' | 'local'): string {
  const passed = now - time;
  if (passed < 60_000) return 'now';
  for (const [unit, milliseconds, below] of SHORT) {
    const count = Math.floor(passed / milliseconds);
    if (count < below) return `${count} ${unit}`;
  }
  const recent = passed < 300 * 86_400_000;
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(recent ? {} : { year: 'numeric' }),
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
  }).format(time);
}
