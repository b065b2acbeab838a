import type { ReactNode } from 'react';
import { PageLink } from './page-link';

/** A link that looks like the quiet kind of button. */
export function ButtonLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <PageLink
      href={href}
      className="inline-flex min-h-11 items-center justify-center gap-2 rounded-lg border border-line-strong/50 bg-raised px-4 text-[0.9375rem] font-medium hover:border-accent hover:text-accent lg:min-h-9 lg:px-3"
    >
      {children}
    </PageLink>
  );
}
