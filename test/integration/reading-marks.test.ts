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
