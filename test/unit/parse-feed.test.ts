import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FeedError } from '@/lib/feed/feed-error';
import { parseFeed } from '@/lib/feed/parse-feed';

const FIXTURES = 'test/fixtures/feeds/';
const URL_OF_FIXTURES = 'https://feeds.example/feed';

/** Fixture pairs: a document, and what must be read from it, without what is absent. */
const PAIRS = readdirSync(FIXTURES)
  .filter((file) => !file.endsWith('.expected.json'))
  .map((file) => [file, file.replace(/\.(\w+)$/, (_, type) => (type === 'xml' ? '' : `-${type}`))] as const);

/** A value as JSON, without nulls and empty lists and objects. */
function compact(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.length > 0 ? value.map(compact) : undefined;
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const entries = Object.entries(value).map(([key, entry]) => [key, compact(entry)] as const);
  const kept = entries.filter(([, entry]) => entry !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function readFixture(file: string): unknown {
  try {
    const { warnings, ...feed } = parseFeed(readFileSync(FIXTURES + file), {
      contentType: null,
      url: URL_OF_FIXTURES,
    });
    return compact({ ...feed, warnings: warnings.map(({ code }) => code) });
  } catch (error) {
    if (error instanceof FeedError) return { error: error.code };
    throw error;
  }
}

const read = (text: string, contentType: string | null = null) =>
  parseFeed(new TextEncoder().encode(text), { contentType, url: '' });

describe('parseFeed', () => {
  it.each(PAIRS)('reads %s', (file, name) => {
    expect(readFixture(file)).toEqual(JSON.parse(readFileSync(`${FIXTURES}${name}.expected.json`, 'utf8')));
  });

  it('reads the same from the same bytes', () => {
    const bytes = readFileSync(`${FIXTURES}rss-20-everything.xml`);
    const source = { contentType: null, url: URL_OF_FIXTURES };
    expect(parseFeed(bytes, source)).toEqual(parseFeed(bytes, source));
  });

  it('says what a document is when it is no feed', () => {
    const codeOf = (text: string) => {
      try {
        read(text);
      } catch (error) {
        return error instanceof FeedError ? error.code : error;
      }
    };
    expect(codeOf('')).toBe('empty');
    expect(codeOf('{"a":1}')).toBe('not-a-feed');
    expect(codeOf('{"version":"https://jsonfeed.org/version/1","items":[')).toBe('malformed');
    expect(codeOf('<html><body>x</body></html>')).toBe('not-a-feed');
    expect(
      codeOf('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><foaf:Person/></rdf:RDF>'),
    ).toBe('not-a-feed');
    expect(codeOf('plain text about <rss> feeds')).toBe('not-a-feed');
  });

  it('reads items without anything around them', () => {
    const items = ['One', 'Two'].map((title) => `<item><title>${title}</title></item>`).join('\n');
    expect(read(`<!-- lost -->${items}`)).toMatchObject({
      format: 'rss',
      items: [{ title: 'One' }, { title: 'Two' }],
    });
    expect(() => read('<item>1</item><item>2</item>')).toThrow('This is not a feed');
  });

  it('takes no document for a feed that was cut off before its first item', () => {
    const messageOf = (text: string) => {
      try {
        return read(text).items.length;
      } catch (error) {
        return error instanceof FeedError ? `${error.code}: ${error.message}` : error;
      }
    };
    const cut = 'malformed: The feed ends in the middle, before its first item.';
    expect(messageOf('<rss version="2.0"><channel><title>Cut')).toBe(cut);
    expect(
      messageOf('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Cut</title><li'),
    ).toBe(cut);
    expect(
      messageOf(
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel><title>Cut</title><link>http://a.example/</link></channel>',
      ),
    ).toBe(cut);
    expect(messageOf('<rss><channel><title>Empty</title></channel></rss>')).toBe(0);
    expect(messageOf('<rss><channel><title>Sloppy</title></channel>')).toBe(0);
    expect(messageOf('<rss><channel><title>Cut later</title><item><link>http://a.example/1</link>')).toBe(1);
    expect(messageOf('<!doctype html><html><body><p>Write <rss> and <channel><title>x')).toBe(
      'not-a-feed: This is a web page, not a feed.',
    );
  });

  it('reads a feed that a page is wrapped around', () => {
    expect(
      read(
        '<html><body><rss><channel><title>T</title><item><title>x</title></item></channel></rss></body></html>',
      ).items,
    ).toHaveLength(1);
  });

  it('believes the header before the declaration, and bytes before both', () => {
    const bytes = Buffer.from(
      '<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><title>\u0416</title></channel></rss>',
      'utf8',
    );
    expect(parseFeed(bytes, { contentType: 'text/xml; charset=windows-1251', url: '' }).title).toBe('Р–');
    const cyrillic = Buffer.from([
      ...Buffer.from('<rss><channel><title>'),
      0xcd,
      0xee,
      0xe2,
      0xee,
      0xf1,
      0xf2,
      0xe8,
      ...Buffer.from('</title></channel></rss>'),
    ]);
    expect(parseFeed(cyrillic, { contentType: "text/xml;charset='windows-1251'", url: '' }).title).toBe(
      'Новости',
    );
  });

  it('resolves relative links of a proxied feed against its site', () => {
    const bytes = new TextEncoder().encode(
      '<rss><channel><link>https://site.example/</link><item><link>/1</link></item></channel></rss>',
    );
    expect(parseFeed(bytes, { contentType: null, url: 'http://feeds.feedburner.com/x' }).items[0]?.link).toBe(
      'https://site.example/1',
    );
    expect(parseFeed(bytes, { contentType: null, url: 'https://other.example/x' }).items[0]?.link).toBe(
      'https://other.example/1',
    );
  });
});
