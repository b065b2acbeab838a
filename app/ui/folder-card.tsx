import type { ReactNode } from 'react';
import { countOf } from './format-figures';

interface FolderCardProps {
  /** Null: what is in no folder. */
  id: number | null;
  name: string;
  feeds: number;
  /** Whether its feeds are shown at first. */
  open: boolean;
  arrows?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
}

/** A folder and what is in it; feeds can be dropped on it even while it is shut. */
export function FolderCard({ id, name, feeds, open, arrows, tools, children }: FolderCardProps) {
  return (
    <section
      data-folder={id ?? ''}
      aria-label={name}
      className="rounded-xl border border-line bg-raised data-over:border-accent data-over:bg-accent-wash data-over:outline-2 data-over:outline-accent"
    >
      <details open={open} className="group">
        <summary className="flex min-h-13 items-center gap-3 px-4 py-2">
          <span aria-hidden="true" className="text-muted group-open:rotate-90">
            ›
          </span>
          <h2 className="min-w-0 grow font-semibold">
            <bdi>{name}</bdi>
          </h2>
          <span className="shrink-0 text-sm text-muted tabular-nums">{countOf(feeds, 'feed')}</span>
        </summary>
        {children}
        {(arrows || tools) && (
          <div className="mx-4 flex items-start gap-2 border-t border-line">
            <div className="min-w-0 grow">{tools}</div>
            {arrows}
          </div>
        )}
      </details>
    </section>
  );
}
