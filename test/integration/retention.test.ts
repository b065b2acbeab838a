import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { useStage } from '../support/stage';

const stage = useStage('postgres');
const DAY = 86_400_000;

let strangerId = 0;
let feeds = 0;

const store = async () => (await import('@/lib/store/client')).openStore();
const trim = async (feedId: number) => (await import('@/lib/store/retention')).trimFeed(feedId);

beforeAll(async () => {
  strangerId = (await (await store()).user.create({ data: { name: 'stranger' } })).id;
});
beforeEach(async () => {
  await (await store()).$executeRaw`DELETE FROM feeds`;
});

/** A feed of items, each a day older than the one before; item 1 is the newest. */
async function makeFeed(count: number, wishes: object, readers = [stage.current.userId]): Promise<number> {
  const client = await store();
  feeds += 1;
  const { id } = await client.feed.create({
    data: {
      url: `https://example.org/${feeds}`,
      host: 'example.org',
      status: 'READY',
      itemCount: count,
      etag: '"1"',
      subscriptions: { create: readers.map((userId) => ({ userId, ...wishes })) },
    },
  });
  await client.$executeRaw`
    INSERT INTO items (feed_id, identity, content_hash, title, sort_at, created_at, html, excerpt)
    SELECT ${id}, sha256((${id} || '-' || n)::bytea), 'x', 'Item ' || n, now() - n * interval '1 day',
      now() - n * interval '1 day', '', ''
    FROM generate_series(${count}::int, 1, -1) n`;
  return id;
}

async function readTo(feedId: number, title: string, userId = stage.current.userId) {
  const client = await store();
  const { id } = await client.item.findFirstOrThrow({ where: { feedId, title } });
  await client.subscription.updateMany({ where: { feedId, userId }, data: { readThroughId: id } });
  return id;
}

async function titles(feedId: number): Promise<number[]> {
  const items = await (await store()).item.findMany({ where: { feedId }, select: { title: true } });
  return items.map(({ title }) => Number(title.split(' ')[1])).sort((a, b) => a - b);
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

it('keeps by age and by number, and the newest hundred whatever the limits say', async () => {
  const aged = await makeFeed(300, { keepDays: 200 });
  await readTo(aged, 'Item 1');
  expect(await trim(aged)).toBe(101);
  expect(await titles(aged)).toEqual(upTo(199));
  const counted = await makeFeed(300, { keepItems: 150 });
  await readTo(counted, 'Item 1');
  expect(await trim(counted)).toBe(150);
  expect(await titles(counted)).toEqual(upTo(150));
  expect(await (await store()).feed.findUnique({ where: { id: counted } })).toMatchObject({ itemCount: 150 });
  const few = await makeFeed(120, { keepDays: 1, keepItems: 1 });
  await readTo(few, 'Item 1');
  await trim(few);
  expect(await titles(few)).toEqual(upTo(100));
  const usual = await makeFeed(400, {});
  await readTo(usual, 'Item 1');
  await trim(usual);
  expect(await titles(usual)).toEqual(upTo(364));
  const forEver = await makeFeed(400, { keepDays: 0 });
  await readTo(forEver, 'Item 1');
  expect(await trim(forEver)).toBe(0);
});

it('the reader who wants to keep the most decides', async () => {
  const feedId = await makeFeed(300, { keepDays: 120 }, [stage.current.userId, strangerId]);
  await readTo(feedId, 'Item 1');
  await readTo(feedId, 'Item 1', strangerId);
  const client = await store();
  await client.subscription.updateMany({ where: { feedId, userId: strangerId }, data: { keepDays: 0 } });
  expect(await trim(feedId)).toBe(0);
  await client.subscription.updateMany({ where: { feedId, userId: strangerId }, data: { keepDays: 250 } });
  await trim(feedId);
  expect(await titles(feedId)).toEqual(upTo(249));
});

it('keeps what is starred by anybody for ever, and what is unread for a year', async () => {
  const feedId = await makeFeed(500, { keepDays: 120 }, [stage.current.userId, strangerId]);
  const client = await store();
  const find = (title: string) => client.item.findFirstOrThrow({ where: { feedId, title } });
  await readTo(feedId, 'Item 200');
  await readTo(feedId, 'Item 150', strangerId);
  // Nobody's subscription is needed for a star to hold.
  const former = await client.user.create({ data: { name: 'former' } });
  const starredAt = new Date();
  for (const [title, userId] of [
    ['Item 490', stage.current.userId],
    ['Item 300', former.id],
  ] as const)
    await client.itemState.create({ data: { userId, itemId: (await find(title)).id, starredAt } });
  // One marked unread again, and one that had been unread for too long.
  for (const title of ['Item 320', 'Item 480']) {
    const itemId = (await find(title)).id;
    await client.itemState.create({ data: { userId: strangerId, itemId, read: false } });
  }
  await client.subscription.updateMany({ where: { feedId }, data: { unreadCount: 3 } });
  await trim(feedId);
  // Up to 199, the reader who has read up to 200 has not read them.
  expect(await titles(feedId)).toEqual([...upTo(199), 300, 320, 490]);
  const [subscription] = await client.subscription.findMany({ where: { feedId } });
  expect(subscription?.unreadCount).toBeNull();
  const { readItem } = await import('@/lib/store/read-items');
  expect(await readItem(former.id, Number((await find('Item 300')).id))).toMatchObject({ starred: true });
});

it('goes on where there is much, leaves what a worker has, and looks at each feed once', async () => {
  const { claimTrims } = await import('@/lib/store/retention');
  const client = await store();
  const feedId = await makeFeed(1500, { keepItems: 100 });
  await readTo(feedId, 'Item 1');
  const small = await makeFeed(5, {});
  expect((await claimTrims(10)).sort()).toEqual([feedId, small].sort());
  expect(await claimTrims(10)).toEqual([]);
  const due = async (id: number) => {
    const feed = await client.feed.findUniqueOrThrow({ where: { id } });
    return Math.round((feed.trimAt.getTime() - Date.now()) / DAY);
  };
  expect(await due(feedId)).toBe(1);
  expect(await due(small)).toBeGreaterThanOrEqual(7);
  const held = { claim: '11111111-1111-4111-8111-111111111111', claimUntil: new Date(Date.now() + DAY) };
  await client.feedSchedule.update({ where: { feedId }, data: held });
  expect(await trim(feedId)).toBe(0);
  await client.feedSchedule.update({ where: { feedId }, data: { claim: null, claimUntil: null } });
  expect(await trim(feedId)).toBe(1000);
  expect(await claimTrims(10)).toEqual([feedId]);
  expect(await trim(feedId)).toBe(400);
  expect(await claimTrims(10)).toEqual([]);
});

it('a feed that nobody reads keeps its items while leaving it can be undone, then what is starred', async () => {
  const client = await store();
  const feedId = await makeFeed(300, {});
  const starred = await client.item.findFirstOrThrow({ where: { feedId, title: 'Item 7' } });
  const state = { userId: stage.current.userId, itemId: starred.id, starredAt: new Date() };
  await client.itemState.create({ data: state });
  await client.feedSchedule.update({
    where: { feedId },
    data: { lastFetchAt: new Date(Date.now() - 31 * DAY) },
  });
  const { unsubscribe } = await import('@/lib/service/unsubscribe');
  await unsubscribe({ userId: stage.current.userId, feedId });
  expect(await trim(feedId)).toBe(0);
  await client.endedSubscription.deleteMany({ where: { feedId } });
  await client.feedSchedule.update({
    where: { feedId },
    data: { lastFetchAt: new Date(Date.now() - 29 * DAY) },
  });
  expect(await trim(feedId)).toBe(0);
  await client.feedSchedule.update({
    where: { feedId },
    data: { lastFetchAt: new Date(Date.now() - 31 * DAY) },
  });
  expect(await trim(feedId)).toBe(299);
  expect(await titles(feedId)).toEqual([7]);
  expect(await client.feed.findUnique({ where: { id: feedId } })).toMatchObject({ etag: null, itemCount: 1 });
  expect(await client.forgottenItem.count({ where: { feedId } })).toBe(0);
});

it('nothing that was deleted comes back, whatever its document does, and what is new does come', async () => {
  const { server, userId, startWorker } = stage.current;
  const client = await store();
  const old = makeItems(160);
  let items = old;
  let version = 0;
  server.serve('/archive', () => ({ body: writeRss(`Archive ${version}`, items) }));
  const { subscribe } = await import('@/lib/service/subscribe');
  const result = await subscribe({ userId, address: `${server.origin}/archive` });
  if (!result.ok) throw new Error(result.message);
  const { feedId } = result;
  const worker = await startWorker();
  await stage.current.untilStatus(feedId, 'ready');
  const count = () => client.item.count({ where: { feedId } });
  const fetchAgain = async () => {
    version += 1;
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    await refreshFeed({ userId, feedId });
    await eventually(
      async () => (await client.feed.findUnique({ where: { id: feedId } }))?.title === `Archive ${version}`,
      `version ${version}`,
    );
  };
  expect(await count()).toBe(160);
  await client.subscription.updateMany({
    where: { feedId },
    data: { readThroughId: 9_000_000_000n, keepItems: 100 },
  });
  await client.feed.update({ where: { id: feedId }, data: { trimAt: new Date() } });
  // The worker's own rounds do it.
  await eventually(async () => (await count()) === 100, 'trimmed', 30_000);
  await fetchAgain();
  expect(await count()).toBe(100);
  items = [...old].reverse().map((item) => ({ ...item, title: `Edited: ${item.title}` }));
  await fetchAgain();
  expect(await count()).toBe(100);
  items = [
    { ...old[0], guid: randomBytes(8).toString('hex'), title: 'Really new', date: new Date() },
    ...items,
  ] as typeof old;
  await fetchAgain();
  expect(await count()).toBe(101);
  await worker.end('SIGTERM');
});
