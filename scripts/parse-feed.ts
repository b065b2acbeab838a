import { readFileSync } from 'node:fs';
import { type DocumentLine, describeDocument } from './parse-feed/describe-document';
import { readArguments, USAGE } from './parse-feed/read-arguments';

/**
 * Prints what Tidings reads from feed documents, one JSON line each: what a bug report attaches.
 * Exit status: 0 when all were feeds, 1 when any was not, 2 for wrong arguments.
 */
function main(): number {
  const parsed = readArguments(process.argv.slice(2));
  if (typeof parsed === 'string') {
    process.stderr.write(`${parsed}\n${USAGE}\n`);
    return 2;
  }
  let failed = 0;
  for (const { id, file, contentType, url } of parsed.documents) {
    const line = readLine(file, { contentType, url, isRaw: parsed.isRaw });
    if (!line.ok) failed += 1;
    process.stdout.write(`${JSON.stringify(id === null ? line : { id, ...line })}\n`);
  }
  return failed > 0 ? 1 : 0;
}

function readLine(
  file: string,
  options: { contentType: string | null; url: string; isRaw: boolean },
): DocumentLine {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    const message = `The file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { file, ok: false, error: { code: 'unreadable', message }, feed: null, entries: [], warnings: [] };
  }
  return describeDocument(file, bytes, options);
}

process.exitCode = main();
