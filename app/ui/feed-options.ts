import { countOf } from './format-figures';

interface Option {
  value: string;
  label: string;
}

const HOUR = 60;
const DAY = 24 * HOUR;

const FLOORS = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY];
const DAYS = [30, 90, 180, 365, 730, 1825];
const COUNTS = [100, 500, 1000, 2000, 5000, 10_000];

/** What is set and not among the choices (by an import, or another program) stays one of them. */
const withCurrent = (values: number[], current: number | null) =>
  current === null || current === 0 || values.includes(current)
    ? values
    : [...values, current].sort((a, b) => a - b);

const sayDays = (days: number) => (days % 365 === 0 ? countOf(days / 365, 'year') : countOf(days, 'day'));

/** "hour", "6 hours", "90 minutes": as it follows "every". */
function sayWait(minutes: number): string {
  const [size, noun] = [[DAY, 'day'] as const, [HOUR, 'hour'] as const].find(
    ([size]) => minutes % size === 0,
  ) ?? [1, 'minute'];
  return countOf(minutes / size, noun).replace(/^1 /, '');
}

/** @param current in minutes. */
export function listFloors(current: number): Option[] {
  const waits = withCurrent(FLOORS, current).map((minutes) => ({
    value: String(minutes),
    label: `At most every ${sayWait(minutes)}`,
  }));
  return [{ value: '0', label: 'As often as it publishes' }, ...waits];
}

/** @param usual what is kept where nothing is set; empty value. */
export function listAges(current: number | null, usual: number): Option[] {
  return [
    { value: '', label: `As usual (${sayDays(usual)})` },
    ...withCurrent(DAYS, current).map((days) => ({ value: String(days), label: sayDays(days) })),
    { value: '0', label: 'For ever' },
  ];
}

/** @param usual as for `listAges`. */
export function listCounts(current: number | null, usual: number): Option[] {
  return [
    { value: '', label: `As usual (${usual.toLocaleString('en')} items)` },
    ...withCurrent(COUNTS, current).map((count) => ({
      value: String(count),
      label: `${count.toLocaleString('en')} items`,
    })),
    { value: '0', label: 'All' },
  ];
}
