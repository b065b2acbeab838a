import { readDocument } from '@/lib/feed/read-document';
import { writeDocuments } from './feed-documents';

/** Prints the peak memory that reading the largest document adds, as a multiple of its size. */
const largest = writeDocuments(true).at(-1);
if (largest) {
  globalThis.gc?.();
  const before = process.resourceUsage().maxRSS * 1024;
  readDocument(largest.bytes, {
    contentType: null,
    url: 'https://example.org/feed',
    now: new Date('2026-01-01T00:00:00Z'),
  });
  const added = process.resourceUsage().maxRSS * 1024 - before;
  const times = added / largest.bytes.length;
  process.stdout.write(
    `peak memory: ${largest.name}, ${(added / 1e6).toFixed(0)} MB above the start, ${times.toFixed(1)} times the document\n`,
  );
}
