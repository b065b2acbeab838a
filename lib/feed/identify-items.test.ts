import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyItems } from './identify-items';
import type { ParsedItem } from './types';

const EMPTY: ParsedItem = {
  id: null,
  link: null,
  originalLink: null,
  title: null,
  author: null,
  authors: [],
  published: null,
  updated: null,
  summary: null,
  content: null,
  categories: [],
  enclosures: [],
  thumbnail: null,
  commentsUrl: null,
};
const item = (fields: Partial<ParsedItem>): ParsedItem => ({ ...EMPTY, ...fields });
const identitiesOf = (items: ParsedItem[]): string[] => identifyItems(items).map(({ identity }) => identity);

/** Identity of each item by object, so that order does not matter. */
const byItem = (items: ParsedItem[]): Map<ParsedItem, string> =>
  new Map(identifyItems(items).map((found) => [found.item, found.identity]));

const number = fc.nat(1_000_000);
const date = fc.date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
/** Items as feeds have them: most with an id, some with a link only, some with neither. */
const anyItem = fc
  .record({
    key: number,
    kind: fc.constantFrom('id', 'link', 'both', 'neither'),
    title: fc.string(),
    content: fc.string(),
    published: fc.option(date),
  })
  .map(({ key, kind, title, content, published }) =>
    item({
      id: kind === 'id' || kind === 'both' ? `tag:${key}` : null,
      link: kind === 'link' || kind === 'both' ? `https://example.org/${key}` : null,
      title: kind === 'neither' ? `${title}${key}` : title,
      content,
      published,
    }),
  );
const keyOf = ({ id, link, title }: ParsedItem): string => id ?? link ?? title ?? '';
const documentOf = (minLength: number) =>
  fc.uniqueArray(anyItem, { minLength, maxLength: 12, selector: keyOf });

describe('identifyItems', () => {
  it('depends on no order', () => {
    fc.assert(
      fc.property(documentOf(2), fc.func(fc.nat()), (items, rank) => {
        const moved = [...items].sort((a, b) => rank(keyOf(a)) - rank(keyOf(b)));
        const before = byItem(items);
        for (const [each, identity] of byItem(moved)) expect(identity).toBe(before.get(each));
      }),
      { seed: 1 },
    );
  });

  it('stays when items are added and others leave', () => {
    fc.assert(
      fc.property(documentOf(3), fc.nat(10), (items, count) => {
        const all = byItem(items);
        const fewer = items.slice(0, Math.max(1, count % items.length));
        for (const [each, identity] of byItem(fewer)) expect(identity).toBe(all.get(each));
      }),
      { seed: 2 },
    );
  });

  it('stays when an item is edited, redated, or its guid moves to https', () => {
    fc.assert(
      fc.property(documentOf(1), fc.string(), fc.string(), date, (items, title, content, updated) => {
        const edited = items.map((each) =>
          each.id || each.link
            ? { ...each, title, content, updated, published: updated }
            : { ...each, updated, categories: ['x'] },
        );
        expect(identitiesOf(edited)).toEqual(identitiesOf(items));
      }),
      { seed: 3 },
    );
    expect(identitiesOf([item({ id: 'http://a.example/1' })])).toEqual(
      identitiesOf([item({ id: 'https://a.example/1' })]),
    );
    expect(identitiesOf([item({ link: 'http://a.example/1?utm_source=rss' })])).toEqual(
      identitiesOf([item({ link: 'https://a.example/1' })]),
    );
  });

  it('swallows no item, whatever guids, links and titles repeat', () => {
    const few = fc.constantFrom('1', '2', null);
    const repeating = fc.record({ id: few, link: few, title: few, content: fc.constantFrom('a', 'b', null) });
    fc.assert(
      fc.property(fc.array(repeating, { maxLength: 15 }), (all) => {
        const items = all.map((fields) =>
          item({ ...fields, link: fields.link && `https://example.org/${fields.link}` }),
        );
        const distinct = new Set(
          items.map(({ id, link, title, content }) => JSON.stringify([id, link, title, content])),
        );
        const found = identifyItems(items);
        // Items that differ only in what no key has (the content of two with one title) count as one or two.
        expect(new Set(found.map(({ identity }) => identity)).size).toBe(found.length);
        expect(found.length).toBe(distinct.size);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('keeps items apart that share a guid, as long as they do', () => {
    const guid = 'https://example.org/';
    const window = (from: number): ParsedItem[] =>
      [0, 1, 2].map((index) => item({ id: guid, link: `https://example.org/${from + index}`, title: 't' }));
    expect(new Set([...identitiesOf(window(0)), ...identitiesOf(window(1))]).size).toBe(4);
  });

  it('tells undated, unlinked items apart by their text, and dated ones by title and date', () => {
    const published = new Date('2024-01-01T00:00:00Z');
    expect(
      new Set(
        identitiesOf([item({ title: 'Status', content: 'up' }), item({ title: 'Status', content: 'down' })]),
      ).size,
    ).toBe(2);
    expect(identitiesOf([item({ title: 'Status', published, content: 'up' })])).toEqual(
      identitiesOf([item({ title: 'Status', published, content: 'up, still' })]),
    );
  });
});
