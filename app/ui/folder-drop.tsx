'use client';

import { type DragEvent, type ReactNode, useRef, useTransition } from 'react';

interface FolderDropProps {
  /** Moves the feeds of a form (`feed`) to its folder (`folder`). */
  moveFeeds: (form: FormData) => Promise<void>;
  /** Puts the folder of a form (`folderId`) before another (`before`; empty: last). */
  moveFolder: (form: FormData) => Promise<void>;
  children: ReactNode;
}

/** What is on its way: feeds into a folder, or a folder to another place. */
type Dragged = { feeds: string[] } | { folder: string };

const folderAt = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-folder]') : null;

/** @returns the folder before which one is dropped: the one under the pointer, or from its middle on the next; '' for last. */
function placeAt(folder: HTMLElement, y: number): { before: string; at: 'before' | 'after' } {
  const { top, height } = folder.getBoundingClientRect();
  const own = folder.dataset.folder ?? '';
  // What is in no folder stands last, and stays there.
  if (own === '' || y < top + height / 2) return { before: own, at: 'before' };
  const next = folder.nextElementSibling;
  return { before: (next instanceof HTMLElement && next.dataset.folder) || '', at: 'after' };
}

function readDragged(root: HTMLElement, target: EventTarget): Dragged | null {
  if (!(target instanceof Element)) return null;
  const feed = target.closest<HTMLElement>('[data-feed]')?.dataset.feed;
  if (feed === undefined) {
    const folder = target.closest('[data-grip]')?.closest<HTMLElement>('[data-folder]')?.dataset.folder;
    return folder ? { folder } : null;
  }
  const boxes = root.querySelectorAll<HTMLInputElement>('input[name="feed"]:checked');
  const chosen = [...boxes].map((box) => box.value);
  return { feeds: chosen.includes(feed) ? chosen : [feed] };
}

/**
 * Lets feeds (`data-feed`) be dragged to folders (`data-folder`) in what it wraps, all that are chosen along with one of
 * them, and folders (by their `data-grip`) to another place. It does nothing that the forms in it and beside it cannot
 * do: with the keyboard, on a phone, or without JavaScript.
 */
export function FolderDrop({ moveFeeds, moveFolder, children }: FolderDropProps) {
  const root = useRef<HTMLDivElement>(null);
  const dragged = useRef<Dragged | null>(null);
  const [moving, startTransition] = useTransition();

  const mark = (folder: HTMLElement | null, how: 'into' | 'before' | 'after' = 'into') => {
    for (const marked of root.current?.querySelectorAll('[data-over]') ?? []) {
      if (marked !== folder) marked.removeAttribute('data-over');
    }
    folder?.setAttribute('data-over', how);
  };
  const start = (event: DragEvent) => {
    dragged.current = readDragged(event.currentTarget as HTMLElement, event.target);
    if (dragged.current === null) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', Object.values(dragged.current).join());
  };
  const drop = (event: DragEvent) => {
    const folder = folderAt(event.target);
    const what = dragged.current;
    mark(null);
    dragged.current = null;
    if (folder === null || what === null) return;
    event.preventDefault();
    const form = new FormData();
    if ('folder' in what) {
      const { before } = placeAt(folder, event.clientY);
      if (before === what.folder) return;
      form.set('folderId', what.folder);
      form.set('before', before);
      startTransition(() => moveFolder(form));
      return;
    }
    form.set('folder', folder.dataset.folder ?? '');
    for (const feed of what.feeds) form.append('feed', feed);
    startTransition(() => moveFeeds(form));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears of drags within it; nothing here is pressed
    <div
      ref={root}
      aria-busy={moving}
      className="aria-busy:opacity-70"
      onDragStart={start}
      onDragOver={(event) => {
        const folder = folderAt(event.target);
        if (folder === null || dragged.current === null) return;
        event.preventDefault();
        mark(folder, 'folder' in dragged.current ? placeAt(folder, event.clientY).at : 'into');
      }}
      onDragEnd={() => {
        dragged.current = null;
        mark(null);
      }}
      onDrop={drop}
    >
      {children}
    </div>
  );
}
