'use client';

import { adjustCount } from './counts';
import { type ItemState, readState, writeState } from './item-states';
import { post } from './outbox';
import { MOST_IDS } from './outbox-storage';
import { forget, isLast, remember, tell, type Undoable } from './undo-stack';

/** What readers do to items: shown at once, told to the server when it listens, taken back on request. */

interface Markable extends ItemState {
  id: number;
  feedId: number;
}

/** Shows a change of items, before anybody is told. */
export function show(items: readonly Markable[], change: Partial<ItemState>) {
  for (const item of items) {
    const before = readState(item);
    writeState(item, change);
    if (change.read !== undefined && change.read !== before.read) {
      adjustCount(item.feedId, change.read ? -1 : 1);
    }
  }
}

/** Shows that items are not marked after all; not of those to which something else has been done since. */
function takeBackMarks(items: readonly Markable[], { read, starred }: Partial<ItemState>) {
  for (const item of items) {
    const now = readState(item);
    if (read !== undefined && now.read === read) show([item], { read: !read });
    if (starred !== undefined && now.starred === starred) show([item], { starred: !starred });
  }
  tell('That could not be saved.');
}

/**
 * Marks items; those that are so already are left alone.
 *
 * @param onRefused what else to do where the server does not take it.
 * @returns those that were not.
 */
function mark(
  items: readonly Markable[],
  change: Partial<ItemState>,
  onRefused: () => unknown = () => undefined,
): Markable[] {
  const differing = items.filter((item) => {
    const state = readState(item);
    return (
      (change.read !== undefined && change.read !== state.read) ||
      (change.starred !== undefined && change.starred !== state.starred)
    );
  });
  show(differing, change);
  for (let first = 0; first < differing.length; first += MOST_IDS) {
    const some = differing.slice(first, first + MOST_IDS);
    void post({ kind: 'mark', ids: some.map(({ id }) => id), ...change }).then((answer) => {
      if (answer !== 'refused') return;
      takeBackMarks(some, change);
      onRefused();
    });
  }
  return differing;
}

/** Turns round one part of an item's state, and says so. */
export function toggle(item: Markable, part: keyof ItemState): void {
  const value = !readState(item)[part];
  const done = remember(() => {
    mark([item], { [part]: !value });
    tell('Undone.');
  });
  mark([item], { [part]: value }, () => forget(done));
  const words = part === 'read' ? ['Marked as unread', 'Marked as read'] : ['No longer starred', 'Starred'];
  tell(words[value ? 1 : 0] ?? '');
}

/** What is marked bit by bit, as by scrolling. */
let passing: { done: Undoable; items: Markable[] } | null = null;

/**
 * Marks items read that the reader has opened or passed, and says nothing of it. It can be taken back: what was passed in
 * a row at once.
 */
export function markSeen(items: readonly Markable[], how: 'opened' | 'passed'): void {
  let remembered: Undoable | null = null;
  const marked = mark(items, { read: true }, () => remembered !== null && forget(remembered));
  if (marked.length === 0) return;
  if (how === 'passed' && passing !== null && isLast(passing.done)) {
    passing.items.push(...marked);
    return;
  }
  const done = remember(() => {
    const count = mark(marked, { read: false }).length;
    tell(count === 1 ? 'One item is unread again.' : `${count.toLocaleString('en')} items are unread again.`);
  });
  if (how === 'opened') remembered = done;
  if (how === 'passed') passing = { done, items: marked };
}
