import { expect, it } from 'vitest';
import { readSearch, writeSearch } from './search-query';

it.each([
  ['/search', {}],
  ['/search?q=red+fox', { q: ' red fox ' }],
  [
    '/search?q=fox&in=folder-7&order=relevance&before=50',
    { q: 'fox', in: 'folder-7', order: 'relevance', before: '50' },
  ],
  ['/search?q=fox&in=feed-7&before=1764000000000-12', { q: 'fox', in: 'feed-7', before: '1764000000000-12' }],
  ['/search?q=fox&in=starred', { q: 'fox', in: 'starred' }],
  ['/search?q=fox', { q: 'fox', in: 'folder-0', order: 'random', before: "1'--" }],
  ['/search', { q: ['a', 'b'], in: 'nowhere' }],
])('%s', (address, params) => {
  expect(writeSearch(readSearch(params))).toBe(address);
});
