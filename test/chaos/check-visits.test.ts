import { describe, expect, it } from 'vitest';
import { checkVisits, countAtOnce, countExcess } from './check-visits';
import type { PublishingFeed, Visit } from './publishing-web';

const ALLOWED = { atOnce: 2, perMinute: 60, burst: 10, lateMs: 0 };

const feed = (name: string, wanted = false): PublishingFeed => ({
  url: `http://host/${name}`,
  host: 'host',
  wanted,
  items: [],
  version: 0,
});
const visit = (of: PublishingFeed, begun: number, ended = begun + 10): Visit => ({
  feed: of,
  begun,
  ended,
  status: 200,
});

const every = (ms: number, count: number) => Array.from({ length: count }, (_, index) => index * ms);

describe('countAtOnce', () => {
  it('counts what overlaps, and no more', () => {
    expect(countAtOnce([])).toBe(0);
    expect(
      countAtOnce([
        { begun: 0, ended: 10 },
        { begun: 10, ended: 20 },
      ]),
    ).toBe(1);
    expect(
      countAtOnce([
        { begun: 0, ended: Number.POSITIVE_INFINITY },
        { begun: 5, ended: 9 },
        { begun: 8, ended: 9 },
      ]),
    ).toBe(3);
  });
});

describe('countExcess', () => {
  it('allows a burst and then the rate, in every stretch of time', () => {
    expect(countExcess([], ALLOWED)).toBe(0);
    expect(countExcess([...every(0, 10), ...every(1000, 100).map((at) => at + 1000)], ALLOWED)).toBe(0);
    expect(countExcess(every(0, 13), ALLOWED)).toBe(3);
    // Quiet before does not make up for a rush later.
    expect(countExcess([0, ...every(0, 12).map(() => 3_600_000)], ALLOWED)).toBe(2);
    expect(countExcess(every(500, 120), ALLOWED)).toBe(51);
  });
  it('allows turns that came earlier to be used late', () => {
    expect(countExcess(every(0, 15), { ...ALLOWED, lateMs: 5000 })).toBe(0);
    expect(countExcess(every(0, 16), { ...ALLOWED, lateMs: 5000 })).toBe(1);
  });
});

describe('checkVisits', () => {
  it('finds nothing in what is polite', () => {
    const [one, two] = [feed('one'), feed('two')];
    expect(checkVisits([visit(one, 0), visit(two, 0), visit(one, 10)], ALLOWED)).toEqual([]);
  });
  it('tells a host that is asked for too much at a time, and a feed that two ask for', () => {
    const [one, two] = [feed('one'), feed('two')];
    const found = checkVisits([visit(one, 0), visit(two, 5), visit(one, 9)], ALLOWED);
    expect(found.map(({ rule }) => rule)).toEqual(['impolite', 'twice-at-once']);
  });
  it('tells a host that is asked too often, but for what persons ask', () => {
    const rush = (of: PublishingFeed) => every(20, 30).map((at) => visit(of, at));
    expect(checkVisits(rush(feed('background')), ALLOWED)).toEqual([
      { rule: 'impolite', says: 'host had 20 requests more than its rate allows' },
    ]);
    expect(checkVisits(rush(feed('wanted', true)), ALLOWED)).toEqual([]);
  });
});
