import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  leaveAlone,
  type RhythmInput,
  sayDuration,
  scheduleAfterFailure,
  scheduleAfterSuccess,
  scheduleRest,
} from './schedule';
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

const daysAgo = (days: number, from = NOW) => new Date(from.getTime() - days * 24 * HOUR);

const fresh = (seconds: number, header: 'Cache-Control' | 'Expires' = 'Cache-Control') => ({
  seconds,
  header,
});

const ask = (input: Partial<RhythmInput>) => {
  const next = scheduleAfterSuccess({
    now: NOW,
    recent: every(6),
    knownSince: NOW,
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
  it('says when it does not know, and hurries less the longer it has waited for a second item', () => {
    expect(ask({ recent: [] })).toEqual({ hours: 1, reason: 'its rhythm is not known yet' });
    expect(ask({ recent: [daysAgo(2)] })).toEqual({ hours: 1, reason: 'its rhythm is not known yet' });
    expect(ask({ recent: [daysAgo(50)] })).toEqual({ hours: 12, reason: 'its rhythm is not known yet' });
    expect(ask({ recent: [], knownSince: daysAgo(50) }).hours).toBe(12);
  });
  it('looks at a dormant feed every day, then ever more seldom, up to three days', () => {
    const sleeping = (days: number) => ask({ recent: every(6).map((date) => daysAgo(days, date)) });
    expect(sleeping(89).reason).toBe('posts about every 6 hours');
    expect(sleeping(91)).toEqual({
      hours: 24,
      reason: 'has posted nothing for 3 months, looked at every 24 hours',
    });
    expect(sleeping(200)).toEqual({
      hours: 48,
      reason: 'has posted nothing for 7 months, looked at every 2 days',
    });
    expect(sleeping(731)).toEqual({
      hours: 72,
      reason: 'has posted nothing for 2 years, looked at every 3 days',
    });
    expect(sleeping(9000).hours).toBe(72);
  });
  it('a feed without any item is dormant once it has been here for as long', () => {
    expect(ask({ recent: [], knownSince: daysAgo(100) })).toEqual({
      hours: 24,
      reason: 'has posted nothing for 3 months, looked at every 24 hours',
    });
  });
  it('items that came out together are one', () => {
    expect(ask({ recent: [NOW, NOW, NOW, ...every(4)] }).hours).toBe(2);
  });
  it('waits as long as it is asked to', () => {
    expect(ask({ freshFor: fresh(5 * 3600) }).reason).toBe('the server asked for 5 hours (Cache-Control)');
    expect(ask({ freshFor: fresh(5 * 3600, 'Expires') }).reason).toBe(
      'the server asked for 5 hours (Expires)',
    );
    expect(ask({ retryAfter: 48 * 3600 })).toEqual({
      hours: 48,
      reason: 'the server asked for 2 days (Retry-After)',
    });
    expect(ask({ hints: { ...NO_HINTS, ttlMinutes: 600 } }).hours).toBe(10);
    expect(ask({ hints: { ...NO_HINTS, updateMinutes: 720 } }).hours).toBe(12);
    expect(ask({ freshFor: fresh(60) }).hours).toBe(3);
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
      fc.property(dates, seconds, seconds, (recent, age, retryAfter) => {
        const input = { recent, freshFor: age === null ? null : fresh(age), retryAfter };
        const { hours } = ask({ ...input, pushed: true });
        return hours >= 6 && hours >= ask(input).hours;
      }),
    );
  });
  it('leaves a feed alone in its quiet hours and days', () => {
    const next = (hints: Partial<FeedHints>, random = 0) =>
      scheduleAfterSuccess({
        now: NOW,
        recent: every(6),
        knownSince: NOW,
        hints: { ...NO_HINTS, ...hints },
        freshFor: null,
        retryAfter: null,
        random,
      }).at.toISOString();
    expect(next({ skipHours: [15, 16] })).toBe('2026-06-01T17:00:00.000Z');
    // Those that are left alone until five do not all come at five.
    expect(next({ skipHours: [15, 16] }, 0.5)).toBe('2026-06-01T17:15:00.000Z');
    expect(next({ skipDays: [1] })).toBe('2026-06-02T00:00:00.000Z');
    expect(next({ skipDays: [0, 1, 2, 3, 4, 5, 6] })).toBe('2026-06-01T15:00:00.000Z');
  });
  it('the longer a feed is silent, the less often it is looked at: a day at least once it is dormant, three at most', () => {
    const silence = fc.double({ min: 90.01, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(silence, silence, fc.nat(19), (one, other, more) => {
        const wait = (days: number) =>
          ask({ recent: every(5, more + 1).map((date) => daysAgo(days, date)) }).hours;
        const [less, longer] = [wait(Math.min(one, other)), wait(Math.max(one, other))];
        return less >= 24 && longer >= less && longer <= 72;
      }),
    );
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
        (recent, age, retryAfter, ttl, dice, skip) => {
          const hints = { ...NO_HINTS, ttlMinutes: ttl, skipHours: skip };
          const freshFor = age === null ? null : fresh(age);
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

  it('doubles from a minute to a day, then grows slowly to a week, and never ends', () => {
    expect([1, 2, 3, 4, 11, 12].map((count) => minutes(fail(count).at))).toEqual([1, 2, 4, 8, 1024, 1440]);
    expect(minutes(fail(13).at)).toBeCloseTo(1584);
    const days = (failures: number, dice: number) =>
      minutes(scheduleAfterFailure({ now: NOW, failures, retryAfter: null, random: dice }).at) / 1440;
    expect(days(30, 0)).toBeCloseTo(5.56);
    for (const failures of [31, 1000, Number.MAX_SAFE_INTEGER]) {
      expect(days(failures, 0)).toBeCloseTo(7 / 1.2);
      expect(days(failures, 1)).toBeCloseTo(7);
    }
    // A feed that is tried as late as can be gets there after two months, not years.
    const until = Array.from({ length: 30 }, (_, index) => days(index + 1, 1));
    expect(until.reduce((sum, wait) => sum + wait)).toBeLessThan(75);
  });
  it('whatever the dice: never sooner than asked, never less than before, a minute at least and a week at most', () => {
    const count = fc.integer({ min: 1, max: 10_000 });
    const dice = fc.double({ min: 0, max: 1, noNaN: true });
    const asked = fc.option(fc.nat(), { nil: null });
    fc.assert(
      fc.property(count, dice, asked, (failures, random, retryAfter) => {
        const wait = (nth: number) =>
          minutes(scheduleAfterFailure({ now: NOW, failures: nth, retryAfter, random }).at);
        const longest = retryAfter === null ? 7 * 1440 + 0.001 : 7 * 1440 * 1.2 + 0.001;
        return (
          wait(failures) >= Math.max(1, Math.min(retryAfter ?? 0, 7 * 86_400) / 60) &&
          wait(failures) <= longest &&
          wait(failures + 1) >= wait(failures)
        );
      }),
    );
  });
  it('says how often it has failed', () => {
    expect(fail(1).reason).toBe('1st failure in a row, waiting 1 minute');
    expect(fail(2).reason).toBe('2nd failure in a row, waiting 2 minutes');
    expect(fail(12).reason).toBe('12th failure in a row, waiting 24 hours');
    expect(fail(23).reason).toBe('23rd failure in a row, waiting 3 days');
  });
  it('waits as long as it is asked to, a week at most', () => {
    expect(minutes(fail(1, 7200).at)).toBe(120);
    expect(minutes(fail(1, 1_000_000_000).at)).toBe(7 * 1440);
  });
});

describe('scheduleRest', () => {
  const rest = (status: number | null, retryAfter: number | null, random = 0) => {
    const found = scheduleRest({ status, retryAfter, now: NOW, random });
    return found && { seconds: (found.until.getTime() - NOW.getTime()) / 1000, asked: found.asked };
  };

  it.each([
    [429, 30, 30, 'the server asked for 1 minute (Retry-After)'],
    [503, 7200, 7200, 'the server asked for 2 hours (Retry-After)'],
    [429, 9_999_999_999, 7 * 86_400, 'the server asked for 7 days (Retry-After)'],
    [429, null, 600, null],
  ])('%s with %s: for %s s', (status, retryAfter, seconds, asked) => {
    expect(rest(status, retryAfter)).toEqual({ seconds, asked });
    expect(rest(status, retryAfter, 1)?.seconds).toBeCloseTo(seconds * 1.2);
  });

  it.each([
    [503, null],
    [500, 30],
    [200, 30],
    [null, null],
  ])('not after %s with %s', (status, retryAfter) => {
    expect(rest(status, retryAfter)).toBeNull();
  });
});

describe('leaveAlone', () => {
  const hoursOf = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { maxLength: 24 });
  const daysOf = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 7 });
  const time = fc.date({ min: NOW, max: new Date('2027-06-01'), noInvalidDate: true });
  const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('whatever a feed asks, and after a failure as well: not in its quiet hours and days, and nothing else is moved', () => {
    fc.assert(
      fc.property(time, dice, hoursOf, daysOf, fc.nat(30), (now, random, skipHours, skipDays, more) => {
        const planned = scheduleAfterFailure({ now, failures: more + 1, retryAfter: null, random });
        const next = leaveAlone(planned, { ...NO_HINTS, skipHours, skipDays }, random);
        const isQuiet = (at: Date) =>
          skipHours.includes(at.getUTCHours()) || skipDays.includes(at.getUTCDay());
        const always = skipHours.length === 24 || skipDays.length === 7;
        if (always || !isQuiet(planned.at)) {
          expect(next).toEqual(planned);
          return;
        }
        expect(isQuiet(next.at)).toBe(false);
        expect(next.at.getTime()).toBeGreaterThan(planned.at.getTime());
        // The hour before is quiet: not a moment later than has been asked.
        expect(isQuiet(new Date(next.at.getTime() - HOUR))).toBe(true);
        expect(next.reason.startsWith(planned.reason)).toBe(true);
      }),
    );
  });
  it.each<[Partial<FeedHints>, string]>([
    [{ skipHours: [12, 13] }, 'skipHours'],
    [{ skipDays: [1] }, 'skipDays'],
    [{ skipDays: [1], skipHours: [0, 5] }, 'skipHours, skipDays'],
    [{ skipDays: [2], skipHours: [12] }, 'skipHours'],
  ])('%o is told as %s', (hints, wish) => {
    expect(leaveAlone({ at: NOW, reason: 'so' }, { ...NO_HINTS, ...hints }, 0).reason).toBe(
      `so; the feed asks to be left alone until then (${wish})`,
    );
  });
  it('a feed that asks for nothing is left as it is', () => {
    const next = { at: NOW, reason: 'so' };
    expect(leaveAlone(next, null, 0.5)).toBe(next);
    expect(leaveAlone(next, {}, 0.5)).toBe(next);
    expect(leaveAlone(next, { ...NO_HINTS, skipHours: [11] }, 0.5)).toBe(next);
  });
});

describe('sayDuration', () => {
  it.each([
    [1000, '1 minute'],
    [89 * 60_000, '89 minutes'],
    [2 * HOUR, '2 hours'],
    [35 * HOUR, '35 hours'],
    [36 * HOUR, '2 days'],
    [59 * 24 * HOUR, '59 days'],
    [60 * 24 * HOUR, '2 months'],
    [700 * 24 * HOUR, '23 months'],
    [731 * 24 * HOUR, '2 years'],
  ])('%i ms is %s', (time, said) => expect(sayDuration(time)).toBe(said));
});
