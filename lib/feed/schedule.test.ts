import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RhythmInput, sayDuration, scheduleAfterFailure, scheduleAfterSuccess } from './schedule';
import type { FeedHints } from './types';

const NOW = new Date('2026-06-01T12:00:00Z');
const HOUR = 3_600_000;
const NO_HINTS: FeedHints = {
  ttlMinutes: null,
  skipHours: [],
  skipDays: [],
  updateMinutes: null,
  hubUrl: null,
  selfUrl: null,
  newFeedUrl: null,
};

const every = (hours: number, count = 10) =>
  Array.from({ length: count }, (_, index) => new Date(NOW.getTime() - index * hours * HOUR));

const ask = (input: Partial<RhythmInput>) => {
  const next = scheduleAfterSuccess({
    now: NOW,
    recent: every(6),
    hints: null,
    freshFor: null,
    retryAfter: null,
    random: 0,
    ...input,
  });
  return { hours: (next.at.getTime() - NOW.getTime()) / HOUR, reason: next.reason };
};

describe('scheduleAfterSuccess', () => {
  it('comes back after half the usual gap', () => {
    expect(ask({})).toEqual({ hours: 3, reason: 'posts about every 6 hours' });
  });
  it('never sooner than 15 minutes, never later than a day', () => {
    expect(ask({ recent: every(0.1) }).hours).toBe(0.25);
    expect(ask({ recent: every(24 * 7) }).hours).toBe(24);
  });
  it('says when it does not know, and when a feed sleeps', () => {
    expect(ask({ recent: [] })).toEqual({ hours: 1, reason: 'its rhythm is not known yet' });
    const old = [new Date(NOW.getTime() - 200 * 24 * HOUR)];
    expect(ask({ recent: old })).toEqual({ hours: 24, reason: 'nothing new for 200 days' });
  });
  it('items that came out together are one', () => {
    expect(ask({ recent: [NOW, NOW, NOW, ...every(4)] }).hours).toBe(2);
  });
  it('waits as long as it is asked to', () => {
    expect(ask({ freshFor: 5 * 3600 }).reason).toBe('the server asked for 5 hours (Cache-Control)');
    expect(ask({ retryAfter: 48 * 3600 })).toEqual({
      hours: 48,
      reason: 'the server asked for 2 days (Retry-After)',
    });
    expect(ask({ hints: { ...NO_HINTS, ttlMinutes: 600 } }).hours).toBe(10);
    expect(ask({ hints: { ...NO_HINTS, updateMinutes: 720 } }).hours).toBe(12);
    expect(ask({ freshFor: 60 }).hours).toBe(3);
  });
  it('a feed whose hub tells of changes is polled every six hours at most', () => {
    const said = { hours: 6, reason: 'its hub tells us when there is something new' };
    expect(ask({ pushed: true })).toEqual(said);
    expect(ask({ pushed: true, recent: [] })).toEqual(said);
    expect(ask({ pushed: true, recent: every(20) })).toEqual({
      hours: 10,
      reason: 'posts about every 20 hours',
    });
    expect(ask({ pushed: true, retryAfter: 8 * 3600 }).hours).toBe(8);
  });
  it('a hub never makes polling more frequent', () => {
    const dates = fc.array(fc.date({ min: new Date('2025-01-01'), max: NOW, noInvalidDate: true }));
    const seconds = fc.option(fc.nat(), { nil: null });
    fc.assert(
      fc.property(dates, seconds, seconds, (recent, freshFor, retryAfter) => {
        const input = { recent, freshFor, retryAfter };
        const { hours } = ask({ ...input, pushed: true });
        return hours >= 6 && hours >= ask(input).hours;
      }),
    );
  });
  it('leaves a feed alone in its quiet hours and days', () => {
    const next = (hints: Partial<FeedHints>) =>
      scheduleAfterSuccess({
        now: NOW,
        recent: every(6),
        hints: { ...NO_HINTS, ...hints },
        freshFor: null,
        retryAfter: null,
        random: 0,
      }).at.toISOString();
    expect(next({ skipHours: [15, 16] })).toBe('2026-06-01T17:00:00.000Z');
    expect(next({ skipDays: [1] })).toBe('2026-06-02T00:00:00.000Z');
    expect(next({ skipDays: [0, 1, 2, 3, 4, 5, 6] })).toBe('2026-06-01T15:00:00.000Z');
  });
  it('whatever a feed says, it is fetched again: between 15 minutes and 8 days from now', () => {
    const dates = fc.array(fc.date({ min: new Date(0), max: new Date('2040-01-01'), noInvalidDate: true }));
    const seconds = fc.option(fc.nat(), { nil: null });
    const random = fc.double({ min: 0, max: 1, noNaN: true });
    const quiet = fc.array(fc.integer({ min: 0, max: 23 }));
    fc.assert(
      fc.property(
        dates,
        seconds,
        seconds,
        seconds,
        random,
        quiet,
        (recent, freshFor, retryAfter, ttl, dice, skip) => {
          const hints = { ...NO_HINTS, ttlMinutes: ttl, skipHours: skip };
          const { hours } = ask({ recent, freshFor, retryAfter, hints, random: dice });
          return hours >= 0.25 && hours <= 8 * 24 + 24;
        },
      ),
    );
  });
});

describe('scheduleAfterFailure', () => {
  const fail = (failures: number, retryAfter: number | null = null) =>
    scheduleAfterFailure({ now: NOW, failures, retryAfter, random: 0 });
  const minutes = (at: Date) => (at.getTime() - NOW.getTime()) / 60_000;

  it('doubles from a minute to a day, for ever', () => {
    expect([1, 2, 3, 4, 11, 12, 1000].map((count) => minutes(fail(count).at))).toEqual([
      1, 2, 4, 8, 1024, 1440, 1440,
    ]);
  });
  it('says how often it has failed', () => {
    expect(fail(1).reason).toBe('1st failure in a row, waiting 1 minute');
    expect(fail(2).reason).toBe('2nd failure in a row, waiting 2 minutes');
    expect(fail(23).reason).toBe('23rd failure in a row, waiting 24 hours');
  });
  it('waits as long as it is asked to, a week at most', () => {
    expect(minutes(fail(1, 7200).at)).toBe(120);
    expect(minutes(fail(1, 1_000_000_000).at)).toBe(7 * 1440);
  });
});

describe('sayDuration', () => {
  it.each([
    [1000, '1 minute'],
    [89 * 60_000, '89 minutes'],
    [2 * HOUR, '2 hours'],
    [35 * HOUR, '35 hours'],
    [36 * HOUR, '2 days'],
  ])('%i ms is %s', (time, said) => expect(sayDuration(time)).toBe(said));
});
