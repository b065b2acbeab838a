import type { ReactNode } from 'react';

/** What a page before one is in is about. */
export function EntryHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="mb-7">
      <h1 className="font-serif text-3xl font-semibold tracking-tight text-balance">{title}</h1>
      {children !== undefined && <p className="mt-2.5 text-muted">{children}</p>}
    </header>
  );
}
