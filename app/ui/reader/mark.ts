'use client';

import { adjustCount, readCounts, readNewestItemId, setCounts } from './counts';
import { type ItemState, readState, writeState } from './item-states';
import { post, withdraw } from './outbox';
import type { Deed } from './outbox-storage';
import type { ReaderView } from './reader-view';
import { remember, tell } from './undo-stack';

/** An answer that takes longer is not waited for before something is said. */
const PATIENCE_MS = 1500;

/** What readers do to items: shown at once, told to the server when it listens, taken back on request. */

interface Markable extends ItemState {
  id: number;
  feedId: number;
}

function apply(items: readonly Markable[], change: Partial<ItemState>) {
  for (const item of items) {
    const before = readState(item);
    writeState(item, change);
    if (change.read !== undefined && change.read !== before.read) {
      adjustCount(item.feedId, change.read ? -1 : 1);
    }
  }
}

/** Marks items; those that are so already are left alone. @returns those that were not. */
export function mark(items: readonly Markable[], change: Partial<ItemState>): Markable[] {
  const differing = items.filter((item) => {
    const state = readState(item);
    return (
      (change.read !== undefined && change.read !== state.read) ||
      (change.starred !== undefined && change.starred !== state.starred)
    );
  });
  if (differing.length === 0) return [];
  apply(differing, change);
  post({ kind: 'mark', ids: differing.map(({ id }) => id), ...change });
  return differing;
}

/** Turns round one part of an item's state, and says so. */
export function toggle(item: Markable, part: keyof ItemState): void {
  const value = !readState(item)[part];
  mark([item], { [part]: value });
  remember(() => {
    mark([item], { [part]: !value });
    tell('Undone.');
  });
  const words = part === 'read' ? ['Marked as unread', 'Marked as read'] : ['No longer starred', 'Starred'];
  tell(words[value ? 1 : 0] ?? '', false);
}

/** Which of a list's items are meant. */
export interface MarkAllOptions {
  /** Only those published before, in milliseconds. */
  before?: number;
  from?: { cursor: string; direction: 'above' | 'below' };
}

/**
 * Marks what a list has as read, as far as the reader can have seen it.
 *
 * @param shown the items of the list that are in the browser and are meant: they change at once.
 * @param feedIds the feeds whose counts become zero; null where that is not known.
 */
export async function markAllRead(
  view: ReaderView,
  shown: readonly Markable[],
  feedIds: readonly number[] | null,
  { before, from }: MarkAllOptions = {},
): Promise<void> {
  const through = readNewestItemId();
  const changed = shown.filter((item) => !readState(item).read);
  const counts = readCounts();
  apply(changed, { read: true });
  if (feedIds !== null && counts !== null) {
    setCounts({ ...readCounts(), ...Object.fromEntries(feedIds.map((id) => [id, 0])) });
  }
  const deed: Deed = {
    kind: 'all',
    view: view.name,
    order: view.order,
    ...(through === 0 ? {} : { through }),
    ...(before === undefined ? {} : { before: new Date(before).toISOString() }),
    ...(from === undefined ? {} : { from }),
  };
  const { key, answered } = post(deed);
  remember(async () => {
    apply(changed, { read: false });
    tell('Undone.');
    if (withdraw(key)) {
      if (counts !== null) setCounts(counts);
      return;
    }
    const answer = await answered;
    const undo = typeof answer === 'object' ? answer.told.undo : null;
    if (typeof undo === 'string') post({ kind: 'undo', undo });
  });
  const answer = await Promise.race([answered, after(PATIENCE_MS)]);
  if (answer === 'refused') {
    apply(changed, { read: false });
    return tell('That could not be marked as read.');
  }
  tell(sayMarked(typeof answer === 'object' ? (answer.told.marked ?? 0) : changed.length), true);
}

const after = (milliseconds: number) =>
  new Promise<'later'>((resolve) => setTimeout(() => resolve('later'), milliseconds));

function sayMarked(count: number): string {
  if (count === 0) return 'Nothing was unread.';
  return count === 1 ? 'One item marked as read' : `${count.toLocaleString('en')} items marked as read`;
}
