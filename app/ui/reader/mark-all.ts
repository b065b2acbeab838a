import { adjustCount, type Counts, readCounts, setCounts } from './counts';
import { type Frame, feedsOfView } from './frame-context';
import { readState, writeState } from './item-states';
import type { ListedItem } from './listed-item';
import { listedItems, placeOf, readList } from './lists';
import { show } from './mark';
import { comparePlaces } from './merge-pages';
import { outdated } from './news';
import { noteTold, post } from './outbox';
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

/** Items of a list that are in the browser, by whether they are marked with the list. */
interface Parted {
  through: number;
  marked: ListedItem[];
  /** What has been announced, and not been shown. */
  left: ListedItem[];
}

/** Parts what is unread of a list, as far as it is meant. */
function partUnread(view: ReaderView, isMeant: (item: ListedItem) => boolean): Parted {
  const list = readList(view);
  const shown = list?.pages.flat() ?? [];
  // A list can show what the tab has not heard of otherwise.
  const through = shown.reduce((most, { id }) => Math.max(most, id), placeOf(view).through);
  const unread = [...shown, ...(list?.fresh ?? [])].filter((item) => isMeant(item) && !readState(item).read);
  return {
    through,
    marked: unread.filter(({ id }) => id <= through),
    left: unread.filter(({ id }) => id > through),
  };
}

/**
 * Marks what a list has as read, but not what has been announced and not been shown.
 *
 * @param isMeant whether an item of the list is: those that are in the browser change at once.
 * @param feedIds the feeds whose counts become zero, `all` of them, or null where that is not known.
 */
async function markMeant(
  view: ReaderView,
  isMeant: (item: ListedItem) => boolean,
  feedIds: readonly number[] | 'all' | null,
  { before, from }: Meant = {},
): Promise<void> {
  const { through, marked: changed, left } = partUnread(view, isMeant);
  const ids = changed.map(({ id }) => id);
  const counts = readCounts();
  show(changed, { read: true });
  if (feedIds === 'all') setCounts({});
  else if (feedIds !== null && counts !== null) {
    setCounts({ ...readCounts(), ...Object.fromEntries(feedIds.map((id) => [id, 0])) });
  }
  if (feedIds !== null) for (const { feedId } of left) adjustCount(feedId, 1);
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
      if (answer !== 'refused') return noteTold(ids);
      tell('That could not be undone: it is too long ago, or more of the same has been marked since.');
      outdated.emit();
    });
  });
  // However late that is known.
  void answered.then((answer) => {
    if (answer !== 'refused') return noteTold(ids);
    if (isBack) return;
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
  void markMeant(view, () => true, feedsOfView(view.name, frame));
}

/** Marks what is older than so many milliseconds. */
export function markOlder(view: ReaderView, age: number): void {
  const before = Date.now() - age;
  void markMeant(view, ({ sortAt }) => Date.parse(sortAt) < before, null, { before });
}

/** Marks what stands above or below an item of the list. */
export function markBeside(view: ReaderView, direction: 'above' | 'below', itemId: number | null): void {
  const item = listedItems(view).find(({ id }) => id === itemId);
  if (item === undefined) {
    tell('Choose an item first.');
    return;
  }
  const isBeside = (other: ListedItem) => {
    const place = comparePlaces(view.order, other, item);
    return direction === 'above' ? place < 0 : place > 0;
  };
  void markMeant(view, isBeside, null, { from: { cursor: cursorOf(item), direction } });
}
