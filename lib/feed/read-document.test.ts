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

describe('files and pictures of an item', () => {
  const FILE = 'https://a.example/files/1.mp3';

  it.each([
    [
      'an enclosure of mod_enclosure',
      `<enc:enclosure xmlns:enc="http://purl.oclc.org/net/rss_2.0/enc#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        rdf:resource="${FILE}" enc:type="audio/mpeg" enc:length="1,234"/>`,
      { url: FILE, type: 'audio/mpeg', length: 1234 },
    ],
    [
      'a file in a group of Media RSS',
      `<media:group xmlns:media="http://search.yahoo.com/mrss/"><media:content url="${FILE}" medium="audio"
        fileSize="1234" duration="61"/></media:group>`,
      { url: FILE, type: 'audio/*', length: 1234, duration: 61 },
    ],
    [
      'a podcast with its length in time',
      `<enclosure url="${FILE}" type="audio/mpeg" length="1234"/>
        <itunes:duration xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">1:01:01</itunes:duration>`,
      { url: FILE, type: 'audio/mpeg', length: 1234, duration: 3661 },
    ],
    [
      'chapters',
      `<podcast:chapters xmlns:podcast="https://podcastindex.org/namespace/1.0" url="${FILE}" type="application/json"/>`,
      { url: FILE, type: 'application/json', length: null, rel: 'chapters' },
    ],
  ])('%s', (_what, fields, enclosure) => {
    expect(readItem(fields).item?.enclosures).toEqual([enclosure]);
  });

  const PICTURE = 'https://a.example/1.jpg';
  it.each([
    ['Media RSS', `<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="${PICTURE}"/>`],
    ['iTunes', `<itunes:image xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" href="${PICTURE}"/>`],
    ['an enclosure', `<enclosure url="${PICTURE}" type="image/jpeg" length="1"/>`],
    ['an image of its own', `<image><url>${PICTURE}</url></image>`],
  ])('a picture from %s', (_where, fields) => {
    expect(readItem(fields).item?.thumbnail).toBe(PICTURE);
  });

  it('reads the text of content:items', () => {
    const { item } = readItem(
      `<content:items xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Bag><rdf:li><content:item><content:format rdf:resource="http://www.w3.org/1999/xhtml"/>
        <rdf:value><![CDATA[<p>All of <em>it</em></p>]]></rdf:value></content:item></rdf:li></rdf:Bag></content:items>`,
    );
    expect(item?.html).toContain('<p>All of <em>it</em></p>');
  });
});
