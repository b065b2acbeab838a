import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '@/bench/feed-documents';
import { FeedError } from '@/lib/feed/feed-error';
import { parseFeed } from '@/lib/feed/parse-feed';
import { readDocument } from '@/lib/feed/read-document';

const FIXTURES = 'test/fixtures/feeds/';
const INPUTS = 20_000;
const OPTIONS = {
  contentType: null,
  url: 'https://fuzz.example/feed',
  now: new Date('2026-01-01T00:00:00Z'),
};
/** Milliseconds that any one small document may take, on a machine that does other things too. */
const SMALL_LIMIT = 3000;
const LARGE_LIMIT = 10_000;

/** Pieces that parsers stumble over. */
const PIECES = [
  '<',
  '>',
  '&',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?',
  '?>',
  '"',
  "'",
  '\0',
  '\ufffe',
  '\ud800',
  '&#0;',
  '&#xd800;',
  '&#x110000;',
  '&lt;',
  '&amp;amp;',
  '<item>',
  '</item>',
  '<entry/>',
  '</channel>',
  '<link>',
  '<title type="xhtml">',
  '<content type="application/xml">',
  'xmlns="',
  'xmlns:a=""',
  'xml:base="//"',
  '<!DOCTYPE a [<!ENTITY b "&b;">]>',
  '<pubDate>0000-99-99</pubDate>',
  '<p>',
  '</p>',
  '<script>',
  '<img src=x width=1>',
  'href="javascript:x"',
  '{"items":[',
  '<__proto__ constructor="x">',
  '\u2028',
  '\r',
  '=',
  '/>',
  '<guid isPermaLink="true">',
  '<enclosure url="',
  '<category>',
  '<media:group>',
];

const CORPUS = readdirSync(FIXTURES)
  .filter((file) => !file.endsWith('.expected.json'))
  .map((file) => readFileSync(FIXTURES + file));

/** One random change: cut, splice, repeat, insert, flip. */
function mutate(bytes: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * (bytes.length + 1));
  const length = Math.floor(random() * random() * 200);
  const other = CORPUS[Math.floor(random() * CORPUS.length)] ?? bytes;
  const from = Math.floor(random() * other.length);
  switch (Math.floor(random() * 7)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + length))]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), other.subarray(from)]);
    case 3:
      return Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(at, at + length),
        bytes.subarray(at, at + length),
        bytes.subarray(at),
      ]);
    case 4: {
      const flipped = Buffer.from(bytes);
      for (let count = 0; count < 4 && flipped.length > 0; count += 1)
        flipped[Math.floor(random() * flipped.length)] = Math.floor(random() * 256);
      return flipped;
    }
    default: {
      const piece = PIECES[Math.floor(random() * PIECES.length)] ?? '<';
      const repeated = piece.repeat(random() < 0.05 ? 300 : 1);
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(repeated), bytes.subarray(at)]);
    }
  }
}

/** Reads a document, and checks what must be true of any outcome. */
function check(bytes: Uint8Array): string {
  const outcome = readDocument(bytes, OPTIONS);
  // That message is for errors of ours, of which there should be none.
  if (outcome.kind === 'error') expect(outcome.message).not.toBe('The feed cannot be read.');
  if (outcome.kind !== 'feed') return outcome.kind;
  const identities = new Set(outcome.items.map(({ identity }) => identity));
  expect(identities.size).toBe(outcome.items.length);
  for (const item of outcome.items) {
    expect(item.title).not.toBe('');
    expect(item.excerpt.length).toBeLessThanOrEqual(300);
    expect(item.sortAt.getTime()).toBeLessThanOrEqual(OPTIONS.now.getTime());
    // What PostgreSQL refuses: NUL, and halves of surrogate pairs.
    for (const text of [item.title, item.html, item.excerpt, item.author ?? '']) {
      expect(/\0|\p{Surrogate}/u.test(text) ? JSON.stringify(text) : '').toBe('');
    }
    const danger = /<script|<style|\son\w+=|\s(?:href|src)="\s*javascript:/i.exec(
      item.html.replace(/(^|>)[^<]*/g, '$1'),
    );
    expect(danger ? item.html : '').toBe('');
  }
  return 'feed';
}

const deep = (depth: number, tag: string): string =>
  `<rss><channel><item><description>${`<${tag}>`.repeat(depth)}x`;
const entities = Array.from(
  { length: 12 },
  (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(50)}">`,
).join('');

/** Documents that block other parsers for seconds, or for good. */
const HOSTILE: Record<string, () => string> = {
  'stray tags': () => `<rss><channel><item><description>${'x<p '.repeat(750_000)}`,
  'escaped stray tags': () =>
    `<rss><channel><item><description><![CDATA[${'x<p '.repeat(750_000)}]]></description></item>`,
  'a comment': () => `<rss><!--${'-'.repeat(2_000_000)}`,
  'comment starts': () => `<rss>${'<!--'.repeat(500_000)}`,
  attributes: () =>
    `<rss ${Array.from({ length: 100_000 }, (_, index) => `a${index}="x"`).join(' ')}><channel/>`,
  namespaces: () =>
    `<rss>${Array.from({ length: 20_000 }, (_, index) => `<a xmlns:n${index}="x">`).join('')}`,
  'deep elements': () => deep(50_000, 'a'),
  'deep html': () => deep(500_000, 'div'),
  'deep escaped html': () => `<rss><channel><item><description>${'&lt;div&gt;'.repeat(200_000)}`,
  'deep json': () => `{"version":"https://jsonfeed.org/version/1","items":${'['.repeat(500_000)}`,
  items: () => `<rss><channel>${'<item>'.repeat(300_000)}`,
  'items with one guid': () => `<rss><channel>${'<item><guid>x</guid></item>'.repeat(50_000)}`,
  categories: () => `<rss><channel><item>${'<category>x</category>'.repeat(200_000)}`,
  links: () => `<rss><channel><item>${'<link>x</link>'.repeat(100_000)}`,
  'titles of tags': () => `<rss><channel><item><title>${'&lt;b&gt;'.repeat(300_000)}</title></item>`,
  'an entity bomb': () =>
    `<!DOCTYPE rss [<!ENTITY e0 "${'x'.repeat(1000)}">${entities}]><rss><channel><title>&e12;</title><item><title>&e12;&e11;</title></item>`,
  'a recursive entity': () =>
    '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;&a;">]><rss><channel><title>&a;</title>',
  ampersands: () => `<rss><channel><item><description>${'&'.repeat(2_000_000)}`,
  'less-than signs': () => `<rss><channel><item><description>${'<'.repeat(2_000_000)}`,
  'white space': () => `<rss><channel><item><description>&lt;a href=${' '.repeat(1_000_000)}x&gt;`,
  'white space in a srcset': () =>
    `<rss><channel><item><description>&lt;img srcset="${' ,a 1x,'.repeat(200_000)}"&gt;`,
  'a date': () => `<rss><channel><item><pubDate>${'1 '.repeat(1_000_000)}</pubDate></item>`,
  'an author': () => `<rss><channel><item><author>${'a@('.repeat(500_000)}</author></item>`,
  'an open quote': () => `<rss><channel><item><a b="${'x'.repeat(3_000_000)}`,
  'an open declaration': () => `<?xml ${' a'.repeat(1_000_000)}<rss><channel>`,
  'nul bytes': () => `<rss><channel><title>${'\0'.repeat(2_000_000)}`,
  'half surrogates': () => `<rss><channel><title>${'&#xd800;'.repeat(200_000)}`,
  'a page of links': () => `<html><body>${'<a href="/feed">rss'.repeat(100_000)}`,
  'unclosed CDATA sections': () => `<rss><channel>${'<a><![CDATA[x]]</a>'.repeat(100_000)}]]>`,
  'closing tags': () => `<rss><channel>${'</x>'.repeat(500_000)}`,
  'math in text': () => `<rss><channel><item><description>${'&lt;math&gt;'.repeat(200_000)}`,
};

describe('any input', () => {
  it(`is read or refused, ${INPUTS} mutated documents`, { timeout: 120_000 }, () => {
    const random = createRandom(20_260_101);
    const outcomes: Record<string, number> = {};
    for (let count = 0; count < INPUTS; count += 1) {
      let bytes: Buffer = CORPUS[count % CORPUS.length] ?? Buffer.alloc(0);
      for (let step = 0; step <= random() * 4; step += 1) bytes = mutate(bytes, random);
      const start = performance.now();
      const kind = check(bytes);
      outcomes[kind] = (outcomes[kind] ?? 0) + 1;
      expect(performance.now() - start).toBeLessThan(SMALL_LIMIT);
    }
    expect(outcomes.feed).toBeGreaterThan(INPUTS / 2);
  });

  it('throws coded errors only', () => {
    const random = createRandom(3);
    for (let count = 0; count < 3000; count += 1) {
      const bytes = mutate(mutate(CORPUS[count % CORPUS.length] ?? Buffer.alloc(0), random), random);
      try {
        parseFeed(bytes, OPTIONS);
      } catch (error) {
        expect(error).toBeInstanceOf(FeedError);
      }
    }
  });

  it.each(Object.entries(HOSTILE))('does not hang on %s', { timeout: 60_000 }, (_name, write) => {
    const bytes = new TextEncoder().encode(write());
    const start = performance.now();
    check(bytes);
    expect(performance.now() - start).toBeLessThan(LARGE_LIMIT);
    expect(process.memoryUsage().heapUsed).toBeLessThan(1_500_000_000);
  });
});
