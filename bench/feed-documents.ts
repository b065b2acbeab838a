/** Documents to measure on: made here from a seed, shaped like what feeds publish. */
export interface BenchDocument {
  name: string;
  bytes: Uint8Array;
}

/** A small seeded generator (mulberry32): the same documents in every run. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS =
  'the of a river stone and walked over bridge morning with light in its hands café naïve old city never quite asleep while trains passed under signal towers counting minutes'.split(
    ' ',
  );

function writeSentence(random: () => number, words: number): string {
  return Array.from({ length: words }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
}

function writeArticle(random: () => number, paragraphs: number, item: number): string {
  const parts: string[] = [];
  for (let index = 0; index < paragraphs; index += 1) {
    parts.push(
      `<p>${writeSentence(random, 40)} <a href="https://example.org/${item}/${index}?a=1&amp;b=2">${writeSentence(random, 3)}</a>, <em>${writeSentence(random, 2)}</em> &mdash; ${writeSentence(random, 30)}.</p>`,
    );
    if (index % 4 === 1)
      parts.push(
        `<figure><img src="https://img.example.org/${item}-${index}.jpg" width="640" height="480" alt="${writeSentence(random, 4)}" class="wide"/><figcaption>${writeSentence(random, 6)}</figcaption></figure>`,
      );
    if (index % 6 === 3)
      parts.push(
        `<ul><li>${writeSentence(random, 8)}</li><li>${writeSentence(random, 8)}</li></ul><pre><code>if (a &lt; b) { return; }</code></pre>`,
      );
  }
  return parts.join('\n');
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const dateOf = (item: number): Date => new Date(Date.UTC(2026, 0, 1) - item * 7_200_000);

function writeBlog(random: () => number, items: number, paragraphs: number): string {
  const entries = Array.from(
    { length: items },
    (_, item) =>
      `<item><title>${writeSentence(random, 7)} &amp; more</title><link>https://example.org/posts/${item}</link><guid isPermaLink="false">https://example.org/?p=${item}</guid><pubDate>${dateOf(item).toUTCString()}</pubDate><dc:creator><![CDATA[Ada Example]]></dc:creator><category><![CDATA[News]]></category><category>Rivers</category><description><![CDATA[<p>${writeSentence(random, 50)}</p>]]></description><content:encoded><![CDATA[${writeArticle(random, paragraphs, item)}]]></content:encoded></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Blog</title><atom:link href="https://example.org/feed" rel="self" type="application/rss+xml"/><link>https://example.org</link><description>Words</description>${entries.join('\n')}</channel></rss>`;
}

function writeAtom(random: () => number, items: number, paragraphs: number): string {
  const entries = Array.from(
    { length: items },
    (_, item) =>
      `<entry><id>tag:example.org,2026:${item}</id><title type="html">${writeSentence(random, 7)}</title><link rel="alternate" type="text/html" href="https://example.org/${item}"/><published>${dateOf(item).toISOString()}</published><updated>${dateOf(item).toISOString()}</updated><author><name>Ada Example</name></author><category term="rivers"/><content type="html">${escapeXml(writeArticle(random, paragraphs, item))}</content></entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><id>tag:example.org,2026:feed</id><link rel="alternate" href="https://example.org/"/><updated>2026-01-01T00:00:00Z</updated>${entries.join('\n')}</feed>`;
}

function writePodcast(random: () => number, items: number): string {
  const entries = Array.from(
    { length: items },
    (_, item) =>
      `<item><title>Episode ${item}: ${writeSentence(random, 6)}</title><link>https://cast.example.org/${item}</link><guid isPermaLink="false">cast-${item}</guid><pubDate>${dateOf(item * 12).toUTCString()}</pubDate><itunes:author>Ada</itunes:author><itunes:duration>1:02:03</itunes:duration><itunes:image href="https://img.example.org/${item}.jpg"/><itunes:summary>${writeSentence(random, 60)}</itunes:summary><enclosure url="https://cdn.example.org/${item}.mp3" length="51234567" type="audio/mpeg"/><description>${escapeXml(writeArticle(random, 2, item))}</description></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Cast</title><link>https://cast.example.org</link><description>Talk</description>${entries.join('\n')}</channel></rss>`;
}

function writeHeadlines(random: () => number, items: number): string {
  const entries = Array.from(
    { length: items },
    (_, item) =>
      `<item rdf:about="https://news.example.org/${item}"><title>${writeSentence(random, 9)}</title><link>https://news.example.org/${item}</link><description>${writeSentence(random, 30)}</description><dc:date>${dateOf(item).toISOString()}</dc:date></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example.org"><title>Headlines</title><link>https://news.example.org</link><description>Short</description></channel>${entries.join('\n')}</rdf:RDF>`;
}

const toDocument = (name: string, text: string): BenchDocument => ({
  name,
  bytes: new Uint8Array(Buffer.from(text)),
});

/** The documents of the benchmark, of the sizes that feeds have. */
export function writeDocuments(): BenchDocument[] {
  const random = createRandom(7);
  return [
    toDocument('blog, 20 full articles', writeBlog(random, 20, 14)),
    toDocument('atom, 25 full articles', writeAtom(random, 25, 10)),
    toDocument('podcast, 150 episodes', writePodcast(random, 150)),
    toDocument('headlines, 60 summaries', writeHeadlines(random, 60)),
  ];
}

/** One of about 15 MB. */
export function writeLargeDocument(): BenchDocument {
  return toDocument('blog, 1700 articles', writeBlog(createRandom(8), 1700, 14));
}
