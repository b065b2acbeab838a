import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { retryRows } from '@/app/import/actions';
import { ButtonLink } from '@/app/ui/button-link';
import { FollowImport } from '@/app/ui/follow-import';
import { ImportBar } from '@/app/ui/import-bar';
import { ImportFilters } from '@/app/ui/import-filters';
import { describeImport, isImportUnsettled } from '@/app/ui/import-progress';
import { ImportRow } from '@/app/ui/import-row';
import { parseId } from '@/app/ui/parse-id';
import type { SearchParams } from '@/app/ui/read-before';
import { SubmitButton } from '@/app/ui/submit-button';
import { currentUser } from '@/lib/auth/current-user';
import { IMPORT_FILTERS, type ImportView } from '@/lib/store/import-views';
import { listImportRows, readImport } from '@/lib/store/read-imports';

export const metadata: Metadata = { title: 'Import' };

interface ImportPageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

/** Without a script, the page looks again by itself, but not so often that nobody can read it. */
const REFRESH_SECONDS = '3';

function RetryForm({ importId, position }: { importId: number; position: number | null }) {
  return (
    <form action={retryRows} className="contents">
      <input type="hidden" name="importId" value={importId} />
      {position !== null && <input type="hidden" name="position" value={position} />}
      <SubmitButton look="plain" busy="Asking…">
        {position === null ? 'Try all failed ones again' : 'Try again'}
      </SubmitButton>
    </form>
  );
}

function Follower({ found }: { found: ImportView }) {
  if (!isImportUnsettled(found)) return null;
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content={REFRESH_SECONDS} />
      </noscript>
      <FollowImport importId={found.id} rendered={JSON.stringify([found.status, found.counts])} />
    </>
  );
}

/** How far an import is, and what became of each row. */
export default async function ImportStatusPage({ params, searchParams }: ImportPageProps) {
  const id = parseId((await params).id);
  const { show: asked, after: place } = await searchParams;
  const user = await currentUser();
  const found = id === null ? null : await readImport(user.id, id);
  if (found === null) notFound();
  const show = IMPORT_FILTERS.find((name) => name === asked) ?? 'all';
  const after = parseId(typeof place === 'string' ? place : '') ?? 0;
  const { rows, next } = await listImportRows(user.id, found.id, { show, after });
  const path = `/import/${found.id}`;
  const pageOf = (position: number | null) => {
    const query = new URLSearchParams({
      ...(show !== 'all' && { show }),
      ...(position !== null && { after: String(position) }),
    });
    return query.size === 0 ? path : `${path}?${query}`;
  };
  return (
    <>
      <Follower found={found} />
      <h1 className="font-serif text-3xl font-semibold tracking-tight">
        Import of <bdi>{found.fileName}</bdi>
      </h1>
      <p
        role="status"
        className={`mt-3 ${found.status === 'refused' ? 'font-medium text-warn' : 'text-muted'}`}
      >
        {describeImport(found)}
      </p>
      {found.status === 'refused' ? (
        <div className="mt-6">
          <ButtonLink href="/import">Choose another file</ButtonLink>
        </div>
      ) : (
        found.message !== null && <p className="mt-2 text-warn">{found.message}</p>
      )}
      {found.total > 0 && (
        <>
          <ImportBar progress={found} />
          <div className="mt-8 flex flex-wrap items-center justify-between gap-3">
            <ImportFilters path={path} shown={show} total={found.total} counts={found.counts} />
            {found.counts.failing > 0 && <RetryForm importId={found.id} position={null} />}
          </div>
          {rows.length === 0 && <p className="mt-6 text-muted">No row is like that.</p>}
          <ol className="mt-3" aria-label="Rows of the file">
            {rows.map((row) => (
              <ImportRow
                key={row.position}
                row={row}
                retry={<RetryForm importId={found.id} position={row.position} />}
              />
            ))}
          </ol>
          <nav aria-label="Pages" className="mt-6 flex flex-wrap gap-3 empty:hidden">
            {after > 0 && <ButtonLink href={pageOf(null)}>First rows</ButtonLink>}
            {next !== null && <ButtonLink href={pageOf(next)}>Next rows</ButtonLink>}
          </nav>
        </>
      )}
    </>
  );
}
