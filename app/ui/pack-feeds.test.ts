import { expect, it } from 'vitest';
import type { NavFeed } from './feed-nav';
import { packFeedList, packFeeds, unpackFeedList, unpackFeeds } from './pack-feeds';

const feeds: NavFeed[] = [
  { id: 1, title: 'Tides “and” \u2028 winds', status: 'ready', icon: '12-abcdef01', folderId: 3 },
  { id: 2, title: '', status: 'failing', icon: null, folderId: null },
];

it('gives back the feeds that it was given', () => {
  expect(unpackFeeds(packFeeds(feeds))).toEqual(feeds);
  expect(unpackFeeds(packFeeds([]))).toEqual([]);
});

it('gives back the list that it was given', () => {
  const list = { version: '1-a-b', feeds, folders: [{ id: 3, name: 'Sea “and” \u2028 shore' }] };
  expect(unpackFeedList(packFeedList(list))).toEqual(list);
});
