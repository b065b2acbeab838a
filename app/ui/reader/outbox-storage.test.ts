import { describe, expect, it } from 'vitest';
import { type Deed, deedPrefix, openDeedStore, takeAlike } from './outbox-storage';

/** Storage as browsers have it. @param most keys that it takes before it is full. */
function makeStorage(most = Number.POSITIVE_INFINITY): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      if (kept.size >= most) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

const read = (...ids: number[]): Deed => ({ kind: 'mark', ids, read: true });
const star = (...ids: number[]): Deed => ({ kind: 'mark', ids, starred: true });
const ALL: Deed = { kind: 'all', view: 'all', order: 'newest' };

describe('openDeedStore', () => {
  it('keeps deeds in their order, for the next tab as well', () => {
    const storage = makeStorage();
    const store = openDeedStore(1, storage);
    for (const deed of [read(1), star(2), ALL]) store.keep(deed);
    expect(
      openDeedStore(1, storage)
        .list()
        .map(({ deed }) => deed),
    ).toEqual([read(1), star(2), ALL]);
  });

  it('knows only the reader’s own', () => {
    const storage = makeStorage();
    openDeedStore(11, storage).keep(read(1));
    expect(openDeedStore(1, storage).list()).toEqual([]);
  });

  it('forgets what it is told to', () => {
    const store = openDeedStore(1, makeStorage());
    const { key } = store.keep(read(1));
    store.keep(read(2));
    store.forget([key]);
    expect(store.list().map(({ deed }) => deed)).toEqual([read(2)]);
  });

  it('leaves word of a deed, which is none itself', () => {
    const storage = makeStorage();
    const store = openDeedStore(1, storage);
    const { key } = store.keep(read(1));
    store.leaveWord(key, 'refused');
    expect(JSON.parse(storage.getItem(key) ?? '')).toEqual({ word: 'refused' });
    expect(store.list()).toEqual([]);
    store.forget([key]);
    expect(storage.length).toBe(0);
  });

  it('goes on in memory where the browser has no storage, or no room', () => {
    for (const storage of [null, makeStorage(1)]) {
      const store = openDeedStore(1, storage);
      const kept = [store.keep(read(1)), store.keep(read(2))];
      expect(store.list()).toEqual(kept);
      store.forget(kept.map(({ key }) => key));
      expect(store.list()).toEqual([]);
    }
  });

  it('passes over what it has not written', () => {
    const storage = makeStorage();
    for (const [index, text] of ['{', 'null', '"mark"', '{"kind":"wish"}', '[]'].entries())
      storage.setItem(`${deedPrefix(1)}${index}`, text);
    expect(openDeedStore(1, storage).list()).toEqual([]);
  });
});

describe('takeAlike', () => {
  const toKept = (deeds: Deed[]) => deeds.map((deed, index) => ({ key: String(index), deed }));

  it('puts marks together that say the same, and stops where something else was done between', () => {
    expect(takeAlike(toKept([read(1, 2), read(2, 3), star(4), read(5)]))).toEqual({
      keys: ['0', '1'],
      deed: read(1, 2, 3),
    });
  });

  it('tells read from unread', () => {
    const unread: Deed = { kind: 'mark', ids: [1], read: false };
    expect(takeAlike(toKept([read(1), unread]))?.keys).toEqual(['0']);
  });

  it('takes no more than the server does at once', () => {
    const hundred = (from: number) => read(...Array.from({ length: 100 }, (_, index) => from + index));
    const taken = takeAlike(toKept([0, 100, 200, 300, 400, 500].map(hundred)));
    expect(taken?.keys).toHaveLength(5);
    expect(taken?.deed).toMatchObject({ ids: { length: 500 } });
  });

  it('takes anything else by itself, and nothing of nothing', () => {
    expect(takeAlike(toKept([ALL, ALL]))).toEqual({ keys: ['0'], deed: ALL });
    expect(takeAlike([])).toBeNull();
  });
});
