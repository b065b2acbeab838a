import { markAllRead, markItems, undoMarkAll } from '@/lib/service/mark-items';
import { readOverview } from '@/lib/store/count-unread';
import { type ItemQuery, type ItemScope, listItems } from '@/lib/store/list-items';
import { readItem } from '@/lib/store/read-items';
import type { SeededReaders } from '../support/seed-reading';

export interface Turn {
  what: string;
  /** Before each time, and not timed. */
  prepare?: () => Promise<unknown>;
  run: () => Promise<unknown>;
  /** After the last time. */
  finish?: () => Promise<unknown>;
}

const ALL: ItemScope = { kind: 'all' };
/** In the middle of the three years. */
const DEEP = `${Date.now() - 500 * 86_400_000}-1`;

const list = (userId: number, scope: ItemScope, rest: Partial<ItemQuery> = {}) =>
  listItems(userId, { scope, unread: false, order: 'newest', ...rest });

/** The lists of readers of every kind, straight from the store. */
export function listTurns(readers: SeededReaders): Turn[] {
  const { hoarder, tidy, usual, few, folder, rareFolder, busiestFeed } = readers;
  const [first = 0] = readers.crowd;
  const last = readers.crowd.at(-1) ?? 0;
  const unread = { unread: true };
  const oldest = { order: 'oldest' as const };
  const inFolder = { kind: 'folder' as const, id: folder };
  const rare = { kind: 'folder' as const, id: rareFolder };
  const busiest = { kind: 'feed' as const, id: busiestFeed };
  return [
    { what: 'unread, usual reader', run: () => list(usual, ALL, unread) },
    { what: 'unread, oldest first', run: () => list(usual, ALL, { ...unread, ...oldest }) },
    { what: 'unread, everything is', run: () => list(hoarder, ALL, unread) },
    { what: 'unread, everything is, oldest first', run: () => list(hoarder, ALL, { ...unread, ...oldest }) },
    { what: 'unread, nearly nothing is', run: () => list(tidy, ALL, unread) },
    { what: 'unread, nearly nothing is, oldest first', run: () => list(tidy, ALL, { ...unread, ...oldest }) },
    { what: 'all', run: () => list(usual, ALL) },
    { what: 'all, oldest first', run: () => list(usual, ALL, oldest) },
    { what: 'all, a page in the middle', run: () => list(usual, ALL, { cursor: DEEP }) },
    { what: 'all, of three quiet feeds', run: () => list(few, ALL) },
    { what: 'starred', run: () => list(usual, { kind: 'starred' }) },
    { what: 'folder of 20 feeds', run: () => list(usual, inFolder) },
    { what: 'folder of 20 feeds, unread', run: () => list(usual, inFolder, unread) },
    { what: 'folder of a quiet feed', run: () => list(usual, rare) },
    { what: 'folder of a quiet feed, unread', run: () => list(usual, rare, unread) },
    { what: 'busiest feed', run: () => list(usual, busiest) },
    { what: 'busiest feed, unread', run: () => list(usual, busiest, unread) },
    { what: 'unread, first of 1,000 with the same 50 feeds', run: () => list(first, ALL, unread) },
    { what: 'unread, last of them', run: () => list(last, ALL, unread) },
  ];
}

async function pickItems(userId: number, count: number): Promise<number[]> {
  const page = await list(userId, ALL, { unread: true, limit: 200 });
  return page.items.slice(0, count).map(({ id }) => id);
}

/** Everything else that a reader waits for. */
export async function otherTurns(readers: SeededReaders): Promise<Turn[]> {
  const { hoarder, tidy, usual } = readers;
  const [article = 0] = await pickItems(usual, 1);
  const first = readers.crowd[0] ?? 0;
  let next: number[] = [];
  let undo: { userId: number; token: string | null } | undefined;
  const takeNext = (count: number) => async () => {
    if (next.length > 0) await markItems({ userId: usual, itemIds: next, read: false });
    next = await pickItems(usual, count);
  };
  const takeBack = async () => {
    if (undo?.token) await undoMarkAll({ userId: undo.userId, undo: undo.token });
    if (undo) await readOverview(undo.userId);
    undo = undefined;
  };
  const markAll = (userId: number, before?: Date) => async () => {
    const done = await markAllRead({ userId, scope: ALL, order: 'newest', before });
    undo = { userId, token: done.undo };
  };
  return [
    { what: 'article', run: () => readItem(usual, article) },
    { what: 'counts, usual reader', run: () => readOverview(usual) },
    { what: 'counts, 1,000,000 unread', run: () => readOverview(hoarder) },
    { what: 'counts, nearly nothing unread', run: () => readOverview(tidy) },
    { what: 'counts, one of 1,000 with the same 50 feeds', run: () => readOverview(first) },
    {
      what: 'mark one read',
      prepare: takeNext(1),
      run: () => markItems({ userId: usual, itemIds: next, read: true }),
    },
    {
      what: 'mark 50 read',
      prepare: takeNext(50),
      run: () => markItems({ userId: usual, itemIds: next, read: true }),
    },
    { what: 'star', run: () => markItems({ userId: usual, itemIds: [article], starred: true }) },
    { what: 'mark all read, usual reader', prepare: takeBack, finish: takeBack, run: markAll(usual) },
    { what: 'mark all read, 1,000,000 unread', prepare: takeBack, finish: takeBack, run: markAll(hoarder) },
    { what: 'mark all read, nearly nothing unread', prepare: takeBack, finish: takeBack, run: markAll(tidy) },
    {
      what: 'mark older than a week read',
      prepare: takeBack,
      finish: takeBack,
      run: markAll(usual, new Date(Date.now() - 7 * 86_400_000)),
    },
    {
      what: 'undo',
      prepare: async () => {
        await takeBack();
        await markAll(usual)();
      },
      run: takeBack,
    },
  ];
}
