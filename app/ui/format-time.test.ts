import { expect, test } from 'vitest';
import { formatDay, formatExact, formatShort } from './format-dates';
import { formatRelative, formatUpcoming } from './format-time';

const NOW = Date.parse('2026-03-04T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [0, 'just now'],
  [-44_000, 'just now'],
  [-50_000, '1 minute ago'],
  [-59.6 * MINUTE, '1 hour ago'],
  [-23.6 * HOUR, 'yesterday'],
  [-6.4 * DAY, '6 days ago'],
  [-6.6 * DAY, 'last week'],
  [-45 * DAY, 'last month'],
  [-364 * DAY, 'last year'],
  [-3000 * DAY, '8 years ago'],
  [30_000, 'in a moment'],
  [20 * MINUTE, 'in 20 minutes'],
  [30 * HOUR, 'tomorrow'],
])('%d ms from now is %s', (distance, words) => {
  expect(formatRelative(NOW + distance, NOW)).toBe(words);
});

test('what is overdue is about to happen', () => {
  expect(formatUpcoming(NOW - HOUR, NOW)).toBe('in a moment');
  expect(formatUpcoming(NOW + HOUR, NOW)).toBe('in 1 hour');
});

test('the server writes what every browser would write', () => {
  expect(formatExact(NOW, 'utc')).toBe('2026-03-04 12:00 UTC');
  expect(formatDay(NOW, 'utc')).toBe('4 March 2026');
});

test.each([
  [30_000, 'now'],
  [12 * MINUTE, '12 min'],
  [5 * HOUR, '5 h'],
  [3 * DAY, '3 d'],
  [30 * DAY, '2 Feb'],
  [400 * DAY, '28 Jan 2025'],
])('%d ms ago is %s in a list', (age, words) => {
  expect(formatShort(NOW - age, NOW, 'utc')).toBe(words);
});
