import { describe, expect, it } from 'vitest';
import { CLAIM_MS } from '@/lib/store/claims';
import { checkClaims } from './check-claims';
import type { Deed, Interval } from './deeds';
import type { PublishingFeed, Visit } from './publishing-web';
import type { LoggedAttempt, StoredFeed } from './read-stored';

const RULES = { dueAfterMs: 8000, turnWithinMs: 20_000 };
const feed: PublishingFeed = { url: 'http://host/feed-1', host: 'host', wanted: false, items: [] };
const wanted: PublishingFeed = { ...feed, wanted: true };

const visit = (begun: number, change: Partial<Visit> = {}): Visit => ({
  ...{ feed, reader: 1, begun, ended: begun + 50, status: 200, version: 1, onward: false },
  ...change,
});
const attempt = (begun: number, change: Partial<LoggedAttempt> = {}): LoggedAttempt => ({
  ...{ begun, tookMs: 100, outcome: 'UPDATED', inserted: 1, updated: 0, ...change },
});
const deed = (kind: Deed['kind'], from: number, until: number, reader: number | null = null): Deed => ({
  ...{ kind, from, until, reader, hosts: null },
});

interface Case {
  visits: Visit[];
  attempts: LoggedAttempt[];
  deeds?: Deed[];
  until?: number;
  hindered?: Interval[];
}

function check({ visits, attempts, deeds = [], until = 20_000, hindered = [] }: Case) {
  const of = visits[0]?.feed ?? feed;
  const stored = new Map([[of.url, { attempts } as StoredFeed]]);
  const added = new Map([[of.url, 0]]);
  const record = { feeds: [of], visits, stored, added, until, deeds, hinderedAt: () => hindered };
  return checkClaims(record, RULES);
}
const rulesOf = (one: Case) => check(one).map(({ rule }) => rule);

it('finds nothing in a feed that is fetched as it comes due', () => {
  const times = [100, 9000, 18_000];
  const all = { visits: times.map((at) => visit(at)), attempts: times.map((at) => attempt(at - 10)) };
  expect(check(all)).toEqual([]);
});

describe('a request that nothing was stored of', () => {
  const visits = [visit(100, { status: 0, ended: 400 }), visit(CLAIM_MS, { reader: 2 })];
  const attempts = [attempt(CLAIM_MS - 10)];

  it('is told', () => {
    expect(rulesOf({ visits, attempts })).toEqual(['unstored']);
    expect(rulesOf({ visits: [visit(100)], attempts: [attempt(90, { outcome: 'FAILED' })] })).toEqual([
      'unstored',
    ]);
  });
  it('is explained by what was done to its worker, or to the database, at that time', () => {
    const rules = (one: Deed) => rulesOf({ visits, attempts, deeds: [one] });
    expect(rules(deed('kill-worker', 300, 3000, 1))).toEqual([]);
    expect(rules(deed('stop-worker', 300, 25_000, 1))).toEqual([]);
    expect(rules(deed('restart-postgres', 300, 1000))).toEqual([]);
    expect(rules(deed('kill-worker', 300, 3000, 2))).toEqual(['unstored']);
    expect(rules(deed('kill-worker', 400 + CLAIM_MS + 1, 30_000, 1))).toEqual(['unstored']);
    expect(rules(deed('lose-queue', 300, 310))).toEqual(['unstored']);
  });
  it('is told of a worker that has woken up, though it was stopped just before', () => {
    const woken = [visit(100, { reader: 2 }), visit(16_000)];
    const deeds = [deed('stop-worker', 0, 15_990, 1)];
    expect(rulesOf({ visits: woken, attempts: [attempt(90)], deeds })).toEqual(['unstored']);
  });
});

describe('a feed that is claimed twice', () => {
  it('is told when nothing was stored, and the claim cannot have run out', () => {
    const deeds = [deed('kill-worker', 120, 3000, 1)];
    const again = (begun: number) => ({
      visits: [visit(100, { status: 0 }), visit(begun, { reader: 2 })],
      attempts: [attempt(begun - 10)],
      deeds,
    });
    expect(check(again(5000))).toEqual([
      {
        rule: 'too-soon',
        says: 'http://host/feed-1 was asked for again after 4900 ms, while it was claimed',
      },
    ]);
    expect(check(again(CLAIM_MS))).toEqual([]);
  });
  it('is told when it cannot have been due, unless persons ask for it', () => {
    const times = [100, 3000];
    const attempts = times.map((at) => attempt(at - 10));
    expect(check({ visits: times.map((at) => visit(at)), attempts })).toEqual([
      { rule: 'too-soon', says: 'http://host/feed-1 was asked for again after 2910 ms, before it was due' },
    ]);
    expect(check({ visits: times.map((at) => visit(at, { feed: wanted })), attempts })).toEqual([]);
  });
});

describe('a worker that wakes up', () => {
  const visits = [
    visit(100, { status: 302, ended: 900 }),
    visit(CLAIM_MS + 1000, { reader: 2 }),
    visit(CLAIM_MS + 3500, { onward: true }),
  ];
  const attempts = [attempt(CLAIM_MS + 990)];

  it('is told when it goes on with a claim that has run out', () => {
    const deeds = [deed('stop-worker', 110, CLAIM_MS + 3110, 1)];
    expect(check({ visits, attempts, deeds, until: 30_000 })).toEqual([
      {
        rule: 'outlived',
        says: 'http://host/feed-1 was asked for by a worker that had been stopped for 23.0 s since it claimed it',
      },
    ]);
    expect(check({ visits: visits.slice(0, 2), attempts, deeds, until: 30_000 })).toEqual([]);
  });
  it('may go on when its claim holds', () => {
    const follows = [visit(100, { status: 302 }), visit(4000, { onward: true })];
    const deeds = [deed('stop-worker', 110, 3900, 1)];
    expect(check({ visits: follows, attempts: [attempt(90, { tookMs: 4000 })], deeds })).toEqual([]);
  });
});

describe('a feed that is forgotten', () => {
  const visits = [visit(100), visit(38_500)];
  const attempts = [attempt(90), attempt(38_490)];

  it('is told though it is fetched in the end', () => {
    expect(check({ visits, attempts, until: 40_000 })).toEqual([
      {
        rule: 'starved',
        says: 'http://host/feed-1 was not fetched for 38.4 s, 38.4 s of them without any reason',
      },
    ]);
  });
  it('is told at the end, and when it was never fetched', () => {
    expect(rulesOf({ visits: [visit(100)], attempts: [attempt(90)], until: 30_000 })).toEqual(['starved']);
    expect(rulesOf({ visits: [], attempts: [], until: 30_000 })).toEqual(['starved']);
  });
  it('may have been hindered for so long', () => {
    const hindered = [{ from: 10_000, until: 21_000 }];
    expect(check({ visits, attempts, until: 40_000, hindered })).toEqual([]);
    const briefly = [{ from: 10_000, until: 20_000 }];
    expect(rulesOf({ visits, attempts, until: 40_000, hindered: briefly })).toEqual(['starved']);
  });
});
