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
