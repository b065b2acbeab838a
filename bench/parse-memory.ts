import { readFileSync } from 'node:fs';
import { readDocument } from '@/lib/feed/read-document';

/** Prints the peak memory that reading a document adds to that of a process that holds it, as a multiple of its size. */
const bytes = readFileSync(process.argv[2] ?? '');
const options = { contentType: null, url: 'https://example.org/feed', now: new Date('2026-01-01T00:00:00Z') };
readDocument(bytes.subarray(0, 20_000), options);
const before = process.resourceUsage().maxRSS * 1024;
readDocument(bytes, options);
const added = process.resourceUsage().maxRSS * 1024 - before;
process.stdout.write(
  `15 MB: peak memory ${(added / 1e6).toFixed(0)} MB above the start, ${(added / bytes.length).toFixed(1)} times the document\n`,
);
