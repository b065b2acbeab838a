import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLargeDocument } from './feed-documents';
import { runBundled } from './support/run-bundled';

await runBundled('bench/parse-speed.ts');

/** Peak memory is measured in a process that does nothing else, and is given the document in a file. */
const directory = mkdtempSync(join(tmpdir(), 'tidings-bench-'));
const file = join(directory, 'feed.xml');
writeFileSync(file, writeLargeDocument().bytes);
await runBundled('bench/parse-memory.ts', [file]);
rmSync(directory, { recursive: true });
