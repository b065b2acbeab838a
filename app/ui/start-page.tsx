import type { ReactNode } from 'react';
import { PageLink } from './page-link';

/** The first page before there is anything to read: one thing to do. */
export function StartPage({ form, starters }: { form: ReactNode; starters: ReactNode }) {
  return (
    <div className="py-6 sm:py-14">
      <h1 className="font-serif text-4xl leading-tight font-semibold tracking-tight text-balance sm:text-5xl">
        What would you like to follow?
      </h1>
      <p className="mt-5 mb-9 max-w-xl text-lg text-pretty text-muted">
        A blog, a newspaper, a podcast, a project: paste its address. Tidings keeps up with it, and gathers
        here what is new for you to read.
      </p>
      <div className="rounded-xl border border-line bg-sunk p-5 sm:p-6">{form}</div>
      <p className="mt-4 text-sm text-muted">
        The address of the site is enough: the feed that it offers is looked for there. Coming from another
        reader?{' '}
        <PageLink href="/import" className="font-medium text-accent underline underline-offset-2">
          Import what you follow
        </PageLink>{' '}
        as an OPML file.
      </p>
      {starters}
    </div>
  );
}
