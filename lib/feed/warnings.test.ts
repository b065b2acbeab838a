import { describe, expect, it } from 'vitest';
import { parseFeed } from './parse-feed';

const SOURCE = { contentType: null, url: 'https://example.org/feed' };
const codesOf = (text: string): string[] =>
  parseFeed(new TextEncoder().encode(text), SOURCE).warnings.map(({ code }) => code);
const rss = (fields: string): string =>
  `<rss version="2.0"><channel><title>T</title><item>${fields}</item></channel></rss>`;
const atom = (fields: string): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id>${fields}</entry></feed>`;
const json = (fields: string): string =>
  `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1",${fields}}]}`;

/** What is wrong with a document, and the code that must say so; nothing else may be said. */
const REPAIRS: [code: string, document: string][] = [
  ['bare-ampersand', rss('<title>Fish & chips</title>')],
  ['bare-ampersand', rss('<link>https://a.example/?a=1&b=2</link>')],
  ['bare-ampersand', atom('<link href="https://a.example/?a=1&b=2"/>')],
  ['undeclared-entity', rss('<title>Fish&nbsp;chips</title>')],
  ['undeclared-entity', rss('<title>caf&eacute; &amp; bar</title>')],
  ['control-characters', rss('<title>a\u0008b</title>')],
  ['control-characters', rss('<description><![CDATA[<p>a\u0000b</p>]]></description>')],
  ['control-characters', rss('<title>it&#x92;s</title>').replace('&#x92;', '\u0092')],
  ['control-characters', atom('<link href="https://a.example/\u0001"/>')],
  ['control-characters', json('"title":"a\\u0000b"')],
  ['unreadable-date', rss('<pubDate>some day</pubDate>')],
  ['unreadable-date', rss('<pubDate>Wed, 32 Foo 2026 99:00:00 GMT</pubDate>')],
  ['unreadable-date', atom('<updated>yesterday</updated>')],
  ['unreadable-date', json('"date_published":"never"')],
  ['double-escaped', rss('<title>Fish &amp;amp; chips</title>')],
  ['double-escaped', rss('<title>It&amp;#8217;s</title>')],
  ['double-escaped', rss('<link>https://a.example/?a=1&amp;amp;b=2</link>')],
  ['double-escaped', rss('<description>&lt;![CDATA[&lt;p&gt;x&lt;/p&gt;]]&gt;</description>')],
  ['mistyped-html', atom('<content>&lt;p&gt;x&lt;/p&gt;</content>')],
  ['mistyped-html', atom('<summary type="text/plain">&lt;b&gt;x&lt;/b&gt;</summary>')],
  ['stray-less-than', rss('<title>5 < 6</title>')],
  ['undeclared-prefix', rss('<dc:creator>A</dc:creator>')],
  [
    'undeclared-prefix',
    rss('<content:encoded>x</content:encoded>').replace('2.0"', '2.0" xmlns:content="http://wrong.example/"'),
  ],
  ['unclosed-element', rss('<title><![CDATA[x]]</title><link>https://a.example/</link>')],
  ['unclosed-element', rss('<title><![CDATA[x]]</title><description><![CDATA[y]]></description>')],
  ['unclosed-element', rss('<title>x<link>https://a.example/</link>')],
  ['leading-junk', `Warning: x ${rss('<title>x</title>')}`],
];

/** Nothing is wrong with these. */
const CLEAN: string[] = [
  rss('<x:y>x</x:y>').replace('2.0"', '2.0" xmlns:x="http://x.example/"'),
  rss('<title>Fish &amp; chips &lt;3 &#8217; &#x2019; &apos;&quot;</title><pubDate> </pubDate>'),
  rss(
    '<description>&lt;p&gt;a &amp;amp; b&amp;nbsp;c&lt;/p&gt;</description><link>https://a.example/?a=1&amp;b=2</link>',
  ),
  rss(
    '<description><![CDATA[<p>a & b &nbsp; &amp; c</p>]]></description><pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate>',
  ),
  atom('<title type="html">a &amp;amp; b</title><content type="html">&lt;p&gt;x&lt;/p&gt;</content>'),
  atom('<title>a &amp; b</title><updated>2026-01-01T00:00:00Z</updated>'),
  `<!DOCTYPE rss [<!ENTITY co "Co">]>${rss('<title>A &amp; &co;</title>')}`,
  json('"title":"a & b \\u00e9","date_published":"2026-01-01T00:00:00Z"'),
];

describe('warnings', () => {
  it.each(REPAIRS)('%s for %s', (code, document) => {
    expect(codesOf(document)).toEqual([code]);
  });

  it.each(CLEAN)('nothing for %s', (document) => {
    expect(codesOf(document)).toEqual([]);
  });

  it('are sentences', () => {
    for (const [code, document] of REPAIRS) {
      const { warnings } = parseFeed(new TextEncoder().encode(document), SOURCE);
      expect(warnings.find((warning) => warning.code === code)?.message).toMatch(
        /^The feed .{20,}\.$|^Some.{20,}\.$/,
      );
    }
  });
});
