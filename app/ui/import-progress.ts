import type { ImportCounts, ImportStatus, ImportView } from '@/lib/store/import-views';
import { countOf } from './format-figures';

/** What of an import decides how its page looks. */
export interface ImportProgress {
  status: ImportStatus;
  total: number;
  counts: ImportCounts;
}

/** Whether there is still something to come by itself. */
export function isImportUnsettled({ status, counts }: ImportProgress): boolean {
  return status === 'waiting' || status === 'working' || counts.queued > 0;
}

/** Rows about which nothing more is to come. */
export function countSettled({ total, counts }: ImportProgress): number {
  return total - counts.waiting - counts.queued;
}

const sum = (...numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

/** Says in one sentence how far an import is. */
export function describeImport(view: Pick<ImportView, 'status' | 'message' | 'total' | 'counts'>): string {
  const { status, message, total, counts } = view;
  if (status === 'refused') return message ?? 'The file could not be read.';
  if (status === 'waiting') return 'The file is here. It is being read.';
  const added = sum(counts.read, counts.failing, counts.queued);
  if (status === 'working') {
    return `Adding feeds: ${(total - counts.waiting).toLocaleString('en')} of ${countOf(total, 'row')} done.`;
  }
  if (counts.queued > 0) {
    const asked = (added - counts.queued).toLocaleString('en');
    return `${countOf(added, 'feed')} added. Reading them for the first time: ${asked} done.`;
  }
  const told = [`${added === 0 ? 'No new feeds' : countOf(added, 'feed')} added.`];
  const there = sum(counts.known, counts.repeated);
  if (there === 1) told.push('1 was there already.');
  else if (there > 0)
    told.push(`${there === total ? 'All' : there.toLocaleString('en')} were there already.`);
  if (counts.failing > 0) told.push(`${counts.failing.toLocaleString('en')} could not be read so far.`);
  if (counts.refused > 0) told.push(`${countOf(counts.refused, 'row')} could not be used.`);
  return told.join(' ');
}
