import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
import { type BenchDocument, writeDocuments } from './feed-documents';
import { IGNORE_TOKENS } from './ignore-tokens';
import { measureInTurns } from './measure-in-turns';

const OPTIONS = { contentType: null, url: 'https://example.org/feed', now: new Date('2026-01-01T00:00:00Z') };

/** What is measured on a document, by name; all take turns in one run, so that noise falls on all of them. */
function listSubjects(bytes: Uint8Array): Record<string, () => unknown> {
  const text = Buffer.from(bytes).toString('utf8');
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

async function measureDocument({ name, bytes }: BenchDocument, rounds: number): Promise<void> {
  const ms = await measureInTurns(listSubjects(bytes), rounds);
  const of = (subject: string): number => ms.get(subject) ?? Number.NaN;
  const count = parseFeed(bytes, OPTIONS).items.length;
  const speed = (subject: string): string => `${(bytes.length / 1000 / of(subject)).toFixed(1)} MB/s`;
  const share = (value: number): string => `${((100 * value) / of('whole')).toFixed(0)} %`;
  const lines = [
    `${name} (${Math.round(bytes.length / 1000)} kB, ${count} items)`,
    `  whole path   ${of('whole').toFixed(2)} ms  ${speed('whole')}  ${Math.round((1000 * count) / of('whole'))} items/s`,
    `  rss-parser   ${of('rss-parser').toFixed(2)} ms  ${speed('rss-parser')}  (whole path ${(of('rss-parser') / of('whole')).toFixed(2)} times as fast)`,
    `  feedsmith    ${of('feedsmith').toFixed(2)} ms  ${speed('feedsmith')}`,
    `  tokeniser    ${of('tokeniser').toFixed(2)} ms  ${speed('tokeniser')}`,
    `  shares       decode ${share(of('decode'))}, tree ${share(of('tree'))}, read ${share(of('parse') - of('decode') - of('tree'))}, identify ${share(of('identify'))}, sanitise ${share(of('sanitise'))}, hash and excerpt ${share(of('items') - of('sanitise'))}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Peak memory is measured in a process that does nothing else, and is given the document in a file. */
function measureMemory({ name, bytes }: BenchDocument): void {
  const directory = mkdtempSync(join(tmpdir(), 'tidings-bench-'));
  const file = join(directory, 'feed.xml');
  writeFileSync(file, bytes);
  const script = fileURLToPath(new URL('./parse-memory.ts', import.meta.url));
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', script, file], { encoding: 'utf8' });
  rmSync(directory, { recursive: true });
  process.stdout.write(`${name}: ${stdout}`);
}

const documents = writeDocuments(true);
for (const document of documents) await measureDocument(document, document.bytes.length > 5_000_000 ? 7 : 41);
const largest = documents.at(-1);
if (largest) measureMemory(largest);
