import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

export const USAGE = `Usage: npm run --silent parse-feed -- [--raw] [--url URL] [--content-type TYPE] FILE|- ...
       npm run --silent parse-feed -- [--raw] --cases FILE

  --raw           content as the feed has it (links resolved, not sanitised), links with their tracking parameters
  --url           address of the document, base of its relative links
  --content-type  the Content-Type header it came with
  --cases         a JSON array of {id, file, contentType, url}, a line for each`;

/** A document to read, and what it came with. */
export interface DocumentCase {
  id: string | number | null;
  file: string;
  contentType: string | null;
  url: string;
}

const CASES = z.array(
  z.object({
    id: z.union([z.string(), z.number()]),
    file: z.string(),
    contentType: z.string().nullish(),
    url: z.string().nullish(),
  }),
);

/**
 * What the command line asks for.
 * @returns a sentence about what is wrong with it instead, if anything is
 */
export function readArguments(args: string[]): { documents: DocumentCase[]; isRaw: boolean } | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        raw: { type: 'boolean', default: false },
        url: { type: 'string' },
        'content-type': { type: 'string' },
        cases: { type: 'string' },
      },
    });
    const contentType = values['content-type'] ?? null;
    const files = positionals.map((file) => ({ id: null, file, contentType, url: values.url ?? '' }));
    const documents = values.cases === undefined ? files : [...readCases(values.cases), ...files];
    if (documents.length === 0 && values.cases === undefined) return 'No file was given.';
    return { documents, isRaw: values.raw };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Files are looked for from where the command runs, then beside the list. */
function readCases(path: string): DocumentCase[] {
  const cases = CASES.parse(JSON.parse(readFileSync(path, 'utf8')));
  return cases.map(({ id, file, contentType, url }) => ({
    id,
    file: existsSync(file) ? file : resolve(dirname(path), file),
    contentType: contentType ?? null,
    url: url ?? '',
  }));
}
