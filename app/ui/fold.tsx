'use client';

import { type ReactNode, useState } from 'react';

/** What has been unfolded since the page was loaded: an action that leads back to the same page makes it anew. */
const unfolded = new Set<string>();

interface FoldProps {
  /** Of the element; also what the fold is remembered by, together with `of`. */
  id: string;
  of: number;
  /** Whether it is open to begin with. */
  open: boolean;
  title: string;
  children: ReactNode;
}

/** A part of a page that is folded away, and stays unfolded once somebody has unfolded it. */
export function Fold({ id, of, open: first, title, children }: FoldProps) {
  const key = `${id} ${of}`;
  const [open, setOpen] = useState(first || unfolded.has(key));
  const remember = (now: boolean) => {
    if (now) unfolded.add(key);
    else unfolded.delete(key);
    setOpen(now);
  };
  return (
    <details
      id={id}
      open={open}
      onToggle={(event) => remember(event.currentTarget.open)}
      className="group border-t border-line py-3 text-[0.9375rem]"
    >
      <summary className="inline-flex min-h-11 items-center gap-2 font-medium text-muted hover:text-ink">
        <span aria-hidden="true" className="group-open:rotate-90">
          ›
        </span>
        {title}
      </summary>
      {children}
    </details>
  );
}
