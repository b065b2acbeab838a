import { describe, expect, it } from 'vitest';
import {
  appendPage,
  beginList,
  findStep,
  type ListPages,
  noteFirstPage,
  reopenEnd,
  showFresh,
} from './list-pages';
import type { ListedItem } from './listed-item';

/** An item that is the newer, the larger its number. */
const item = (id: number, title = `item ${id}`): ListedItem => ({
  id,
  title,
  feedId: 1,
  feedTitle: 'Tides',
  feedIcon: null,
  author: null,
  url: null,
  excerpt: '',
  thumbnail: null,
  publishedAt: null,
  sortAt: new Date(Date.UTC(2026, 0, 1) + id * 60_000).toISOString(),
  read: false,
  starred: false,
});

/** From one id down to another. */
const items = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => item(from - index));
const list = (from: number, to: number, nextCursor: string | null = 'more') =>
  beginList({ items: items(from, to), nextCursor });
const idsOf = ({ pages }: ListPages) => pages.map((page) => page.map(({ id }) => id));
const freshOf = ({ fresh }: ListPages) => fresh.map(({ id }) => id);

describe('appendPage', () => {
  it('brings no item twice, as when new ones have pushed the page down', () => {
    const longer = appendPage(list(9, 7), { items: items(7, 5), nextCursor: null });
    expect(idsOf(longer)).toEqual([
      [9, 8, 7],
      [6, 5],
    ]);
    expect(longer.nextCursor).toBeNull();
  });

  it('adds no empty page, and ends loading', () => {
    const loading = { ...list(9, 7), loading: true, failed: true };
    const same = appendPage(loading, { items: items(9, 7), nextCursor: null });
    expect(idsOf(same)).toEqual([[9, 8, 7]]);
    expect(same).toMatchObject({ loading: false, failed: false });
  });
});

describe('noteFirstPage', () => {
  it('keeps new items waiting, and replaces what has been edited where it stands', () => {
    const noted = noteFirstPage(list(9, 7), {
      items: [...items(11, 10), item(9, 'edited'), item(8)],
      nextCursor: 'x',
    });
    expect(idsOf(noted)).toEqual([[9, 8, 7]]);
    expect(noted.pages[0]?.[0]?.title).toBe('edited');
    expect(freshOf(noted)).toEqual([11, 10]);
    expect(noted.nextCursor).toBe('more');
  });

  it('does not take for new what comes with the next page', () => {
    // 9 has been read elsewhere, so that the page of what is unread reaches further down.
    const page = { items: items(8, 6), nextCursor: 'x' };
    expect(freshOf(noteFirstPage(list(9, 7), page))).toEqual([]);
    // Of a list that is here as a whole, nothing comes later.
    expect(freshOf(noteFirstPage(list(9, 7, null), page))).toEqual([6]);
  });

  it('tells items of the same moment apart by their ids', () => {
    const { sortAt } = item(7);
    const page = {
      items: [
        { ...item(12), sortAt },
        { ...item(3), sortAt },
      ],
      nextCursor: 'x',
    };
    expect(freshOf(noteFirstPage(list(9, 7), page))).toEqual([12]);
  });

  it('begins a list that was empty', () => {
    const empty = beginList({ items: [], nextCursor: null });
    expect(empty.pages).toEqual([]);
    expect(idsOf(noteFirstPage(empty, { items: items(2, 1), nextCursor: null }))).toEqual([[2, 1]]);
  });
});

describe('reopenEnd', () => {
  it('goes on behind the last item, where there was nothing more', () => {
    const reopened = reopenEnd({ ...list(9, 7, null), fresh: items(11, 10) });
    expect(reopened.nextCursor).toBe(`${Date.parse(item(7).sortAt)}-7`);
    expect(reopened.fresh).toEqual([]);
  });

  it('goes on where it would have, or not at all', () => {
    expect(reopenEnd(list(9, 7, 'more')).nextCursor).toBe('more');
    expect(reopenEnd(beginList({ items: [], nextCursor: null })).nextCursor).toBeNull();
  });
});

describe('showFresh', () => {
  it('puts new items before the others, as a page of their own', () => {
    const shown = showFresh({ ...list(9, 7), fresh: items(11, 10) });
    expect(idsOf(shown)).toEqual([
      [11, 10],
      [9, 8, 7],
    ]);
    expect(shown.fresh).toEqual([]);
  });

  it('begins anew where there may be more between', () => {
    const shown = showFresh({ ...list(9, 7), fresh: items(100, 51) });
    expect(idsOf(shown)[0]).toHaveLength(50);
    expect(shown.pages).toHaveLength(1);
    expect(shown.nextCursor).toBe(`${Date.parse(item(51).sortAt)}-51`);
  });

  it('leaves alone what has none', () => {
    const before = list(9, 7);
    expect(showFresh(before)).toBe(before);
  });
});

describe('findStep', () => {
  const two = appendPage(list(9, 8), { items: items(7, 6), nextCursor: null });

  it.each([
    [null, 1, 9],
    [9, 1, 8],
    [8, 1, 7],
    [7, -1, 8],
    [9, -1, undefined],
    [6, 1, undefined],
    [404, 1, 9],
    [null, -1, undefined],
  ] as const)('from %s by %s leads to %s', (from, by, to) => {
    expect(findStep(two, from, by)?.id).toBe(to);
  });
});
