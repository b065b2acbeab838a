import { expect, it } from 'vitest';
import { checkStored } from './check-stored';
import { type PublishingFeed, titleIn, type Visit } from './publishing-web';
import type { LoggedAttempt, StoredFeed } from './read-stored';

const NOW = Date.UTC(2026, 0, 1);
const url = 'http://host/feed-1';

/** Every other item was edited: the one before the last in version 34, the others at once. */
const items = Array.from({ length: 35 }, (_, index) => ({
  guid: `feed-1-item-${index}`,
  edits: index % 2 === 0 ? [] : [index === 31 ? 35 : index + 1],
  date: new Date(NOW),
}));
const feed: PublishingFeed = { url, host: 'host', wanted: false, items };

const visit = (begun: number, version: number, status = 200): Visit => ({
  ...{ feed, reader: 1, begun, ended: begun + 50, status, version, onward: false },
});
const attempt = (begun: number, change: Partial<LoggedAttempt>): LoggedAttempt => ({
  ...{ begun, tookMs: 100, outcome: 'UNCHANGED', inserted: 0, updated: 0, ...change },
});

const visits = [visit(NOW + 20, 5), visit(NOW + 1020, 34), visit(NOW + 2020, 34, 304), visit(NOW + 3020, 35)];
const attempts = [
  attempt(NOW, { outcome: 'UPDATED', inserted: 5 }),
  attempt(NOW + 1000, { outcome: 'UPDATED', inserted: 29 }),
  attempt(NOW + 2000, {}),
  attempt(NOW + 3000, { outcome: 'UPDATED', inserted: 1, updated: 1 }),
];

const well: StoredFeed = {
  status: 'ready',
  error: '',
  itemCount: 35,
  claimed: false,
  nextFetchAt: NOW + 3_600_000,
  lastFetchedAt: NOW,
  titles: items.map((item) => titleIn(item, 35)),
  attempts,
};

const check = (change: Partial<StoredFeed>, visited = visits) =>
  checkStored([feed], new Map([[url, { ...well, ...change }]]), new Map([[url, visited]]), NOW);
const rulesOf = (change: Partial<StoredFeed>, visited = visits) =>
  check(change, visited).map(({ rule }) => rule);
const withAttempt = (index: number, change: Partial<LoggedAttempt>) => ({
  attempts: attempts.map((one, place) => (place === index ? { ...one, ...change } : one)),
});

it('finds nothing in what is well', () => {
  expect(check({})).toEqual([]);
});

it.each<[string, Partial<StoredFeed>, string[]]>([
  ['an item is missing', { titles: well.titles.slice(1), itemCount: 34 }, ['lost']],
  [
    'an item is there twice',
    { titles: [...well.titles, 'feed-1-item-4 revision 0'], itemCount: 36 },
    ['doubled'],
  ],
  [
    'an item was never published',
    { titles: [...well.titles, 'feed-1-item-99 revision 0'], itemCount: 36 },
    ['invented'],
  ],
  ['an item is out of date', { titles: well.titles.with(21, 'feed-1-item-21 revision 0') }, ['stale']],
  // It has left the document: but it was served, and stored, before.
  ['an old item is out of date', { titles: well.titles.with(1, 'feed-1-item-1 revision 0') }, ['stale']],
  ['the count is wrong', { itemCount: 34 }, ['miscounted']],
  ['it was never read', { status: 'queued' }, ['stuck']],
  ['a worker that is gone has it', { claimed: true }, ['stuck']],
  ['it is never fetched again', { nextFetchAt: null }, ['stuck']],
  ['two workers wrote at the same time', withAttempt(0, { tookMs: 1500 }), ['log']],
  ['an attempt is logged that was none', { attempts: [...attempts, attempt(NOW + 9000, {})] }, ['log']],
])('tells when %s', (_name, change, rules) => expect(rulesOf(change)).toEqual(rules));

it('tells an edit that was left out by the fetch that brought it, though all is well in the end', () => {
  expect(check(withAttempt(3, { updated: 0 }))).toEqual([
    {
      rule: 'stale',
      says: `${url} stored 1 new and 0 edited items of version 35, where there were 1 and 1`,
    },
  ]);
  // It comes with the next fetch, which has no edit of its own.
  const late = attempt(NOW + 4000, { outcome: 'UPDATED', updated: 1 });
  const visited = [...visits, visit(NOW + 4020, 35)];
  expect(rulesOf({ attempts: [...withAttempt(3, { updated: 0 }).attempts, late] }, visited)).toEqual([
    'stale',
    'stale',
  ]);
});

it('tells a new document that was taken for the old one', () => {
  expect(rulesOf(withAttempt(3, { outcome: 'UNCHANGED', inserted: 0, updated: 0 }))).toContain('stale');
});

it('tells a feed that is not there', () => {
  expect(checkStored([feed], new Map(), new Map(), NOW)).toMatchObject([{ rule: 'lost' }]);
});

it('does not call lost what had left the document when the feed was added', () => {
  const late = visits.slice(1);
  const log = [attempt(NOW + 1000, { outcome: 'UPDATED', inserted: 30 }), ...attempts.slice(2)];
  const without = (count: number) => ({
    titles: well.titles.slice(count),
    itemCount: 35 - count,
    attempts: log,
  });
  expect(rulesOf(without(4), late)).toEqual([]);
  // It was asked for before, and whoever asked was killed.
  expect(rulesOf(without(4), visits)).toEqual([]);
  expect(rulesOf(without(5), late)).toEqual(['lost']);
});
