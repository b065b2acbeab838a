import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyItems } from '@/lib/feed/identify-items';
import type { NewItem, ParsedItem } from '@/lib/feed/types';
import { matchItems, type StoredItem, settleIdentity } from './recognise-items';

interface Names {
  id?: string;
  link?: string;
  title: string;
}

/** A document's items as they are written, as far as this looks at them. */
function documentOf(all: Names[]): NewItem[] {
  const items = all.map(({ id = null, link = null, title }) => ({
    id,
    link,
    title,
    published: null,
    content: null,
    summary: null,
    enclosures: [],
  }));
  return identifyItems(items as unknown as ParsedItem[]).map(
    ({ identity, item }) =>
      ({ identity, contentHash: '', url: item.link, title: item.title, names: item }) as unknown as NewItem,
  );
}

/** Writes documents one after the other, as the store does; returns the titles that each stored item has had. */
function store(...documents: Names[][]): string[][] {
  const rows: (StoredItem & { titles: string[] })[] = [];
  for (const document of documents.map(documentOf)) {
    const findUnchanged = (item: NewItem) =>
      rows.find((row) => row.identity === item.identity && row.title === item.title && row.url === item.url);
    const accounted = new Set(document.map(findUnchanged));
    for (const row of accounted) row?.titles.push(row.title);
    const changed = document.filter((item) => !findUnchanged(item));
    const matches = matchItems(
      changed,
      rows.filter((row) => !accounted.has(row)),
    );
    for (const match of matches) {
      const { url, title } = match.item;
      rows.find(({ identity }) => identity === match.row.identity)?.titles.push(title);
      Object.assign(match.row, { url, title, identity: settleIdentity(match) });
    }
    const found = new Set(matches.map(({ item }) => item));
    for (const item of changed) {
      if (!found.has(item)) rows.push({ ...item, id: '', hash: '', titles: [item.title] });
    }
  }
  return rows.map(({ titles }) => titles);
}

describe('an item whose document tells items apart differently than before', () => {
  const a = { id: 'x', link: 'https://a.example/a', title: 'A' };
  const b = { id: 'x', link: 'https://a.example/b', title: 'B' };
  const c = { id: 'x', link: 'https://a.example/c', title: 'C' };

  it('is known when its guid becomes that of others too, and when it is its own again', () => {
    expect(store([a], [b, a])).toEqual([['A', 'A'], ['B']]);
    expect(store([a, b], [b])).toEqual([['A'], ['B', 'B']]);
    expect(store([a], [b, a], [c, b], [c])).toEqual([
      ['A', 'A'],
      ['B', 'B'],
      ['C', 'C'],
    ]);
  });

  it('is known by its title where all link to the same page', () => {
    const page = 'https://a.example/';
    const one = { link: page, title: 'One' };
    const two = { link: page, title: 'Two' };
    expect(store([one], [two, one], [two])).toEqual([
      ['One', 'One'],
      ['Two', 'Two'],
    ]);
  });

  it('is edited meanwhile', () => {
    expect(store([a], [b, { ...a, title: 'A2' }])).toEqual([['A', 'A2'], ['B']]);
    expect(store([a], [b, { ...a, link: 'https://a.example/2' }])).toEqual([['A', 'A'], ['B']]);
  });

  it('is not written over by others', () => {
    expect(store([a], [b, c])).toEqual([['A'], ['B'], ['C']]);
    expect(store([{ link: 'https://a.example/', title: 'One' }], [b, c])).toHaveLength(3);
  });

  it('is stored once, whatever guids its site repeats from one fetch to the next', () => {
    const item = fc.nat(6).map((n) => ({ id: `g${n % 2}`, link: `https://a.example/${n}`, title: `T${n}` }));
    const document = fc.uniqueArray(item, { minLength: 1, maxLength: 6, selector: ({ link }) => link });
    // With one item at a time, a guid that does not change says that the item was edited.
    const shared = document.filter((items) => {
      const guids = items.map(({ id }) => id);
      return guids.every((id) => guids.filter((other) => other === id).length > 1);
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(shared, document), { minLength: 2, maxLength: 5 }), (documents) => {
        const rows = store(...documents);
        const last = rows.map((titles) => titles.at(-1));
        expect(new Set(last).size).toBe(last.length);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
