'use client';

import { useSyncExternalStore } from 'react';
import { makeSignal } from './signal';

/** Something that was done, and how to take it back. */
interface Undoable {
  undo: () => void;
}

/** What is told at the foot of the page for a while. */
export interface Toast {
  id: number;
  text: string;
  /** Whether it offers to take back what was done. */
  undoable: boolean;
}

const KEPT = 20;
const changed = makeSignal();
const stack: Undoable[] = [];
let toast: Toast | null = null;
let made = 0;

/** Tells something in a few words. */
export function tell(text: string, undoable = false): void {
  made += 1;
  toast = { id: made, text, undoable };
  changed.emit();
}

/** Takes away what is told. */
export function hush(): void {
  toast = null;
  changed.emit();
}

/** Remembers how to take back what was just done. */
export function remember(undo: () => void): void {
  stack.push({ undo });
  if (stack.length > KEPT) stack.shift();
}

/** Takes back what was done last. */
export function undoLast(): void {
  const last = stack.pop();
  if (last === undefined) tell('There is nothing to undo.');
  else last.undo();
}

/** What is to be told, now and whenever that changes. */
export function useToast(): Toast | null {
  return useSyncExternalStore(
    changed.subscribe,
    () => toast,
    () => null,
  );
}
