import { describe, expect, it } from 'vitest';
import { appendPage, beginList, findStep, type ListPages } from './list-pages';
import type { ListedItem } from './listed-item';
import { covers, notePage, reopenEnd, showFresh } from './merge-pages';

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

/** As `list`, where the oldest come first. */
const turned = (from: number, to: number, nextCursor: string | null = 'more') =>
  beginList({ items: items(to, from).reverse(), nextCursor });

describe('covers', () => {
  const page = { items: items(8, 6), nextCursor: 'x' };

  it.each([
    ['the top', item(11), null, true],
    ['its last item', item(6), null, true],
    ['what is behind that', item(5), null, false],
    ['what it begins behind', item(9), item(9), false],
    ['what is before that', item(10), item(9), false],
  ])('of %s', (_, place, after, covered) => {
    expect(covers('newest', page, after, place)).toBe(covered);
  });

  it('reaches to the end where nothing follows, and nowhere where all has been left out', () => {
    expect(covers('newest', { ...page, nextCursor: null }, null, item(1))).toBe(true);
    expect(covers('newest', { items: [], nextCursor: 'x' }, null, item(9))).toBe(false);
    expect(covers('oldest', { items: items(8, 6).reverse(), nextCursor: 'x' }, null, item(9))).toBe(false);
  });
});

describe('notePage', () => {
  it('keeps new items waiting, and replaces what has been edited where it stands', () => {
    const noted = notePage(list(9, 7), 'newest', {
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
    expect(freshOf(notePage(list(9, 7), 'newest', page))).toEqual([]);
    // Of a list that is here as a whole, nothing comes later.
    expect(freshOf(notePage(list(9, 7, null), 'newest', page))).toEqual([6]);
  });

  it('has what is late wait where the oldest come first, and what is new come with the next page', () => {
    const late = { ...item(20), sortAt: item(7).sortAt };
    const page = { items: [item(7), late, item(8), item(9), item(11)], nextCursor: null };
    expect(freshOf(notePage(turned(7, 9), 'oldest', page))).toEqual([20]);
    expect(freshOf(notePage(turned(7, 9, null), 'oldest', page))).toEqual([20]);
  });

  it('keeps waiting what a page tells nothing of, and forgets what is not there any more', () => {
    const waiting = { ...list(9, 1), fresh: [item(12), { ...item(13), sortAt: item(3).sortAt }] };
    const page = { items: items(11, 8), nextCursor: 'x' };
    expect(freshOf(notePage(waiting, 'newest', page))).toEqual([11, 10, 13]);
    // Further down, the top is what is not told of.
    expect(freshOf(notePage(waiting, 'newest', { items: items(7, 2), nextCursor: 'x' }, item(8)))).toEqual([
      12,
    ]);
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
    expect(freshOf(notePage(list(9, 7), 'newest', page))).toEqual([12]);
  });

  it('begins a list that was empty', () => {
    const empty = beginList({ items: [], nextCursor: null });
    expect(empty.pages).toEqual([]);
    expect(idsOf(notePage(empty, 'newest', { items: items(2, 1), nextCursor: null }))).toEqual([[2, 1]]);
  });
});

describe('reopenEnd', () => {
  it('goes on behind the last item, where there was nothing more', () => {
    const reopened = reopenEnd({ ...list(9, 7, null), fresh: items(11, 10) });
    expect(reopened.nextCursor).toBe(`${Date.parse(item(7).sortAt)}-7`);
    expect(freshOf(reopened)).toEqual([11, 10]);
  });

  it('goes on where it would have, or not at all', () => {
    expect(reopenEnd(list(9, 7, 'more')).nextCursor).toBe('more');
    expect(reopenEnd(beginList({ items: [], nextCursor: null })).nextCursor).toBeNull();
  });
});

describe('showFresh', () => {
  /** Later here than its date says. */
  const late = (id: number, as: number): ListedItem => ({ ...item(id), sortAt: item(as).sortAt });

  it('puts what is newest before the others, as a page of their own', () => {
    const shown = showFresh({ ...list(9, 7), fresh: items(11, 10) }, 'newest');
    expect(idsOf(shown)).toEqual([
      [11, 10],
      [9, 8, 7],
    ]);
    expect(shown.fresh).toEqual([]);
  });

  it('puts what is late where its date says, and has pages begin as they did', () => {
    const two = appendPage(list(9, 7), { items: items(6, 4), nextCursor: 'more' });
    const fresh = [item(11), late(20, 8), late(21, 7), late(22, 6), late(23, 5)];
    const shown = showFresh({ ...two, fresh }, 'newest');
    expect(idsOf(shown)).toEqual([[11], [9, 20, 8, 21, 7, 22], [6, 23, 5, 4]]);
    expect(idsOf(two)).toEqual([
      [9, 8, 7],
      [6, 5, 4],
    ]);
  });

  it('does so where the oldest come first', () => {
    const fresh = [item(5), late(20, 7), late(21, 8)];
    expect(idsOf(showFresh({ ...turned(7, 9), fresh }, 'oldest'))).toEqual([[5], [7, 20, 8, 21, 9]]);
  });

  it('shows nothing twice, and no page that is longer than the server looks through at once', () => {
    const fresh = Array.from({ length: 49 }, (_, index) => late(200 + index, 30));
    const shown = showFresh({ ...list(90, 20), fresh: [item(25), ...fresh] }, 'newest');
    expect(idsOf(shown).map(({ length }) => length)).toEqual([50, 70]);
    expect(new Set(idsOf(shown).flat()).size).toBe(120);
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
