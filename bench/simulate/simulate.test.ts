import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../test/support/random';
import { Delays } from './delays';
import { runDueQueue } from './due-queue';
import { addWeeks, simulateFeeds } from './week';

describe('Delays', () => {
  it('tells any share to within one in a hundred', () => {
    const random = createRandom(7);
    const times = Array.from({ length: 10_000 }, () => 5 * 10 ** (8 * random())).sort((a, b) => a - b);
    const delays = new Delays();
    for (const time of times) delays.add(time);
    for (const share of [0.01, 0.25, 0.5, 0.95, 0.999]) {
      const exact = times[Math.ceil(times.length * share) - 1] ?? 0;
      expect(Math.abs(delays.at(share) / exact - 1)).toBeLessThan(0.01);
    }
  });

  it('counts what took no time, and what took years', () => {
    const delays = new Delays();
    for (const time of [0, 1, 1e12]) delays.add(time);
    expect(delays.at(0.5)).toBeLessThan(1.1);
    expect(delays.at(1)).toBeGreaterThan(30 * 24 * 3_600_000);
    expect(new Delays().at(0.5)).toBe(0);
  });
});

describe('runDueQueue', () => {
  it('fills when more comes due than is ended, and empties again', () => {
    const minutes = Float64Array.of(60, 600, 300, 0, 60, 240);
    expect(runDueQueue(minutes, 2)).toEqual({ most: 660, longestWait: 330 });
    expect(runDueQueue(minutes, 10)).toEqual({ most: 0, longestWait: 0 });
  });

  it('leaves no more waiting than have come, and no fewer than cannot be ended', () => {
    const counts = fc.array(fc.nat(1000), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 20 }), (arrived, rate) => {
        const total = arrived.reduce((all, count) => all + count, 0);
        const { most } = runDueQueue(Float64Array.from(arrived), rate);
        expect(most).toBeLessThanOrEqual(total);
        expect(most).toBeGreaterThanOrEqual(total - rate * 60 * arrived.length);
      }),
    );
  });
});

describe('simulateFeeds', () => {
  it('comes to the same in one batch and in several', () => {
    const whole = simulateFeeds(0, 300);
    const parts = simulateFeeds(0, 0);
    for (const from of [200, 0, 100]) addWeeks(parts, simulateFeeds(from, from + 100));
    expect(parts).toEqual(whole);
  });

  it('sees the same items by each rule, and each once', () => {
    const seen = simulateFeeds(0, 300).map(({ delays }) => delays.reduce((sum, count) => sum + count, 0));
    expect(seen[0]).toBeGreaterThan(1000);
    expect(new Set(seen).size).toBe(1);
  });

  it('asks every hour by the rule that says so', () => {
    const [, hourly] = simulateFeeds(0, 100, true);
    expect(hourly?.fetches).toBe(100 * 7 * 24);
    expect(hourly?.minutes[60]).toBe(100);
  });
});
