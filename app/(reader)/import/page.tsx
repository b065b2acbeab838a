import type { Metadata } from 'next';
import { countOf } from '@/app/ui/format-figures';
import { ImportForm } from '@/app/ui/import-form';
import { PageLink } from '@/app/ui/page-link';
import type { SearchParams } from '@/app/ui/read-before';
import { RelativeTime } from '@/app/ui/relative-time';
import { currentUser } from '@/lib/auth/current-user';
import type { ImportStatus } from '@/lib/store/import-views';
import { listImports } from '@/lib/store/read-imports';

export const metadata: Metadata = { title: 'Import and export' };

const STATES: Record<ImportStatus, string> = {
  waiting: 'being read',
  working: 'under way',
  done: 'done',
  refused: 'could not be read',
};

/** The way in for whoever comes from another reader, and the way out. */
export default async function ImportPage({ searchParams }: { searchParams: SearchParams }) {
  const { refused } = await searchParams;
  const user = await currentUser();
  const imports = await listImports(user.id);
  const asOf = new Date().toISOString();
  return (
    <>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Import and export</h1>
      <p className="mt-3 mb-7 text-muted">
        Bring what you follow from another reader: nearly all of them export it as OPML. Folders and your own
        names for feeds come along; what you follow already stays as it is.
      </p>
      <div className="rounded-xl border border-line bg-sunk p-5 sm:p-6">
        <ImportForm refused={refused} />
      </div>
      {imports.length > 0 && (
        <section aria-labelledby="earlier" className="mt-10">
          <h2 id="earlier" className="font-serif text-xl font-semibold">
            Files so far
          </h2>
          <ul className="mt-2">
            {imports.map((one) => (
              <li key={one.id} className="border-b border-line py-3 last:border-b-0">
                <PageLink
                  href={`/import/${one.id}`}
                  className="inline-flex min-h-11 items-center font-semibold hover:text-accent lg:min-h-7"
                >
                  <bdi>{one.fileName}</bdi>
                </PageLink>
                <p className="dotted flex flex-wrap text-sm text-muted">
                  <span>{STATES[one.status]}</span>
                  {one.total > 0 && <span>{countOf(one.total, 'feed')}</span>}
                  <span>
                    <RelativeTime at={one.createdAt.toISOString()} asOf={asOf} />
                  </span>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="export" className="mt-10">
        <h2 id="export" className="font-serif text-xl font-semibold">
          Take it with you
        </h2>
        <p className="mt-2 mb-4 text-muted">
          All feeds with their folders, names and addresses, as an OPML file that any reader understands.
          Passwords of feeds are not in it.
        </p>
        <a
          href="/export/opml"
          download
          className="inline-flex min-h-11 items-center rounded-lg border border-line-strong/50 bg-raised px-4 text-[0.9375rem] font-medium hover:border-accent hover:text-accent"
        >
          Export as OPML
        </a>
      </section>
    </>
  );
}
