import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { type Backend, useStage } from '../support/stage';

describe.each<Backend>(['postgres', 'redis'])('accepting a replacement, on %s', (backend) => {
  const stage = useStage(backend);

  const NEW = 'https://new.example/feed';
  const digest = (text: string) => createHash('sha256').update(text).digest();

  const store = async () => (await import('@/lib/store/client')).openStore();

  async function accept(userId: number, feedIds: number[]) {
    const { acceptReplacements } = await import('@/lib/service/accept-replacements');
    return acceptReplacements({ userId, feedIds });
  }

  let friendId = 0;
  let lostId = 0;
  let folderId = 0;
  let items: bigint[] = [];

  /** How many jobs wait that persons wait for. */
  async function countWanted(): Promise<number | undefined> {
    const { readFetching } = await import('@/lib/service/oversee-fetching');
    return (await readFetching()).queue?.queues.find(({ name }) => name === 'fetch')?.waiting;
  }

  async function makeItem(feedId: number, name: string): Promise<bigint> {
    const item = await (await store()).item.create({
      data: {
        feedId,
        identity: digest(name),
        contentHash: digest(name),
        title: name,
        sortAt: new Date(),
        html: '',
        excerpt: '',
      },
    });
    return item.id;
  }

  /** A lost feed of four items that two people read: one has a folder, a title, read items and stars. */
  beforeEach(async () => {
    const { userId } = stage.current;
    const db = await store();
    await db.feed.deleteMany();
    await db.folder.deleteMany();
    friendId = (await db.user.upsert({ where: { name: 'friend' }, create: { name: 'friend' }, update: {} }))
      .id;
    folderId = (await db.folder.create({ data: { userId, name: 'Sea' } })).id;
    const lost = await db.feed.create({
      data: { url: 'https://old.example/feed', host: 'old.example', status: 'FAILING', replacement: NEW },
    });
    lostId = lost.id;
    items = [];
    for (const name of ['a', 'b', 'c', 'd']) items.push(await makeItem(lostId, name));
    const [, second = 0n, third = 0n, fourth = 0n] = items;
    await db.subscription.createMany({
      data: [
        { userId, feedId: lostId, folderId, title: 'Mine', readThroughId: second, fullText: true },
        { userId: friendId, feedId: lostId, title: 'Ours' },
      ],
    });
    await db.itemState.createMany({
      data: [
        { userId, itemId: third, read: true },
        { userId, itemId: fourth, starredAt: new Date() },
        { userId: friendId, itemId: fourth, read: true, starredAt: new Date() },
      ],
    });
  });

  it('moves folder and title over, keeps the stars, and leaves everybody else alone', async () => {
    const { userId } = stage.current;
    const db = await store();
    const waiting = await eventually(async () => (await countWanted()) ?? null, 'the queue answers');
    const [newId] = await accept(userId, [lostId]);
    // Whoever has accepted it waits for it.
    await eventually(async () => (await countWanted()) === waiting + 1, 'its job');
    const feed = await db.feed.findUniqueOrThrow({ where: { id: newId ?? 0 } });
    expect(feed).toMatchObject({ url: NEW, host: 'new.example', status: 'QUEUED' });
    expect(await db.subscription.findMany({ where: { userId } })).toMatchObject([
      { feedId: newId, folderId, title: 'Mine', fullText: true },
    ]);
    expect(await db.subscription.findMany({ where: { userId: friendId } })).toMatchObject([
      { feedId: lostId, title: 'Ours' },
    ]);
    expect(await db.itemState.count()).toBe(3);
    expect(
      await db.itemState.count({ where: { userId, itemId: items[3] ?? 0n, starredAt: { not: null } } }),
    ).toBe(1);
    // The friend still reads the old one: it goes on being tried.
    expect((await db.feedSchedule.findUniqueOrThrow({ where: { feedId: lostId } })).sweepAt).not.toBeNull();
    // A second click finds nothing to do.
    expect(await accept(userId, [lostId])).toEqual([]);
  });

  it('takes an alias’s feed, what the reader says of it already, and what was read in both', async () => {
    const { userId } = stage.current;
    const db = await store();
    const known = await db.feed.create({
      data: {
        url: 'https://new.example/real',
        host: 'new.example',
        aliases: { create: { url: NEW } },
        subscriptions: { create: { userId, title: 'Already' } },
      },
    });
    const kept: bigint[] = [];
    for (const name of ['d', 'c', 'b', 'z']) kept.push(await makeItem(known.id, name));
    const [sameD = 0n, sameC = 0n, sameB = 0n] = kept;
    await db.itemState.create({ data: { userId, itemId: sameB, read: false } });
    expect(await accept(userId, [lostId])).toEqual([known.id]);
    expect(await db.subscription.findMany({ where: { userId } })).toMatchObject([
      { feedId: known.id, folderId, title: 'Already', fullText: true },
    ]);
    const states = await db.itemState.findMany({
      where: { itemId: { in: kept } },
      orderBy: { itemId: 'asc' },
    });
    // What was said of the new feed's item stands; the starred one was not read.
    expect(states.map(({ itemId, userId: of, read }) => [itemId, of, read])).toEqual([
      [sameC, userId, true],
      [sameB, userId, false],
    ]);
    expect(sameD).not.toBe(0n);
  });

  it('does nothing for a stranger, for a feed without a replacement, or one that leads to itself', async () => {
    const { userId } = stage.current;
    const db = await store();
    const stranger = await db.user.create({ data: { name: 'stranger' } });
    expect(await accept(stranger.id, [lostId])).toEqual([]);
    await db.feed.update({ where: { id: lostId }, data: { replacement: null } });
    expect(await accept(userId, [lostId])).toEqual([]);
    await db.feed.update({ where: { id: lostId }, data: { replacement: 'https://old.example/feed' } });
    expect(await accept(userId, [lostId])).toEqual([lostId]);
    expect(await db.subscription.count({ where: { feedId: lostId } })).toBe(2);
    expect(await db.feed.count()).toBe(1);
  });

  it('does all or nothing', async () => {
    const { userId } = stage.current;
    const { exchangeFeed } = await import('@/lib/store/change-subscriptions');
    const db = await store();
    await db.$executeRaw`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'`;
    await db.$executeRaw`
      CREATE TRIGGER refuse BEFORE DELETE ON subscriptions FOR EACH ROW EXECUTE FUNCTION refuse()`;
    const exchange = { feedId: lostId, replacement: NEW, url: NEW, host: 'new.example' };
    await expect(exchangeFeed(userId, exchange)).rejects.toThrow('no');
    await db.$executeRaw`DROP TRIGGER refuse ON subscriptions`;
    expect(await db.feed.count()).toBe(1);
    expect(await db.subscription.count()).toBe(2);
    // Another replacement has been found since: not what was shown.
    expect(await exchangeFeed(userId, { ...exchange, replacement: 'https://else.example/' })).toBeNull();
  });
});
