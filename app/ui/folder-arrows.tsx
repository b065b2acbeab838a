'use client';

import { useActionState } from 'react';

interface FolderArrowsProps {
  folder: { id: number; name: string };
  /** Where it stands, from 1, among how many. */
  place: number;
  of: number;
  /** Moves it one place (`by`). @returns how often that was asked for. */
  action: (times: number, form: FormData) => Promise<number>;
}

interface ArrowProps {
  by: 'up' | 'down';
  name: string;
  /** Whether it leads nowhere. It is there all the same: whoever moves a folder to an end keeps the focus. */
  ends: boolean;
  children: string;
}

function Arrow({ by, name, ends, children }: ArrowProps) {
  return (
    <button
      type="submit"
      name="by"
      value={by}
      aria-disabled={ends || undefined}
      className="grid size-11 place-items-center rounded-lg text-lg text-muted hover:bg-accent-wash hover:text-ink aria-disabled:opacity-35 lg:size-9"
    >
      <span aria-hidden="true">{children}</span>
      <span className="sr-only">
        Move {name} {by}
      </span>
    </button>
  );
}

/** Moves a folder among others, and says where it has come to. */
export function FolderArrows({ folder, place, of, action }: FolderArrowsProps) {
  const [times, move] = useActionState(action, 0);
  return (
    <form action={move} className="flex shrink-0 py-1 lg:py-2">
      <input type="hidden" name="folderId" value={folder.id} />
      <Arrow by="up" name={folder.name} ends={place === 1}>
        ↑
      </Arrow>
      <Arrow by="down" name={folder.name} ends={place === of}>
        ↓
      </Arrow>
      <span aria-live="polite" className="sr-only">
        {times > 0 && (
          <span key={times}>
            {folder.name} is number {place} of {of}
          </span>
        )}
      </span>
    </form>
  );
}
