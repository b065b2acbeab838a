import { describe, expect, it } from 'vitest';
import { readDocument } from './read-document';
import type { NewItem, ParseWarning } from './types';

const NOW = new Date('2026-01-10T00:00:00Z');

function readItem(fields: string): { item: NewItem | undefined; warnings: ParseWarning[] } {
  const text = `<rss version="2.0"><channel><title>T</title><item><guid isPermaLink="false">1</guid>${fields}</item></channel></rss>`;
  const options = { contentType: null, url: 'https://example.org/feed', now: NOW };
  const outcome = readDocument(new TextEncoder().encode(text), options);
  if (outcome.kind !== 'feed') throw new Error(outcome.kind);
  return { item: outcome.items[0], warnings: outcome.feed.warnings };
}

describe('absurd dates', () => {
  it.each([
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Sun, 31 Dec 1899 00:00:00 GMT',
    'Sat, 01 Jan 2050 00:00:00 GMT',
    'Mon, 12 Jan 2026 00:00:01 GMT',
  ])('%s is not believed, and the feed is told so', (date) => {
    const { item, warnings } = readItem(`<pubDate>${date}</pubDate>`);
    expect(item).toMatchObject({ publishedAt: null, sortAt: NOW });
    expect(warnings.map(({ code }) => code)).toEqual(['absurd-date']);
  });

  it('give way to one that can be', () => {
    const date = '<atom:updated xmlns:atom="http://www.w3.org/2005/Atom">2026-01-01T00:00:00Z</atom:updated>';
    const { item, warnings } = readItem(`<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>${date}`);
    expect(item?.publishedAt).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect(warnings).toHaveLength(1);
  });

  it.each([
    'Wed, 07 Jan 2026 00:00:00 GMT',
    'Sat, 10 Jan 2026 20:00:00 GMT',
    'Sat, 01 Jan 1938 00:00:00 GMT',
  ])('%s is believed', (date) => {
    const { item, warnings } = readItem(`<pubDate>${date}</pubDate>`);
    expect(item?.publishedAt).toEqual(new Date(date));
    expect(warnings).toEqual([]);
    expect(item?.sortAt.getTime()).toBeLessThanOrEqual(NOW.getTime());
  });
});

describe('what is stored of an item', () => {
  it('has its address without tracking parameters', () => {
    const { item } = readItem(
      '<link>https://a.example/x?utm_source=rss&amp;id=1&amp;fbclid=2#utm_medium=feed</link>',
    );
    expect(item?.url).toBe('https://a.example/x?id=1');
  });

  it('changes its content hash with everything that a reader sees, and with nothing else', () => {
    const hashOf = (fields: string) => readItem(fields).item?.contentHash;
    const long = `<description>${'word '.repeat(400)}</description>`;
    const variants = [
      '<title>a</title>',
      '<title>b</title>',
      '<title>a</title><author>A</author>',
      '<title>a</title><category>a</category>',
      '<title>a</title><comments>https://a.example/</comments>',
      '<title>a</title><link>https://a.example/</link>',
      '<title>a</title><enclosure url="https://a.example/" type="audio/mpeg"/>',
      '<title>a</title><description>a</description>',
      `<title>a</title>${long}`,
      `<title>a</title>${long.replace('word', 'words')}`,
    ];
    expect(new Set(variants.map(hashOf)).size).toBe(variants.length);
    expect(hashOf('<title>a</title><pubDate>Wed, 07 Jan 2026 00:00:00 GMT</pubDate>')).toBe(
      hashOf('<title> a</title>'),
    );
  });
});
