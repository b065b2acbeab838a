'use client';

import { useSyncExternalStore } from 'react';
import { makeSignal } from './signal';

/** Something that was done, and how to take it back. */
export interface Undoable {
  undo: () => void;
}

/** What is told at the foot of the page for a while. */
export interface Toast {
  id: number;
  text: string;
  /** What it offers to take back. */
  undoable: Undoable | null;
}

const KEPT = 20;
const changed = makeSignal();
const stack: Undoable[] = [];
let toast: Toast | null = null;
let made = 0;

/**
 * Tells something in a few words.
 *
 * @param undoable what was done, if it is offered to take that back: also after something else has been done.
 */
export function tell(text: string, undoable: Undoable | null = null): void {
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
export function remember(undo: () => void): Undoable {
  const done = { undo };
  stack.push(done);
  if (stack.length > KEPT) stack.shift();
  return done;
}

/** @returns whether nothing else has been done since, that could be taken back. */
export function isLast(done: Undoable): boolean {
  return stack.at(-1) === done;
}

/** Forgets how to take back something that has not been done after all, or has been taken back. */
export function forget(done: Undoable): void {
  const index = stack.indexOf(done);
  if (index !== -1) stack.splice(index, 1);
}

/** Takes back something, unless that has happened. */
export function takeBack(done: Undoable): void {
  if (!stack.includes(done)) return;
  forget(done);
  done.undo();
}

/** Takes back what was done last. */
export function undoLast(): void {
  const last = stack.at(-1);
  if (last === undefined) tell('There is nothing to undo.');
  else takeBack(last);
}

/** What is to be told, now and whenever that changes. */
export function useToast(): Toast | null {
  return useSyncExternalStore(
    changed.subscribe,
    () => toast,
    () => null,
  );
}
