import { expect, it } from 'vitest';
import { chooseOffers } from './choose-offers';
import type { FeedCandidate } from './types';

const feed = (
  path: string,
  title: string | null,
  type: string | null = 'application/rss+xml',
): FeedCandidate => ({
  url: `https://site.example${path}`,
  title,
  type,
});
const offered = (candidates: FeedCandidate[], taken = candidates[0]?.url ?? '') =>
  chooseOffers(candidates, taken).map(({ url }) => url.replace('https://site.example', ''));

it('offers feeds of different things, that which is read first', () => {
  const candidates = [feed('/feed', 'All'), feed('/sport/feed', 'Sport'), feed('/politics/feed', 'Politics')];
  expect(offered(candidates)).toEqual(['/feed', '/sport/feed', '/politics/feed']);
  expect(offered(candidates, 'https://site.example/sport/feed')).toEqual([
    '/sport/feed',
    '/feed',
    '/politics/feed',
  ]);
});

it.each([
  [
    'RSS and Atom by address',
    [feed('/rss.xml', 'News'), feed('/atom.xml', 'Latest', 'application/atom+xml')],
  ],
  ['RSS and Atom by title', [feed('/feed', 'Blog (RSS 2.0)'), feed('/a/b', 'Blog (Atom)')]],
  ['forms without a title', [feed('/one', 'RSS'), feed('/two', 'Atom')]],
  ['JSON of the same', [feed('/feed/', 'Blog'), feed('/feed/json', 'Blog', 'application/feed+json')]],
  ['comments', [feed('/feed', 'Blog'), feed('/comments/feed', 'Blog: comments')]],
  ['comments in German', [feed('/feed', 'Blog'), feed('/f2', 'Kommentare zu Blog')]],
  [
    'links in the text, beside one that is declared',
    [feed('/feed', 'Blog'), feed('/friend.rss', 'Friend', null)],
  ],
  ['one alone', [feed('/feed', 'Blog')]],
  [
    'guesses',
    [
      { ...feed('/feed', null, null), guessed: true as const },
      { ...feed('/x', null, null), guessed: true as const },
    ],
  ],
])('asks nothing for %s', (_name, candidates) => {
  expect(offered(candidates)).toEqual([]);
});

it('takes links where nothing is declared, and not without end', () => {
  const links = Array.from({ length: 30 }, (_, n) => feed(`/topic${n}.rss`, `Topic ${n}`, null));
  expect(offered(links)).toHaveLength(12);
});

it('asks nothing about what the page does not name', () => {
  expect(offered([feed('/a', 'One'), feed('/b', 'Two')], 'https://elsewhere.example/feed')).toEqual([]);
});
