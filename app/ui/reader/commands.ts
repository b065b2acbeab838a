'use client';

import { useEffect, useRef } from 'react';

/** What the page that is shown can do: its keys and its buttons lead here. */
export interface Commands {
  /** Goes to the next or previous item; `open`: and opens it. */
  step: (by: 1 | -1, open: boolean) => void;
  open: () => void;
  close: () => void;
  original: () => void;
  /** Goes to the text of the item's own page, or back. */
  fullText: () => void;
  toggle: (part: 'read' | 'starred') => void;
  markAll: () => void;
  refresh: () => void;
}

let current: Commands | null = null;

/** @returns what can be done on this page; null where there is no list. */
export function readCommands(): Commands | null {
  return current;
}

/** Makes these the page's commands while it is shown. */
export function useCommands(commands: Commands): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    const mine: Commands = {
      step: (...by) => latest.current.step(...by),
      open: () => latest.current.open(),
      close: () => latest.current.close(),
      original: () => latest.current.original(),
      fullText: () => latest.current.fullText(),
      toggle: (part) => latest.current.toggle(part),
      markAll: () => latest.current.markAll(),
      refresh: () => latest.current.refresh(),
    };
    current = mine;
    return () => {
      if (current === mine) current = null;
    };
  }, []);
}
