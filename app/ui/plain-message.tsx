import type { ReactNode } from 'react';

/** A page that has one thing to say. */
export function PlainMessage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-lg gap-4 px-5 py-20 sm:py-28">
      <h1 className="font-serif text-3xl font-semibold tracking-tight">{title}</h1>
      {children}
    </div>
  );
}
