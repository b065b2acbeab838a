import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { useStage } from '../support/stage';

const stage = useStage('postgres');

let strangerId = 0;

const store = async () => (await import('@/lib/store/client')).openStore();

beforeAll(async () => {
  strangerId = (await (await store()).user.create({ data: { name: 'stranger' } })).id;
});

/** A feed with an item, followed in a way of the reader's own. */
async function makeFeed(readers = [stage.current.userId]) {
  const client = await store();
  const feed = await client.feed.create({
    data: {
      url: `https://example.org/${randomUUID()}`,
      host: 'example.org',
      title: 'Example',
      items: {
        create: {
          identity: Buffer.from(randomUUID()),
          contentHash: Buffer.from('x'),
          title: 'Item',
          sortAt: new Date(),
          html: '',
          excerpt: '',
        },
      },
    },
    include: { items: true },
  });
  for (const userId of readers) {
    const folder = await client.folder.create({ data: { userId, name: randomUUID() } });
    await client.subscription.create({
      data: {
        userId,
        feedId: feed.id,
        folderId: folder.id,
        title: 'My “own”\n\\name',
        readThroughId: 9_007_199_254_740_993n,
        floorMinutes: 360,
        keepDays: 0,
        keepItems: 500,
        fullText: true,
        offers: [{ url: 'https://example.org/other', title: null }],
        createdAt: new Date('2020-02-29T12:34:56.789Z'),
      },
    });
  }
  return feed;
}

const readAll = async (feedId: number) =>
  (await store()).subscription.findMany({ where: { feedId }, orderBy: { id: 'asc' } });

async function end(feedIds: number[], userId = stage.current.userId) {
  const { unsubscribeMany } = await import('@/lib/service/unsubscribe-many');
  return unsubscribeMany({ userId, feedIds });
}

async function undo(token: string | null, userId = stage.current.userId) {
  const { undoUnsubscribe } = await import('@/lib/service/undo-unsubscribe');
  return undoUnsubscribe({ userId, undo: token ?? '' });
}

it('brings back exactly what was, stars and states included, once', async () => {
  const client = await store();
  const { userId } = stage.current;
  const [one, two] = [await makeFeed(), await makeFeed([userId, strangerId])];
  const itemId = one.items[0]?.id ?? 0n;
  await client.itemState.create({ data: { userId, itemId, read: false, starredAt: new Date() } });
  const before = [await readAll(one.id), await readAll(two.id)];
  const states = await client.itemState.findMany({ where: { itemId } });
  const ended = await end([one.id, two.id, 999_999]);
  expect(ended).toMatchObject({ count: 2, undo: expect.any(String) });
  expect(await readAll(one.id)).toEqual([]);
  expect((await client.feedSchedule.findUnique({ where: { feedId: one.id } }))?.sweepAt).toBeNull();
  const { listEnded } = await import('@/lib/store/end-subscriptions');
  expect(await listEnded(userId)).toMatchObject([
    { undo: ended.undo, count: 2, titles: ['My “own”\n\\name', 'My “own”\n\\name'] },
  ]);
  expect(await listEnded(strangerId)).toEqual([]);
  expect(await undo(ended.undo, strangerId)).toEqual([]);
  expect(await undo(ended.undo)).toEqual([one.id, two.id]);
  expect([await readAll(one.id), await readAll(two.id)]).toEqual(before);
  expect(await client.itemState.findMany({ where: { itemId } })).toEqual(states);
  expect((await client.feedSchedule.findUnique({ where: { feedId: one.id } }))?.sweepAt).not.toBeNull();
  expect(await undo(ended.undo)).toEqual([]);
  expect(await listEnded(userId)).toEqual([]);
});

it('holds for ten minutes and longer, and not for ever', async () => {
  const client = await store();
  const feed = await makeFeed();
  const { undo: token } = await end([feed.id]);
  const age = (interval: string) =>
    client.$executeRaw`UPDATE ended_subscriptions SET ended_at = now() - ${interval}::interval`;
  const { forgetEnded, listEnded } = await import('@/lib/store/end-subscriptions');
  await age('23 hours');
  await forgetEnded();
  expect(await listEnded(stage.current.userId)).toHaveLength(1);
  await age('25 hours');
  expect(await listEnded(stage.current.userId)).toEqual([]);
  expect(await undo(token)).toEqual([]);
  await forgetEnded();
  expect(await client.endedSubscription.count()).toBe(0);
  for (const nonsense of ['', 'x', "'; --", randomUUID()]) expect(await undo(nonsense)).toEqual([]);
});

it('whoever has subscribed again meanwhile gets the old settings, and has read what was read in either', async () => {
  const { userId } = stage.current;
  const feed = await makeFeed();
  const [before] = await readAll(feed.id);
  const { undo: token } = await end([feed.id]);
  const { subscribe } = await import('@/lib/service/subscribe');
  await subscribe({ userId, address: feed.url });
  expect(await readAll(feed.id)).toMatchObject([{ title: null, readThroughId: 0n }]);
  expect(await undo(token)).toEqual([feed.id]);
  const { title, folderId, readThroughId, floorMinutes, fullText } = before ?? {};
  expect(await readAll(feed.id)).toMatchObject([{ title, folderId, readThroughId, floorMinutes, fullText }]);
});

it('brings back what was ended before there was a choice of texts', async () => {
  const feed = await makeFeed();
  const { undo: token } = await end([feed.id]);
  await (await store()).$executeRaw`UPDATE ended_subscriptions SET kept = kept - 'full_text'`;
  expect(await undo(token)).toEqual([feed.id]);
  expect(await readAll(feed.id)).toMatchObject([{ keepItems: 500, fullText: false }]);
});

it('follows a feed that has been merged into another since', async () => {
  const client = await store();
  const { mergeFeeds } = await import('@/lib/store/merge-feeds');
  const [from, into] = [await makeFeed(), await makeFeed([strangerId])];
  const { undo: token } = await end([from.id]);
  await client.$transaction((tx) => mergeFeeds(tx, from.id, into.id));
  expect(await undo(token)).toEqual([into.id]);
  const titles = (await readAll(into.id)).map(({ userId }) => userId);
  expect(titles.sort()).toEqual([stage.current.userId, strangerId].sort());
});
