import { expect, it } from 'vitest';
import { scheduleAfterFailure, scheduleAfterSuccess } from './schedule';

const HOUR = 3_600_000;
const now = new Date('2026-11-25T12:00:00Z');
/** Every two hours: asked every hour by itself. */
const recent = [0, 2, 4, 6].map((hours) => new Date(now.getTime() - hours * HOUR));
const rhythm = { now, recent, knownSince: now, hints: null, freshFor: null, retryAfter: null, random: 0 };
const hoursUntil = (at: Date) => (at.getTime() - now.getTime()) / HOUR;

it('a feed is asked no more often than its readers want, and says so', () => {
  const next = scheduleAfterSuccess({ ...rhythm, floorMs: 6 * HOUR });
  expect(hoursUntil(next.at)).toBe(6);
  expect(next.reason).toBe('its readers want it at most every 6 hours');
});

it('a wish that is shorter than the wait changes nothing', () => {
  const plain = scheduleAfterSuccess(rhythm);
  expect(scheduleAfterSuccess({ ...rhythm, floorMs: HOUR / 2 })).toEqual(plain);
  expect(scheduleAfterSuccess({ ...rhythm, floorMs: 0 })).toEqual(plain);
  const asked = scheduleAfterSuccess({
    ...rhythm,
    freshFor: { seconds: 8 * 3600, header: 'Cache-Control' },
    floorMs: 6 * HOUR,
  });
  expect(asked.reason).toBe('the server asked for 8 hours (Cache-Control)');
});

it('a failure is no reason to ask more often than that', () => {
  const next = scheduleAfterFailure({ now, failures: 1, retryAfter: null, floorMs: 6 * HOUR, random: 0 });
  expect(hoursUntil(next.at)).toBe(6);
  expect(next.reason).toBe('its readers want it at most every 6 hours');
  const later = scheduleAfterFailure({ now, failures: 12, retryAfter: null, floorMs: 6 * HOUR, random: 0 });
  expect(hoursUntil(later.at)).toBe(24);
  expect(later.reason).toMatch(/^12th failure/);
});
