import { expect, it } from 'vitest';
import type { ImportCounts, ImportStatus } from '@/lib/store/import-views';
import { countSettled, describeImport, isImportUnsettled } from './import-progress';

const NONE: ImportCounts = {
  waiting: 0,
  queued: 0,
  read: 0,
  failing: 0,
  known: 0,
  repeated: 0,
  refused: 0,
};

const at = (status: ImportStatus, counts: Partial<ImportCounts>, message: string | null = null) => ({
  status,
  message,
  total: Object.values(counts).reduce((sum, count) => sum + count, 0),
  counts: { ...NONE, ...counts },
});

it.each([
  [at('waiting', {}), 'The file is here. It is being read.', true],
  [
    at('working', { waiting: 3000, queued: 900, refused: 100 }),
    'Adding feeds: 1,000 of 4,000 rows done.',
    true,
  ],
  [
    at('done', { queued: 5, read: 10, failing: 1 }),
    '16 feeds added. Reading them for the first time: 11 done.',
    true,
  ],
  [
    at('done', { read: 1, failing: 1, known: 2, repeated: 1, refused: 1 }),
    '2 feeds added. 3 were there already. 1 could not be read so far. 1 row could not be used.',
    false,
  ],
  [at('done', { read: 1, known: 1 }), '1 feed added. 1 was there already.', false],
  [at('done', { known: 2 }), 'No new feeds added. All were there already.', false],
  [at('refused', {}, 'This is a web page.'), 'This is a web page.', false],
])('says how far it is (%#)', (view, sentence, unsettled) => {
  expect(describeImport(view)).toBe(sentence);
  expect(isImportUnsettled(view)).toBe(unsettled);
});

it('counts rows that are done with', () => {
  expect(countSettled(at('working', { waiting: 3, queued: 2, read: 1, refused: 1 }))).toBe(2);
});
