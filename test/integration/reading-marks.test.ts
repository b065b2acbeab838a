import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeItems, writeRss } from '../support/feed-server';
import { addFeed, addItem, addSubscription, addUser } from '../support/reading';
import { useStage } from '../support/stage';

const stage = useStage('postgres');

it('leaves alone what was marked one by one since all was marked', async () => {
  const { markAllRead, markItems, undoMarkAll } = await import('@/lib/service/mark-items');
  const { countUnread } = await import('@/lib/store/count-unread');
  const userId = await addUser();
  const feed = await addFeed();
  const [a, b, c] = [
    await addItem(feed, new Date('2026-01-01')),
    await addItem(feed, new Date('2026-01-02')),
    await addItem(feed, new Date('2026-01-03')),
  ];
  await addSubscription(userId, feed);
  // Few items are unread: they have states of their own, which marking all overwrites.
  await markItems({ userId, itemIds: [a], read: true });
  await markItems({ userId, itemIds: [a], read: false });
  const { undo, marked } = await markAllRead({ userId, scope: { kind: 'feed', id: feed }, order: 'newest' });
  expect(marked).toBe(3);
  await markItems({ userId, itemIds: [b], read: true });
  expect(await undoMarkAll({ userId, undo: undo ?? '' })).toBe(true);
  expect(await countUnread(userId)).toEqual({ [feed]: 2 });
  const { listItems } = await import('@/lib/store/list-items');
  const { items } = await listItems(userId, { scope: { kind: 'all' }, unread: true, order: 'oldest' });
  expect(items.map(({ id }) => id)).toEqual([a, c]);
});

it('does once what is asked twice by the same name, and keeps names of readers apart', async () => {
  const { markAllRead, markItems, undoMarkAll } = await import('@/lib/service/mark-items');
  const { countUnread } = await import('@/lib/store/count-unread');
  const [userId, other] = [await addUser(), await addUser()];
  const feed = await addFeed();
  const items = [await addItem(feed, new Date('2026-01-01')), await addItem(feed, new Date('2026-01-02'))];
  for (const user of [userId, other]) await addSubscription(user, feed);
  const token = randomUUID();
  const request = { userId, scope: { kind: 'all' }, order: 'newest', token } as const;
  expect(await markAllRead(request)).toEqual({ undo: token, marked: 2, counts: {} });
  // The answer got lost, and something has been done since.
  await markItems({ userId, itemIds: items.slice(1), read: false });
  expect(await markAllRead(request)).toEqual({ undo: token, marked: 0 });
  expect(await countUnread(userId)).toEqual({ [feed]: 1 });
  expect(await markAllRead({ ...request, userId: other })).toEqual({ undo: token, marked: 2, counts: {} });
  expect(await undoMarkAll({ userId, undo: token })).toBe(true);
  expect(await countUnread(userId)).toEqual({ [feed]: 2 });
  expect(await countUnread(other)).toEqual({});
  expect(await undoMarkAll({ userId: other, undo: token })).toBe(true);
  expect(await countUnread(other)).toEqual({ [feed]: 2 });
});

it('does not do again what has been undone, or had nothing to do, when it is asked once more by the same name', async () => {
  const { markAllRead, markItems, undoMarkAll } = await import('@/lib/service/mark-items');
  const { countUnread } = await import('@/lib/store/count-unread');
  const userId = await addUser();
  const feed = await addFeed();
  const [older] = [await addItem(feed, new Date('2026-01-01')), await addItem(feed, new Date('2026-01-02'))];
  await addSubscription(userId, feed);
  const ask = (token: string) => markAllRead({ userId, scope: { kind: 'all' }, order: 'newest', token });
  const [first, second, idle] = [randomUUID(), randomUUID(), randomUUID()];
  expect(await ask(first)).toEqual({ undo: first, marked: 2, counts: {} });
  expect(await undoMarkAll({ userId, undo: first })).toBe(true);
  // Another tab told it, too, and that took longer.
  expect(await ask(first)).toEqual({ undo: null, marked: 0 });
  expect(await undoMarkAll({ userId, undo: first })).toBe(false);
  expect(await countUnread(userId)).toEqual({ [feed]: 2 });
  expect(await ask(second)).toEqual({ undo: second, marked: 2, counts: {} });
  expect(await ask(idle)).toEqual({ undo: null, marked: 0, counts: {} });
  await markItems({ userId, itemIds: [older], read: false });
  expect(await ask(idle)).toEqual({ undo: null, marked: 0 });
  expect(await countUnread(userId)).toEqual({ [feed]: 1 });
  // What undoes nothing stands in the way of nothing.
  expect(await undoMarkAll({ userId, undo: second })).toBe(true);
  expect(await countUnread(userId)).toEqual({ [feed]: 2 });
});

it('knows of the last twenty what they did, however often something was undone meanwhile', async () => {
  const { markAllRead, undoMarkAll } = await import('@/lib/service/mark-items');
  const { countUnread } = await import('@/lib/store/count-unread');
  const userId = await addUser();
  const feeds = [await addFeed(), await addFeed()];
  for (const feed of feeds) {
    await addItem(feed, new Date('2026-01-01'));
    await addSubscription(userId, feed);
  }
  const [kept = 0, other = 0] = feeds;
  const mark = (id: number) => markAllRead({ userId, scope: { kind: 'feed', id }, order: 'newest' });
  const { undo } = await mark(kept);
  for (let round = 0; round < 25; round += 1) {
    const again = await mark(other);
    expect(await undoMarkAll({ userId, undo: again.undo ?? '' })).toBe(true);
  }
  expect(await undoMarkAll({ userId, undo: undo ?? '' })).toBe(true);
  expect(await countUnread(userId)).toEqual({ [kept]: 1, [other]: 1 });
});

it('takes back exactly, whether a feed was touched since or not, and whatever is counted meanwhile', async () => {
  const { markAllRead, markItems, undoMarkAll } = await import('@/lib/service/mark-items');
  const { countUnread } = await import('@/lib/store/count-unread');
  const { openStore } = await import('@/lib/store/client');
  const userId = await addUser();
  const feeds = [await addFeed(), await addFeed(), await addFeed()];
  const items: number[][] = [];
  for (const feed of feeds) {
    const ids: number[] = [];
    for (let day = 1; day <= 6; day += 1) ids.push(await addItem(feed, new Date(Date.UTC(2026, 0, day))));
    // Came after newer ones.
    ids.push(await addItem(feed, new Date(Date.UTC(2026, 0, 2, 12))));
    items.push(ids);
    await addSubscription(userId, feed);
  }
  const [untouched = 0, read = 0, grown = 0] = feeds;
  const before = new Date(Date.UTC(2026, 0, 4));
  const marked = await markAllRead({ userId, scope: { kind: 'all' }, order: 'newest', before });
  expect(marked.marked).toBe(12);
  expect(await countUnread(userId)).toEqual({ [untouched]: 3, [read]: 3, [grown]: 3 });
  // The same count as after it, and yet not the same items.
  await markItems({ userId, itemIds: items[1]?.slice(0, 1) ?? [], read: false });
  await markItems({ userId, itemIds: items[1]?.slice(0, 1) ?? [], read: true });
  await addItem(grown, new Date(Date.UTC(2026, 0, 7)));
  expect(await countUnread(userId)).toEqual({ [untouched]: 3, [read]: 3, [grown]: 4 });
  expect(await undoMarkAll({ userId, undo: marked.undo ?? '' })).toBe(true);
  const known = await openStore().subscription.findFirstOrThrow({ where: { userId, feedId: untouched } });
  expect(known).toMatchObject({ unreadCount: 7, unreadFrom: new Date(Date.UTC(2026, 0, 1)) });
  expect(await countUnread(userId)).toEqual({ [untouched]: 7, [read]: 6, [grown]: 8 });
  // What is older is found again.
  const again = await markAllRead({ userId, scope: { kind: 'all' }, order: 'newest', before });
  expect(again.marked).toBe(11);
});

it('takes the newest hundred of an archive for unread, at the first fetch and for whoever comes later', async () => {
  const { server, userId, startWorker, untilStatus } = stage.current;
  const { subscribe } = await import('@/lib/service/subscribe');
  const { countUnread } = await import('@/lib/store/count-unread');
  server.serve('/archive', { body: writeRss('Archive', makeItems(260)) });
  const address = `${server.origin}/archive`;
  const submitted = await subscribe({ userId, address });
  if (!submitted.ok) throw new Error(submitted.message);
  await startWorker();
  await untilStatus(submitted.feedId, 'ready');
  expect(await countUnread(userId)).toEqual({ [submitted.feedId]: 100 });
  const later = await addUser();
  await subscribe({ userId: later, address });
  expect(await countUnread(later)).toEqual({ [submitted.feedId]: 100 });
});

it('walks a feed with more unread items than are read off by their ids, in both orders', async () => {
  const { listItems } = await import('@/lib/store/list-items');
  const { markAllRead } = await import('@/lib/service/mark-items');
  const { openStore } = await import('@/lib/store/client');
  const userId = await addUser();
  const feed = await addFeed();
  await openStore().$executeRaw`
    INSERT INTO items (feed_id, identity, content_hash, title, sort_at, html, excerpt)
    SELECT ${feed}, sha256(n::text::bytea), '\\x00', n::text, '2026-01-01'::timestamptz + n * interval '1 hour', '', ''
    FROM generate_series(1, 800) AS n`;
  await addSubscription(userId, feed);
  await markAllRead({
    userId,
    scope: { kind: 'all' },
    order: 'newest',
    before: new Date(Date.UTC(2026, 0, 1, 301)),
  });
  for (const order of ['newest', 'oldest'] as const) {
    const titles: number[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await listItems(userId, {
        scope: { kind: 'feed', id: feed },
        unread: true,
        order,
        cursor,
      });
      titles.push(...page.items.map(({ title }) => Number(title)));
      cursor = page.nextCursor;
    }
    const expected = Array.from({ length: 500 }, (_, index) => index + 301);
    expect(titles).toEqual(order === 'oldest' ? expected : expected.reverse());
  }
});

it('neither leaves out nor doubles items while others come and are marked', async () => {
  const { listItems } = await import('@/lib/store/list-items');
  const { markItems } = await import('@/lib/service/mark-items');
  const userId = await addUser();
  const feed = await addFeed();
  await addSubscription(userId, feed);
  const ids: number[] = [];
  for (let day = 1; day <= 20; day += 1) ids.push(await addItem(feed, new Date(Date.UTC(2026, 0, day))));
  const seen: number[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await listItems(userId, {
      scope: { kind: 'all' },
      unread: true,
      order: 'newest',
      cursor,
      limit: 3,
    });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    await markItems({ userId, itemIds: page.items.map(({ id }) => id), read: true });
    await addItem(feed, new Date(Date.UTC(2026, 1, seen.length)));
  }
  expect(seen).toEqual(ids.reverse());
});

it('marks what is older just so where too much is newer to look at all of it first', async () => {
  const { markAllRead, undoMarkAll } = await import('@/lib/service/mark-items');
  const { countUnread } = await import('@/lib/store/count-unread');
  const { openStore } = await import('@/lib/store/client');
  const userId = await addUser();
  const [busy, mixed, old] = [await addFeed(), await addFeed(), await addFeed()];
  for (const feed of [busy, mixed, old]) await addSubscription(userId, feed);
  // Two of the older ones came after newer ones.
  for (const day of [1, 2, 9, 3, 8, 4]) await addItem(mixed, new Date(Date.UTC(2026, 0, day)));
  for (const day of [1, 2, 3]) await addItem(old, new Date(Date.UTC(2026, 0, day)));
  await openStore().$executeRaw`
    INSERT INTO items (feed_id, identity, content_hash, title, sort_at, html, excerpt)
    SELECT ${busy}, sha256(n::text::bytea), '\\x00', n::text, '2026-01-05'::timestamptz + (n - 100) * interval '1 minute', '', ''
    FROM generate_series(0, 10100) AS n`;
  const before = new Date(Date.UTC(2026, 0, 5));
  const all = await countUnread(userId);
  const done = await markAllRead({ userId, scope: { kind: 'all' }, order: 'newest', before });
  expect(done.marked).toBe(100 + 4 + 3);
  expect(await countUnread(userId)).toEqual({ [busy]: 10_001, [mixed]: 2 });
  const { listItems } = await import('@/lib/store/list-items');
  const scope = { kind: 'feed', id: mixed } as const;
  const { items } = await listItems(userId, { scope, unread: true, order: 'oldest' });
  expect(items.map(({ sortAt }) => sortAt.getUTCDate())).toEqual([8, 9]);
  expect(await undoMarkAll({ userId, undo: done.undo ?? '' })).toBe(true);
  expect(await countUnread(userId)).toEqual(all);
});

it.each([
  ['with all', undefined, 6],
  ['with what is older', new Date(Date.UTC(2026, 0, 7)), 5],
])(
  'takes back what had states of its own %s, but where it was said otherwise since, and what is gone',
  async (_, before, count) => {
    const { markAllRead, markItems, undoMarkAll } = await import('@/lib/service/mark-items');
    const { countUnread } = await import('@/lib/store/count-unread');
    const { openStore } = await import('@/lib/store/client');
    const userId = await addUser();
    const feed = await addFeed();
    await addSubscription(userId, feed);
    const ids: number[] = [];
    for (let day = 1; day <= 7; day += 1) ids.push(await addItem(feed, new Date(Date.UTC(2026, 0, day))));
    const [first = 0, starred = 0, marked = 0, starredLater = 0, gone = 0, plain = 0, newer = 0] = ids;
    const seen = async () => {
      const { listItems } = await import('@/lib/store/list-items');
      const { items } = await listItems(userId, { scope: { kind: 'all' }, unread: false, order: 'oldest' });
      const unread = items.filter(({ read }) => !read).map(({ id }) => id);
      expect(await countUnread(userId)).toEqual(unread.length === 0 ? {} : { [feed]: unread.length });
      return { unread, starred: items.filter((item) => item.starred).map(({ id }) => id) };
    };
    // Few are unread: they get states that say so.
    await markItems({ userId, itemIds: [first], read: true });
    await markItems({ userId, itemIds: [starred], starred: true });
    const done = await markAllRead({ userId, scope: { kind: 'all' }, order: 'newest', before });
    expect(done.marked).toBe(count);
    expect(await seen()).toEqual({ unread: before === undefined ? [] : [newer], starred: [starred] });
    await markItems({ userId, itemIds: [marked], read: true });
    await markItems({ userId, itemIds: [starredLater], starred: true });
    await openStore().item.delete({ where: { id: gone } });
    expect(await undoMarkAll({ userId, undo: done.undo ?? '' })).toBe(true);
    expect(await seen()).toEqual({
      unread: [starred, starredLater, plain, newer],
      starred: [starred, starredLater],
    });
  },
);

it('does not do again what was told long ago, when it is asked once more by the same name', async () => {
  const { markAllRead } = await import('@/lib/service/mark-items');
  const { countUnread } = await import('@/lib/store/count-unread');
  const { openStore } = await import('@/lib/store/client');
  const userId = await addUser();
  const feed = await addFeed();
  await addSubscription(userId, feed);
  await addItem(feed, new Date('2026-01-01'));
  const token = randomUUID();
  const ask = () => markAllRead({ userId, scope: { kind: 'all' }, order: 'newest', token });
  expect((await ask()).marked).toBe(1);
  await openStore().markUndo.updateMany({
    where: { userId },
    data: { markedAt: new Date(Date.now() - 7_200_000) },
  });
  await addItem(feed, new Date('2026-01-02'));
  expect(await countUnread(userId)).toEqual({ [feed]: 1 });
  expect((await ask()).marked).toBe(0);
  expect(await countUnread(userId)).toEqual({ [feed]: 1 });
});

it('leaves to a later mark what both of them have taken', async () => {
  const { markAllRead, markItems, undoMarkAll } = await import('@/lib/service/mark-items');
  const { countUnread } = await import('@/lib/store/count-unread');
  const userId = await addUser();
  const feed = await addFeed();
  await addSubscription(userId, feed);
  const item = await addItem(feed, new Date('2026-01-01'));
  const markAll = () => markAllRead({ userId, scope: { kind: 'all' }, order: 'newest' });
  await markAll();
  const [first, second] = [
    await markItems({ userId, itemIds: [item], read: false }).then(markAll),
    await markItems({ userId, itemIds: [item], read: false }).then(markAll),
  ];
  expect(await undoMarkAll({ userId, undo: first.undo ?? '' })).toBe(true);
  expect(await countUnread(userId)).toEqual({});
  expect(await undoMarkAll({ userId, undo: second.undo ?? '' })).toBe(true);
  expect(await countUnread(userId)).toEqual({ [feed]: 1 });
});

it('gives back the same after several marks that were undone one after the other, in either order', async () => {
  const { markAllRead, markItems, undoMarkAll } = await import('@/lib/service/mark-items');
  const { countUnread } = await import('@/lib/store/count-unread');
  const userId = await addUser();
  const feed = await addFeed();
  await addSubscription(userId, feed);
  const ids: number[] = [];
  for (let day = 1; day <= 6; day += 1) ids.push(await addItem(feed, new Date(Date.UTC(2026, 0, day))));
  const [a = 0, b = 0, c = 0] = ids;
  await markItems({ userId, itemIds: [a], read: true });
  const mark = (day?: number) =>
    markAllRead({
      userId,
      scope: { kind: 'all' },
      order: 'newest',
      ...(day === undefined ? {} : { before: new Date(Date.UTC(2026, 0, day)) }),
    });
  const unread = async () => {
    const { listItems } = await import('@/lib/store/list-items');
    const { items } = await listItems(userId, { scope: { kind: 'all' }, unread: true, order: 'oldest' });
    expect(await countUnread(userId)).toEqual(items.length === 0 ? {} : { [feed]: items.length });
    return items.map(({ id }) => id);
  };
  const first = await mark(4);
  await markItems({ userId, itemIds: [b], read: false });
  const second = await mark();
  expect(await unread()).toEqual([]);
  expect(await undoMarkAll({ userId, undo: second.undo ?? '' })).toBe(true);
  expect(await unread()).toEqual([b, ...ids.slice(3)]);
  expect(await undoMarkAll({ userId, undo: first.undo ?? '' })).toBe(true);
  expect(await unread()).toEqual([b, c, ...ids.slice(3)]);
  const [again, last] = [await mark(3), await mark()];
  expect(await unread()).toEqual([]);
  expect(await undoMarkAll({ userId, undo: again.undo ?? '' })).toBe(true);
  expect(await unread()).toEqual([b]);
  expect(await undoMarkAll({ userId, undo: last.undo ?? '' })).toBe(true);
  expect(await unread()).toEqual([b, c, ...ids.slice(3)]);
});

it('marks stars of feeds that were left, too, and takes that back', async () => {
  const { markAllRead, markItems, undoMarkAll } = await import('@/lib/service/mark-items');
  const { countUnread } = await import('@/lib/store/count-unread');
  const { endSubscriptions, restoreSubscriptions } = await import('@/lib/store/end-subscriptions');
  const { listItems } = await import('@/lib/store/list-items');
  const userId = await addUser();
  const feed = await addFeed();
  const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];
  const ids: number[] = [];
  for (const day of days) ids.push(await addItem(feed, new Date(day)));
  const [a = 0, b = 0, c = 0] = ids;
  await addSubscription(userId, feed);
  await markItems({ userId, itemIds: [a], read: true });
  await markItems({ userId, itemIds: [a, b], read: false });
  await markItems({ userId, itemIds: [a, b, c], starred: true });
  await markItems({ userId, itemIds: [c], read: true });
  const left = await endSubscriptions(userId, [feed]);
  const unread = async () => {
    const { items } = await listItems(userId, { scope: { kind: 'starred' }, unread: true, order: 'oldest' });
    return items.map(({ id }) => id);
  };
  expect(await unread()).toEqual([a, b]);
  const { undo, marked } = await markAllRead({ userId, scope: { kind: 'starred' }, order: 'newest' });
  expect([marked, await unread()]).toEqual([2, []]);
  expect(await undoMarkAll({ userId, undo: undo ?? '' })).toBe(true);
  expect(await unread()).toEqual([a, b]);
  // The same where the feed comes back in between.
  const again = await markAllRead({ userId, scope: { kind: 'starred' }, order: 'newest' });
  expect(again.marked).toBe(2);
  await restoreSubscriptions(userId, left.undo ?? '');
  expect(await countUnread(userId)).toEqual({ [feed]: 1 });
  expect(await undoMarkAll({ userId, undo: again.undo ?? '' })).toBe(true);
  expect(await unread()).toEqual([a, b]);
  expect(await countUnread(userId)).toEqual({ [feed]: 3 });
});

it('takes back any mark that no later one has to do with, and says no to the others', async () => {
  const { markAllRead, markItems, undoMarkAll } = await import('@/lib/service/mark-items');
  const { countUnread } = await import('@/lib/store/count-unread');
  const userId = await addUser();
  const [x, y] = [await addFeed(), await addFeed()];
  const items: number[] = [];
  for (const feed of [x, x, x, y, y]) {
    items.push(await addItem(feed, new Date(Date.UTC(2026, 0, items.length + 1))));
  }
  for (const feed of [x, y]) await addSubscription(userId, feed);
  const mark = async (scope: { kind: 'feed'; id: number } | { kind: 'starred' }) =>
    (await markAllRead({ userId, scope, order: 'newest' })).undo ?? '';
  const undo = (token: string) => undoMarkAll({ userId, undo: token });
  // In two tabs.
  const [inX, inY] = [await mark({ kind: 'feed', id: x }), await mark({ kind: 'feed', id: y })];
  expect(await undo(inX)).toBe(true);
  expect(await countUnread(userId)).toEqual({ [x]: 3 });
  expect(await undo(inX)).toBe(false);
  expect(await undo(inY)).toBe(true);
  expect(await countUnread(userId)).toEqual({ [x]: 3, [y]: 2 });
  // States of their own stand whatever is done to the rest, and the other way round.
  await markItems({ userId, itemIds: items.slice(0, 1), starred: true });
  const starred = await mark({ kind: 'starred' });
  const first = await mark({ kind: 'feed', id: x });
  expect(await undo(starred)).toBe(true);
  expect(await countUnread(userId)).toEqual({ [x]: 1, [y]: 2 });
  await addItem(x, new Date('2026-02-01'));
  const second = await mark({ kind: 'feed', id: x });
  expect(await undo(first)).toBe(false);
  expect(await countUnread(userId)).toEqual({ [y]: 2 });
  expect([await undo(second), await undo(first)]).toEqual([true, true]);
  expect(await countUnread(userId)).toEqual({ [x]: 4, [y]: 2 });
  // What the watermark of an earlier one says of an item that was unread in between.
  const whole = await mark({ kind: 'feed', id: x });
  await markItems({ userId, itemIds: items.slice(1, 2), read: false });
  const rest = await mark({ kind: 'feed', id: x });
  expect(await undo(whole)).toBe(false);
  expect(await undo(rest)).toBe(true);
  expect(await countUnread(userId)).toEqual({ [x]: 1, [y]: 2 });
  expect(await undo(whole)).toBe(true);
  expect(await countUnread(userId)).toEqual({ [x]: 4, [y]: 2 });
});
