import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { type Backend, useStage } from '../support/stage';

describe.each<Backend>(['postgres', 'redis'])('settings of feeds, on %s', (backend) => {
  const stage = useStage(backend);
  const HOUR = 3_600_000;

  let strangerId = 0;

  const store = async () => (await import('@/lib/store/client')).openStore();
  const readRow = async (feedId: number) =>
    (await store()).feedSchedule.findUniqueOrThrow({ where: { feedId } });

  beforeAll(async () => {
    strangerId = (await (await store()).user.create({ data: { name: 'stranger' } })).id;
  });

  /** A feed that was read an hour ago, and is due in half an hour. */
  async function makeFeed(facts = {}, readers = [stage.current.userId], times = {}): Promise<number> {
    const next = new Date(Date.now() + HOUR / 2);
    const { id } = await (await store()).feed.create({
      data: {
        url: `https://example.org/${randomUUID()}`,
        host: 'example.org',
        title: 'Example',
        status: 'READY',
        ...facts,
        subscriptions: { create: readers.map((userId) => ({ userId })) },
      },
    });
    await (await store()).feedSchedule.update({
      where: { feedId: id },
      data: {
        nextFetchAt: next,
        sweepAt: next,
        nextReason: 'posts about every 3 hours',
        requestedAt: null,
        lastFetchAt: new Date(Date.now() - HOUR),
        lastSuccessAt: new Date(Date.now() - HOUR),
        ...times,
      },
    });
    return id;
  }

  async function change(feedId: number, wish: object, userId = stage.current.userId) {
    const { changeSettings } = await import('@/lib/service/change-settings');
    const usual = {
      title: null,
      folderId: null,
      newFolder: '',
      floorMinutes: 0,
      keepDays: null,
      keepItems: null,
      fullText: false,
    };
    return changeSettings({ userId, feedId, ...usual, ...wish });
  }

  async function read(feedId: number, userId = stage.current.userId) {
    const { readFeedSettings } = await import('@/lib/store/read-settings');
    return readFeedSettings(userId, feedId);
  }

  const hoursAhead = (at: Date | null) => Math.round(((at?.getTime() ?? 0) - Date.now()) / HOUR) + 0;

  it('keeps a reader’s own name, folder and wishes, and shows them to nobody else', async () => {
    const feedId = await makeFeed({}, [stage.current.userId, strangerId]);
    const wishes = {
      title: '  My\n name ',
      newFolder: ' News ',
      floorMinutes: 360,
      keepDays: 0,
      keepItems: 500,
      fullText: true,
    };
    expect(await change(feedId, wishes)).toEqual({ ok: true });
    const { listFolders } = await import('@/lib/store/read-folders');
    const [folder] = await listFolders(stage.current.userId);
    expect(folder).toMatchObject({ name: 'News', position: 0 });
    expect(await read(feedId)).toMatchObject({
      title: 'My name',
      feedTitle: 'Example',
      folderId: folder?.id,
      floorMinutes: 360,
      sharedFloorMinutes: 0,
      keepDays: 0,
      keepItems: 500,
      fullText: true,
      shared: true,
      own: false,
      hasPassword: false,
    });
    expect(await read(feedId, strangerId)).toMatchObject({
      title: null,
      folderId: null,
      keepDays: null,
      fullText: false,
    });
    const { listSubscriptions } = await import('@/lib/store/read-feeds');
    expect(await listSubscriptions(stage.current.userId)).toContainEqual(
      expect.objectContaining({ id: feedId, title: 'My name', folderId: folder?.id }),
    );
    expect(await change(feedId, { folderId: folder?.id }, strangerId)).toMatchObject({ ok: false });
    expect(await change(await makeFeed({}, [strangerId]), { title: 'mine?' })).toMatchObject({ ok: false });
  });

  it('refuses what is too long, or is no choice, in a sentence', async () => {
    const feedId = await makeFeed();
    for (const wish of [
      { title: 'x'.repeat(201) },
      { floorMinutes: 10_081 },
      { floorMinutes: -1 },
      { keepDays: 1.5 },
      { keepItems: -1 },
      { newFolder: 'x'.repeat(101) },
    ]) {
      const result = await change(feedId, wish);
      expect(result).toMatchObject({ ok: false, message: expect.stringMatching(/^[A-Z].*\.$/) });
    }
    expect(await read(feedId)).toMatchObject({ title: null, floorMinutes: 0 });
  });

  it('puts a fetch off for a wish, and brings it back when the wish is gone', async () => {
    const feedId = await makeFeed();
    await change(feedId, { floorMinutes: 720 });
    const put = await readRow(feedId);
    expect(hoursAhead(put.nextFetchAt)).toBe(11);
    expect(put.sweepAt).toEqual(put.nextFetchAt);
    expect(put.nextReason).toBe('its readers want it at most every 12 hours');
    await change(feedId, { floorMinutes: 180 });
    expect(hoursAhead((await readRow(feedId)).nextFetchAt)).toBe(2);
    await change(feedId, {});
    const back = await readRow(feedId);
    expect(hoursAhead(back.nextFetchAt)).toBe(0);
    expect(back.nextReason).toBe('its readers want it more often');
  });

  it('a feed that is put off leaves the line of its host to those that are due', async () => {
    const { claimFeeds } = await import('@/lib/store/claim-feeds');
    const host = 'line.example';
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    const [first = 0, second = 0, third = 0] = await Promise.all(
      [9, 8, 7].map((minutes) =>
        makeFeed({ host }, [stage.current.userId], { slotAt: ago(minutes), nextFetchAt: ago(minutes) }),
      ),
    );
    for (const feedId of [first, second]) await change(feedId, { floorMinutes: 720 });
    const claimed = await claimFeeds({ feedIds: [], hosts: [host] }, { atOnce: 2, perMinute: 60 });
    expect(claimed.map(({ id }) => id)).toEqual([third]);
    expect((await readRow(first)).slotAt).toBeNull();
  });

  it('one reader’s wish holds nobody else up, and neither wakes what nobody is to fetch', async () => {
    const shared = await makeFeed({}, [stage.current.userId, strangerId]);
    const before = await readRow(shared);
    await change(shared, { floorMinutes: 720 });
    expect(await readRow(shared)).toEqual(before);
    await change(shared, { floorMinutes: 180 }, strangerId);
    expect(hoursAhead((await readRow(shared)).nextFetchAt)).toBe(2);
    const asleep = await makeFeed({ status: 'GONE' }, [stage.current.userId], {
      nextFetchAt: null,
      sweepAt: null,
    });
    await change(asleep, { floorMinutes: 720 });
    expect(await readRow(asleep)).toMatchObject({ nextFetchAt: null, sweepAt: null });
  });

  it('a worker fetches at the smallest floor among the readers, and pushes wait for it too', async () => {
    const { server, userId, startWorker } = stage.current;
    const items = makeItems(3).map((item, index) => ({ ...item, date: new Date(Date.now() - index * HOUR) }));
    server.serve('/floor', { body: writeRss('Floor', items) });
    const { subscribe } = await import('@/lib/service/subscribe');
    const result = await subscribe({ userId, address: `${server.origin}/floor` });
    if (!result.ok) throw new Error(result.message);
    const { feedId } = result;
    await change(feedId, { floorMinutes: 600 });
    await (await store()).subscription.create({ data: { userId: strangerId, feedId, floorMinutes: 900 } });
    const worker = await startWorker();
    await stage.current.untilStatus(feedId, 'ready');
    const feed = await eventually(async () => {
      const row = await readRow(feedId);
      return row.lastSuccessAt === null ? null : row;
    }, 'the feed is read');
    expect(hoursAhead(feed.nextFetchAt)).toBeGreaterThanOrEqual(10);
    expect(hoursAhead(feed.nextFetchAt)).toBeLessThanOrEqual(11);
    expect(feed.nextReason).toBe('its readers want it at most every 10 hours');
    const { acceptPush } = await import('@/lib/store/hubs');
    await acceptPush({ id: 0, feedId, secret: null });
    expect(hoursAhead((await readRow(feedId)).nextFetchAt)).toBe(10);
    await change(feedId, {});
    await acceptPush({ id: 0, feedId, secret: null });
    expect(hoursAhead((await readRow(feedId)).nextFetchAt)).toBe(0);
    await worker.end('SIGTERM');
  });

  it('tells how a feed stands with its hub, to its readers alone', async () => {
    const { readFeedHub } = await import('@/lib/store/read-hub');
    const { userId } = stage.current;
    const plain = await makeFeed();
    expect(await readFeedHub(userId, plain)).toBeNull();
    const hub = 'https://hub.example/';
    const feedId = await makeFeed({ hints: { hubUrl: hub } });
    expect(await readFeedHub(userId, feedId)).toMatchObject({
      hub,
      state: 'none',
      askAt: null,
      missed: false,
    });
    expect(await readFeedHub(strangerId, feedId)).toBeNull();
    const facts = { feedId, hub, topic: 'https://example.org/feed' };
    const made = await (await store()).hubSubscription.create({
      data: { ...facts, token: randomUUID(), state: 'DENIED', error: 'The hub refuses: no.' },
    });
    expect(await readFeedHub(userId, feedId)).toMatchObject({
      state: 'denied',
      error: 'The hub refuses: no.',
    });
    const leaseUntil = new Date(Date.now() + HOUR);
    const pushed = { lastPushAt: new Date(Date.now() - HOUR), missedAt: new Date() };
    const update = (data: object) =>
      store().then((client) => client.hubSubscription.update({ where: { id: made.id }, data }));
    await update({ state: 'ACTIVE', leaseUntil, error: null, ...pushed });
    expect(await readFeedHub(userId, feedId)).toMatchObject({ state: 'active', leaseUntil, missed: true });
    await update({ lastPushAt: new Date(Date.now() + 1000) });
    expect(await readFeedHub(userId, feedId)).toMatchObject({ missed: false });
    await update({ leaseUntil: new Date(Date.now() - HOUR) });
    expect(await readFeedHub(userId, feedId)).toMatchObject({ state: 'active', leaseUntil: null });
  });
});
