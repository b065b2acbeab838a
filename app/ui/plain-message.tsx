import type { ReactNode } from 'react';

/** A page that has one thing to say. */
export function PlainMessage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid max-w-lg gap-4 py-12 sm:py-20">
      <h1 className="font-serif text-3xl font-semibold tracking-tight">{title}</h1>
      {children}
    </div>
  );
}
