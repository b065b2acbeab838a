import { expect, it } from 'vitest';
import { cursorOf, feedOf, itemAddress, listAddress, listKey, type ReaderView } from './reader-view';

const view: ReaderView = {
  name: 'feed-7',
  unread: true,
  order: 'oldest',
  path: '/feeds/7',
  query: '?unread=1',
  title: 'Tides',
};

it('tells lists apart by all that makes them others', () => {
  const others = [
    view,
    { ...view, unread: false },
    { ...view, order: 'newest' as const },
    { ...view, name: 'all' },
  ];
  expect(new Set(others.map(listKey)).size).toBe(4);
  expect(listKey({ ...view, title: 'Other', path: '/x', query: '' })).toBe(listKey(view));
});

it('asks for pages of a list', () => {
  expect(listAddress(view, null)).toBe('/api/items?view=feed-7&unread=1&order=oldest');
  expect(listAddress(view, '12-3')).toBe('/api/items?view=feed-7&unread=1&order=oldest&cursor=12-3');
  expect(listAddress(view, null, 20)).not.toContain('limit');
  expect(listAddress(view, null, 120)).toContain('&limit=120');
});

it('has an address for each item that is open, and for the list alone', () => {
  expect(itemAddress(view, 5)).toBe('/feeds/7?unread=1&item=5');
  expect(itemAddress(view, null)).toBe('/feeds/7?unread=1');
  expect(itemAddress({ ...view, query: '' }, null)).toBe('/feeds/7');
});

it('knows the feed of a list that is of one', () => {
  expect(feedOf(view)).toBe(7);
  for (const name of ['all', 'folder-7', 'feed-x', 'feed-7x']) expect(feedOf({ ...view, name })).toBeNull();
});

it('names a place in a list', () => {
  expect(cursorOf({ sortAt: '1970-01-01T00:00:01.000Z', id: 9 })).toBe('1000-9');
});
