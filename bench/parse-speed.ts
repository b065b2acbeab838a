import { parseFeed as parseWithFeedsmith } from 'feedsmith';
import { Tokenizer } from 'htmlparser2';
import Parser from 'rss-parser';
import { decodeBytes } from '@/lib/feed/decode/decode-bytes';
import { identifyItems } from '@/lib/feed/identify-items';
import { makeItem } from '@/lib/feed/make-item';
import { parseFeed } from '@/lib/feed/parse-feed';
import { readDocument } from '@/lib/feed/read-document';
import { sanitiseHtml } from '@/lib/feed/sanitise/sanitise-html';
import { parseXml } from '@/lib/feed/xml/parse-xml';
import { type BenchDocument, writeDocuments, writeLargeDocument } from './feed-documents';
import { IGNORE_TOKENS } from './ignore-tokens';
import { measureInTurns, medianOf, type Subjects, type Times } from './measure-in-turns';

const OPTIONS = { contentType: null, url: 'https://example.org/feed', now: new Date('2026-01-01T00:00:00Z') };

/** What is measured on a document, by name; all take turns in one run, so that noise falls on all of them. */
function listSubjects(bytes: Uint8Array): Subjects {
  const { text } = decodeBytes(bytes, null);
  const { items } = parseFeed(bytes, OPTIONS);
  const identified = identifyItems(items);
  return {
    whole: () => readDocument(bytes, OPTIONS),
    'rss-parser': () => new Parser({ defaultRSS: 2 }).parseString(Buffer.from(bytes).toString('utf8')),
    feedsmith: () => parseWithFeedsmith(Buffer.from(bytes).toString('utf8')),
    tokeniser: () => {
      const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, IGNORE_TOKENS);
      tokenizer.write(text);
      tokenizer.end();
    },
    decode: () => decodeBytes(bytes, null),
    tree: () => parseXml(text),
    parse: () => parseFeed(bytes, OPTIONS),
    identify: () => identifyItems(items),
    sanitise: () => items.map((item) => sanitiseHtml(item.content ?? item.summary ?? '', OPTIONS.url)),
    items: () => identified.map((found, index) => makeItem(found, index, OPTIONS)),
  };
}

/** Times of a document as lines: the least of all rounds, and how many times as fast in the middle one. */
function describeTimes({ name, bytes }: BenchDocument, times: Times): string {
  const all = (subject: string): number[] => times.get(subject) ?? [];
  const ms = (subject: string): number => Math.min(...all(subject));
  const count = parseFeed(bytes, OPTIONS).items.length;
  const speed = (subject: string): string =>
    `${ms(subject).toFixed(2)} ms  ${(bytes.length / 1000 / ms(subject)).toFixed(1)} MB/s`;
  const share = (value: number): string => `${((100 * value) / ms('whole')).toFixed(0)} %`;
  const ratio = medianOf(all('rss-parser').map((other, round) => other / (all('whole')[round] ?? 0)));
  return [
    `${name} (${Math.round(bytes.length / 1000)} kB, ${count} items), least of ${all('whole').length} rounds`,
    `  whole path   ${speed('whole')}  ${Math.round((1000 * count) / ms('whole'))} items/s`,
    `  rss-parser   ${speed('rss-parser')}  (whole path ${(ms('rss-parser') / ms('whole')).toFixed(2)} times as fast; ${ratio.toFixed(2)} in the median round)`,
    `  feedsmith    ${speed('feedsmith')}`,
    `  tokeniser    ${speed('tokeniser')}`,
    `  shares       decode ${share(ms('decode'))}, tree ${share(ms('tree'))}, read ${share(ms('parse') - ms('decode') - ms('tree'))}, identify ${share(ms('identify'))}, sanitise ${share(ms('sanitise'))}, hash and excerpt ${share(ms('items') - ms('sanitise'))}`,
    '',
  ].join('\n');
}

async function measureDocuments(
  documents: BenchDocument[],
  turns: { warmup: number; rounds: number },
): Promise<void> {
  const measured = await measureInTurns(
    documents.map(({ bytes }) => listSubjects(bytes)),
    turns,
  );
  for (const [index, document] of documents.entries()) {
    process.stdout.write(describeTimes(document, measured[index] ?? new Map()));
  }
}

const documents = writeDocuments();
await measureDocuments(documents, { warmup: 60, rounds: 120 });
await measureDocuments([writeLargeDocument()], { warmup: 3, rounds: 15 });
