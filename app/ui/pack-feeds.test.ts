import { expect, it } from 'vitest';
import type { NavFeed } from './feed-nav';
import { packFeeds, unpackFeeds } from './pack-feeds';

it('gives back the feeds that it was given', () => {
  const feeds: NavFeed[] = [
    { id: 1, title: 'Tides “and” \u2028 winds', status: 'ready', icon: '12-abcdef01', folderId: 3 },
    { id: 2, title: '', status: 'failing', icon: null, folderId: null },
  ];
  expect(unpackFeeds(packFeeds(feeds))).toEqual(feeds);
  expect(unpackFeeds(packFeeds([]))).toEqual([]);
});
