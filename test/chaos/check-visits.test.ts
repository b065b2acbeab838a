import { describe, expect, it } from 'vitest';
import { type AllowedRequests, checkVisits, countAtOnce, findRush } from './check-visits';
import type { Interval } from './deeds';
import type { PublishingFeed, Visit } from './publishing-web';

const ALLOWED: AllowedRequests = { atOnce: 2, perMinute: 60, burst: 10, lateMs: 0 };

const feed = (name: string, wanted = false): PublishingFeed => ({
  url: `http://host/${name}`,
  host: 'host',
  wanted,
  items: [],
});
const visit = (of: PublishingFeed, begun: number, ended = begun + 10): Visit => ({
  ...{ feed: of, begun, ended, status: 200, version: 1, reader: 1, onward: false },
});

const every = (ms: number, count: number) => Array.from({ length: count }, (_, index) => index * ms);
const punctual = (times: number[]) => times.map((begun) => ({ begun, turn: begun }));
const check = (visits: Visit[], hindered: Interval[] = [], lateMs = 0, storeMs = 0) =>
  checkVisits(
    visits,
    { ...ALLOWED, lateMs },
    {
      holdOf: ({ begun, ended }) => ({ from: begun, until: ended + storeMs }),
      hinderedAt: () => hindered,
    },
  );

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

describe('findRush', () => {
  it('allows a burst and then the rate, in every stretch of time', () => {
    expect(findRush([], ALLOWED).excess).toBe(0);
    const polite = [...every(0, 10), ...every(1000, 100).map((at) => at + 1000)];
    expect(findRush(punctual(polite), ALLOWED).excess).toBe(0);
    expect(findRush(punctual(every(0, 13)), ALLOWED).excess).toBe(3);
    // Quiet before does not make up for a rush later.
    expect(findRush(punctual([0, ...every(0, 12).map(() => 3_600_000)]), ALLOWED).excess).toBe(2);
    expect(findRush(punctual(every(500, 120)), ALLOWED).excess).toBe(51);
  });
  it('allows turns that came earlier to be used late', () => {
    const late = (count: number) => every(0, count).map(() => ({ begun: 5000, turn: 0 }));
    expect(findRush(late(15), ALLOWED).excess).toBe(0);
    expect(findRush(late(16), ALLOWED).excess).toBe(1);
  });
});

describe('checkVisits', () => {
  it('finds nothing in what is polite', () => {
    const [one, two] = [feed('one'), feed('two')];
    expect(check([visit(one, 0), visit(two, 0), visit(one, 10)])).toEqual([]);
  });
  it('tells a host that is asked for too much at a time, and a feed that two ask for', () => {
    const [one, two] = [feed('one'), feed('two')];
    const found = check([visit(one, 0), visit(two, 5), visit(one, 9)]);
    expect(found.map(({ rule }) => rule)).toEqual(['impolite', 'twice-at-once']);
  });
  it('tells a host that is asked too often, but for what persons ask, and for redirects', () => {
    const rush = (of: PublishingFeed) => every(20, 30).map((at) => visit(of, at));
    expect(check(rush(feed('background')))).toEqual([
      { rule: 'impolite', says: 'host had 30 requests in 0.6 s, 20 more than its rate allows' },
    ]);
    expect(check(rush(feed('wanted', true)))).toEqual([]);
    expect(check(rush(feed('moved')).map((one) => ({ ...one, onward: true })))).toEqual([]);
  });
  it('tells a burst of all of a host’s feeds, though its places are taken all the while', () => {
    const burst = (count: number) =>
      every(100, count).map((at, index) => visit(feed(`${index}`), at, at + 190));
    expect(check(burst(15), [], 1000)).toEqual([
      { rule: 'impolite', says: 'host had 15 requests in 2.4 s, 3 more than its rate allows' },
    ]);
    expect(check(burst(11), [], 1000)).toEqual([]);
  });
  it('allows turns to be used late where something was broken, and where all places were taken, only', () => {
    const rush = every(20, 20).map((at) => visit(feed('hindered'), at + 10_000));
    expect(check(rush)).toMatchObject([{ rule: 'impolite' }]);
    expect(check(rush, [{ from: 0, until: 10_000 }], 500)).toEqual([]);
    expect(check(rush, [{ from: 0, until: 9000 }], 500)).toMatchObject([{ rule: 'impolite' }]);
    const slow = [visit(feed('slow'), 0, 10_000), visit(feed('slower'), 0, 10_000)];
    expect(check([...slow, ...rush.slice(0, 18)], [], 500)).toEqual([]);
    expect(check([...slow.slice(1), ...rush.slice(0, 18)], [], 500)).toMatchObject([{ rule: 'impolite' }]);
    // Until what they brought is stored, their places are taken.
    const quick = [visit(feed('quick'), 0), visit(feed('quicker'), 0)];
    expect(check([...quick, ...rush.slice(0, 18)], [], 500, 9980)).toEqual([]);
    expect(check([...quick, ...rush.slice(0, 18)], [], 500)).toMatchObject([{ rule: 'impolite' }]);
  });
});
