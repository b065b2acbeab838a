import type { ReactNode } from 'react';
import type { ImportRowState, ImportRowView } from '@/lib/store/import-views';
import { PageLink } from './page-link';

const WORDS: Record<ImportRowState, string> = {
  waiting: 'Waiting',
  queued: 'Added, not read yet',
  read: 'Added',
  failing: 'Added, cannot be read',
  known: 'There already',
  repeated: 'Twice in the file',
  refused: 'Cannot be used',
};

const MARKS: Record<ImportRowState, string> = {
  waiting: 'bg-line',
  queued: 'bg-line',
  read: 'bg-accent',
  failing: 'bg-warn',
  known: 'bg-line-strong',
  repeated: 'bg-line-strong',
  refused: 'bg-warn',
};

const withoutScheme = (address: string) => address.replace(/^https?:\/\//, '').replace(/\/$/, '');

interface ImportRowProps {
  row: ImportRowView;
  /** Asks for the feed again. */
  retry: ReactNode;
}

/** A row of a file, and what became of it. */
export function ImportRow({ row, retry }: ImportRowProps) {
  const { state, address, feedId, message } = row;
  const title = row.title ?? (withoutScheme(address) || `Row ${row.position}`);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line py-3 last:border-b-0">
      <div className="min-w-0 grow basis-64">
        <h3 className="text-[0.9375rem] font-semibold">
          {feedId === null ? (
            <bdi>{title}</bdi>
          ) : (
            <PageLink
              href={`/feeds/${feedId}`}
              className="inline-flex min-h-11 items-center hover:text-accent lg:min-h-6"
            >
              <bdi>{title}</bdi>
            </PageLink>
          )}
        </h3>
        <p className="line-clamp-2 text-sm text-muted">
          {row.folder !== null && (
            <>
              <bdi>{row.folder}</bdi>
              <span aria-hidden="true"> · </span>
            </>
          )}
          <bdi>{withoutScheme(address)}</bdi>
        </p>
        {message !== null && <p className="mt-1 text-sm text-warn">{message}</p>}
      </div>
      <div className="flex shrink-0 flex-wrap items-center gap-3 sm:w-64 sm:justify-end">
        <p className={`flex items-center gap-2 text-sm ${feedId === null ? '' : 'min-h-11 lg:min-h-6'}`}>
          <span aria-hidden="true" className={`size-2.5 rounded-full ${MARKS[state]}`} />
          {WORDS[state]}
        </p>
        {state === 'failing' && retry}
        {state === 'refused' && address !== '' && (
          <PageLink
            href={`/feeds/new?url=${encodeURIComponent(address.slice(0, 2048))}`}
            className="inline-flex min-h-11 items-center text-sm font-medium text-accent hover:underline lg:min-h-8"
          >
            Correct it<span className="sr-only">: {title}</span>
          </PageLink>
        )}
      </div>
    </li>
  );
}
