import { type Counts, readCounts, readNewestItemId, setCounts } from './counts';
import { type Frame, feedsOfView } from './frame-context';
import { readState, writeState } from './item-states';
import type { ListedItem } from './listed-item';
import { listedItems } from './lists';
import { show } from './mark';
import { outdated } from './news';
import { post } from './outbox';
import { cursorOf, type ReaderView } from './reader-view';
import { forget, remember, tell } from './undo-stack';

/** An answer that takes longer is not waited for before something is said. */
const PATIENCE_MS = 1500;

/** Which of a list's items are meant. */
interface Meant {
  /** Only those published before, in milliseconds. */
  before?: number;
  from?: { cursor: string; direction: 'above' | 'below' };
}

/** A name that nobody else gives: `crypto.randomUUID` is not there without HTTPS. */
function makeUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
}

/** @returns what brings the counts up again by what they have sunk. */
function raiseFrom(before: Counts | null): () => void {
  const after = readCounts() ?? {};
  const sunk = Object.entries(before ?? {}).map(
    ([id, count]) => [Number(id), count - (after[Number(id)] ?? 0)] as const,
  );
  return () => {
    const now = readCounts();
    if (now !== null)
      setCounts({ ...now, ...Object.fromEntries(sunk.map(([id, by]) => [id, (now[id] ?? 0) + by])) });
  };
}

/**
 * Marks what a list has as read, as far as the reader can have seen it.
 *
 * @param shown the items of the list that are in the browser and are meant: they change at once.
 * @param feedIds the feeds whose counts become zero, `all` of them, or null where that is not known.
 */
async function markMeant(
  view: ReaderView,
  shown: readonly ListedItem[],
  feedIds: readonly number[] | 'all' | null,
  { before, from }: Meant = {},
): Promise<void> {
  const through = readNewestItemId();
  const changed = shown.filter((item) => !readState(item).read);
  const counts = readCounts();
  show(changed, { read: true });
  if (feedIds === 'all') setCounts({});
  else if (feedIds !== null && counts !== null) {
    setCounts({ ...readCounts(), ...Object.fromEntries(feedIds.map((id) => [id, 0])) });
  }
  const raise = raiseFrom(counts);
  let isBack = false;
  const takeBack = () => {
    isBack = true;
    for (const item of changed) writeState(item, { read: false });
    raise();
  };
  const undo = makeUuid();
  const answered = post({
    kind: 'all',
    view: view.name,
    order: view.order,
    undo,
    ...(through === 0 ? {} : { through }),
    ...(before === undefined ? {} : { before: new Date(before).toISOString() }),
    ...(from === undefined ? {} : { from }),
  });
  const done = remember(() => {
    takeBack();
    tell('Undone.');
    // Told after it, by whichever tab.
    void post({ kind: 'undo', undo }).then((answer) => {
      if (answer !== 'refused') return;
      tell('That could not be undone: it is too long ago, or more of the same has been marked since.');
      outdated.emit();
    });
  });
  // However late that is known.
  void answered.then((answer) => {
    if (answer !== 'refused' || isBack) return;
    forget(done);
    takeBack();
    tell('That could not be marked as read.');
  });
  const answer = await Promise.race([answered, after(PATIENCE_MS)]);
  if (answer === 'refused') return;
  tell(sayMarked(typeof answer === 'object' ? (answer.told.marked ?? changed.length) : changed.length), done);
}

const after = (milliseconds: number) =>
  new Promise<'later'>((resolve) => setTimeout(() => resolve('later'), milliseconds));

function sayMarked(count: number): string {
  if (count === 0) return 'Nothing was unread.';
  return count === 1 ? 'One item marked as read' : `${count.toLocaleString('en')} items marked as read`;
}

/** Marks everything in a list read. */
export function markAll(view: ReaderView, frame: Frame): void {
  void markMeant(view, listedItems(view), feedsOfView(view.name, frame));
}

/** Marks what is older than so many milliseconds. */
export function markOlder(view: ReaderView, age: number): void {
  const before = Date.now() - age;
  const older = listedItems(view).filter(({ sortAt }) => Date.parse(sortAt) < before);
  void markMeant(view, older, null, { before });
}

/** Marks what stands above or below an item of the list. */
export function markBeside(view: ReaderView, direction: 'above' | 'below', itemId: number | null): void {
  const items = listedItems(view);
  const index = items.findIndex(({ id }) => id === itemId);
  const item = items[index];
  if (item === undefined) {
    tell('Choose an item first.');
    return;
  }
  const beside = direction === 'above' ? items.slice(0, index) : items.slice(index + 1);
  void markMeant(view, beside, null, { from: { cursor: cursorOf(item), direction } });
}
