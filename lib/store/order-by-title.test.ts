import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderByTitle } from './order-by-title';

const name = (titles: string[]) => titles.map((title, id) => ({ id, title }));
const titlesOf = (feeds: { title: string }[]) => feeds.map(({ title }) => title);

test('accents and numbers stand where a reader looks for them', () => {
  const feeds = name(['zebra', 'Week 10', 'été', 'week 9', 'Eton', 'apple']);
  expect(titlesOf(orderByTitle(feeds, []))).toEqual(['apple', 'été', 'Eton', 'week 9', 'Week 10', 'zebra']);
});

test('what is known from before changes nothing about the order', () => {
  const feed = fc.record({ id: fc.nat(30), title: fc.string({ maxLength: 3 }) });
  const feeds = fc.uniqueArray(feed, { selector: ({ id }) => id });
  fc.assert(
    fc.property(feeds, feeds, (now, before) => {
      expect(orderByTitle(now, before)).toEqual(orderByTitle(now, []));
    }),
  );
});
