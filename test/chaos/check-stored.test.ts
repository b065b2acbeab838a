import { expect, it } from 'vitest';
import { checkStored } from './check-stored';
import type { PublishingFeed } from './publishing-web';
import type { StoredFeed } from './read-stored';

const NOW = Date.UTC(2026, 0, 1);
const url = 'http://host/feed-1';

const items = Array.from({ length: 35 }, (_, index) => ({
  guid: `feed-1-item-${index}`,
  revision: index % 2,
  date: new Date(NOW),
}));
const feed: PublishingFeed = { url, host: 'host', wanted: false, items, version: 35 };

const well: StoredFeed = {
  status: 'ready',
  error: '',
  itemCount: 35,
  claimed: false,
  nextFetchAt: NOW + 3_600_000,
  lastFetchedAt: NOW,
  titles: items.map(({ guid, revision }) => `${guid} revision ${revision}`),
  attempts: [
    { begun: NOW, tookMs: 500 },
    { begun: NOW + 500, tookMs: 100 },
  ],
};

const check = (change: Partial<StoredFeed>, visited = 2) =>
  checkStored([feed], new Map([[url, { ...well, ...change }]]), new Map([[url, visited]]), NOW).map(
    ({ rule }) => rule,
  );

it('finds nothing in what is well', () => {
  expect(check({})).toEqual([]);
  // The last revision of what has left the document may never have been served.
  expect(check({ titles: well.titles.with(1, 'feed-1-item-1 revision 0') })).toEqual([]);
});

it.each<[string, Partial<StoredFeed>, string[]]>([
  ['an item is missing', { titles: well.titles.slice(1), itemCount: 34 }, ['lost']],
  [
    'an item is there twice',
    { titles: [...well.titles, 'feed-1-item-3 revision 0'], itemCount: 36 },
    ['doubled'],
  ],
  [
    'an item was never published',
    { titles: [...well.titles, 'feed-1-item-99 revision 0'], itemCount: 36 },
    ['invented'],
  ],
  ['an item is out of date', { titles: well.titles.with(21, 'feed-1-item-21 revision 0') }, ['stale']],
  ['the count is wrong', { itemCount: 34 }, ['miscounted']],
  ['it was never read', { status: 'queued' }, ['stuck']],
  ['a worker that is gone has it', { claimed: true }, ['stuck']],
  ['it is never fetched again', { nextFetchAt: null }, ['stuck']],
  [
    'two workers wrote at the same time',
    {
      attempts: [
        { begun: NOW, tookMs: 500 },
        { begun: NOW + 400, tookMs: 10 },
      ],
    },
    ['log'],
  ],
  [
    'an attempt is logged that was none',
    { attempts: [...well.attempts, { begun: NOW + 900, tookMs: 1 }] },
    ['log'],
  ],
])('tells when %s', (_name, change, rules) => expect(check(change)).toEqual(rules));

it('tells a feed that is not there', () => {
  expect(checkStored([feed], new Map(), new Map(), NOW)).toMatchObject([{ rule: 'lost' }]);
});
