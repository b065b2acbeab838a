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

/** A folder and what is in it; feeds can be dropped on it even while it is shut, and it is dragged by its head. */
export function FolderCard({ id, name, feeds, open, arrows, tools, children }: FolderCardProps) {
  return (
    <section
      data-folder={id ?? ''}
      aria-label={name}
      className="rounded-xl border border-line bg-raised data-[over=into]:border-accent data-[over=into]:bg-accent-wash data-[over=into]:outline-2 data-[over=into]:outline-accent data-[over=before]:shadow-[0_-0.625rem_0_-0.375rem_var(--accent)] data-[over=after]:shadow-[0_0.625rem_0_-0.375rem_var(--accent)]"
    >
      <details open={open} className="group">
        <summary
          className="flex min-h-13 items-center gap-3 px-4 py-2"
          draggable={id !== null}
          data-grip={id === null ? undefined : ''}
        >
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
