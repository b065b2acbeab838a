'use client';

import { type DragEvent, type ReactNode, useRef, useTransition } from 'react';

interface FolderDropProps {
  /** Moves the feeds of a form (`feed`) to its folder (`folder`). */
  action: (form: FormData) => Promise<void>;
  children: ReactNode;
}

const folderAt = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-folder]') : null;

/**
 * Lets feeds (`data-feed`) be dragged to folders (`data-folder`) in what it wraps; all that are chosen go along with one
 * of them. It does nothing that the form beside it cannot do: with the keyboard, on a phone, or without JavaScript.
 */
export function FolderDrop({ action, children }: FolderDropProps) {
  const root = useRef<HTMLDivElement>(null);
  const dragged = useRef<string[]>([]);
  const [moving, startTransition] = useTransition();

  const mark = (folder: HTMLElement | null) => {
    for (const marked of root.current?.querySelectorAll('[data-over]') ?? []) {
      if (marked !== folder) marked.removeAttribute('data-over');
    }
    folder?.setAttribute('data-over', '');
  };
  const start = (event: DragEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-feed]') : null;
    const feed = row?.dataset.feed;
    if (feed === undefined) return;
    const boxes = root.current?.querySelectorAll<HTMLInputElement>('input[name="feed"]:checked') ?? [];
    const chosen = [...boxes].map((box) => box.value);
    dragged.current = chosen.includes(feed) ? chosen : [feed];
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.current.join());
  };
  const drop = (event: DragEvent) => {
    const folder = folderAt(event.target);
    mark(null);
    if (folder === null || dragged.current.length === 0) return;
    event.preventDefault();
    const form = new FormData();
    form.set('folder', folder.dataset.folder ?? '');
    for (const feed of dragged.current) form.append('feed', feed);
    dragged.current = [];
    startTransition(() => action(form));
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
        if (folder === null || dragged.current.length === 0) return;
        event.preventDefault();
        mark(folder);
      }}
      onDragEnd={() => {
        dragged.current = [];
        mark(null);
      }}
      onDrop={drop}
    >
      {children}
    </div>
  );
}
