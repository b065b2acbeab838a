import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A document from the web, and what a reader must read from it. It lies beside the project, never in it. */
export interface CorpusDocument {
  id: string;
  bytes: Uint8Array;
  contentType: string;
  title: string | null;
  entryCount: number;
}

interface Case {
  id: string;
  file: string;
  group: string;
  quirk: boolean;
  weak: boolean;
  contentType: string | null;
  expect: { feed?: { title?: string | null }; entryCount?: number; entries?: unknown[] };
}

const folder = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

/** Documents that somebody published, rather than wrote for a test. */
const REAL = new Set(['late-real', 'realworld']);
const LEAST_BYTES = 5000;

/** @returns real documents with at least two entries each; null where the corpus is absent. */
export function readRealDocuments(limit: number): CorpusDocument[] | null {
  if (!existsSync(`${folder}manifest.json`)) return null;
  const { cases } = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8')) as { cases: Case[] };
  return cases
    .filter(({ group, quirk, weak }) => REAL.has(group) && !quirk && !weak)
    .filter(({ file }) => statSync(folder + file).size >= LEAST_BYTES)
    .map(({ id, file, contentType, expect }) => ({
      id,
      bytes: readFileSync(folder + file),
      contentType: contentType ?? (file.endsWith('.json') ? 'application/feed+json' : 'application/xml'),
      title: expect.feed?.title ?? null,
      entryCount: expect.entryCount ?? expect.entries?.length ?? 0,
    }))
    .filter(({ entryCount }) => entryCount >= 2)
    .slice(0, limit);
}
