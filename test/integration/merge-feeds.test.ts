import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { type Backend, useStage } from '../support/stage';

/** What one reader does with one feed. */
interface Reading {
  /** Items up to this one, of those that the feed has, are read by the watermark. */
  through: number;
  /** By item: explicitly read, unread, or neither; and whether it is starred. */
  states: Record<string, { read: boolean | null; starred: boolean }>;
}

interface World {
  /** Names of items, which are also their days, in the order they were stored. */
  old: number[];
  kept: number[];
  readers: { old: Reading | null; kept: Reading | null }[];
}

const days = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 6 });
const reading = fc.record({
  through: fc.integer({ min: 0, max: 6 }),
  states: fc.dictionary(
    fc.integer({ min: 1, max: 9 }).map(String),
    fc.record({ read: fc.option(fc.boolean()), starred: fc.boolean() }),
    { maxKeys: 5 },
  ),
});
const world: fc.Arbitrary<World> = fc.record({
  old: days,
  kept: days,
  readers: fc.array(fc.record({ old: fc.option(reading), kept: fc.option(reading) }), {
    minLength: 1,
    maxLength: 4,
  }),
});

/** What a reader has read, as the page would show it. */
function isRead({ through, states }: Reading, items: number[], day: number): boolean {
  return states[day]?.read ?? items.indexOf(day) < through;
}

/** What has to come out, said without watermarks. */
function expectReading({ old, kept }: World, reader: World['readers'][number], day: number) {
  const inOld = old.includes(day);
  const inKept = kept.includes(day);
  const starred =
    (inOld && reader.old?.states[day]?.starred) || (inKept && reader.kept?.states[day]?.starred);
  const readOld = reader.old && inOld ? isRead(reader.old, old, day) : null;
  const readKept = reader.kept && inKept ? isRead(reader.kept, kept, day) : null;
  const markedUnread =
    (readOld !== null && reader.old?.states[day]?.read === false) ||
    (readKept !== null && reader.kept?.states[day]?.read === false);
  if (readOld !== null || readKept !== null) {
    return {
      read: markedUnread ? false : (readOld ?? false) || (readKept ?? false),
      starred: Boolean(starred),
    };
  }
  // An item that only the other feed had: history, if it is older than what the reader had.
  const own = reader.old ? old : kept;
  return { read: own.length > 0 && day <= Math.max(...own), starred: Boolean(starred) };
}

async function build(description: World) {
  const { openStore } = await import('@/lib/store/client');
  const store = openStore();
  const token = randomUUID();
  const make = async (name: string, claim: string | null) => {
    const feed = await store.feed.create({
      data: { url: `https://${name}.example/${randomUUID()}`, host: `${name}.example` },
    });
    await store.feedSchedule.update({ where: { feedId: feed.id }, data: { claim } });
    return feed;
  };
  const old = await make('old', token);
  const kept = await make('kept', null);
  const ids = { old: new Map<number, bigint>(), kept: new Map<number, bigint>() };
  // Both feeds' items are stored in turns, so that ids and watermarks of the two are interleaved.
  for (let index = 0; index < 6; index += 1) {
    for (const [name, feed] of [['old', old] as const, ['kept', kept] as const]) {
      const day = description[name][index];
      if (day === undefined) continue;
      const identity = Buffer.from([day]);
      const at = new Date(Date.UTC(2026, 0, day));
      const item = await store.item.create({
        data: {
          feedId: feed.id,
          identity,
          contentHash: identity,
          title: String(day),
          sortAt: at,
          html: '',
          excerpt: '',
        },
      });
      ids[name].set(day, item.id);
    }
  }
  const users: number[] = [];
  for (const reader of description.readers) {
    const user = await store.user.create({ data: { name: randomUUID() } });
    users.push(user.id);
    for (const [name, feed] of [['old', old] as const, ['kept', kept] as const]) {
      const mine = reader[name];
      if (mine === null) continue;
      const last = description[name].slice(0, mine.through).at(-1);
      const readThroughId = last === undefined ? 0n : (ids[name].get(last) ?? 0n);
      await store.subscription.create({
        data: { userId: user.id, feedId: feed.id, readThroughId, title: name },
      });
      for (const [day, { read, starred }] of Object.entries(mine.states)) {
        const itemId = ids[name].get(Number(day));
        const starredAt = starred ? new Date() : null;
        if (itemId !== undefined) {
          await store.itemState.create({ data: { userId: user.id, itemId, read, starredAt } });
        }
      }
    }
  }
  return { store, token, old, kept, users };
}

describe.each<Backend>(['postgres', 'redis'])('merging feeds, on %s', (backend) => {
  useStage(backend);

  it('a merge of any two feeds leaves to each reader what they had read, kept unread and starred', async () => {
    const { moveFeed } = await import('@/lib/store/move-feed');
    const check = async (description: World) => {
      const { store, token, old, kept, users } = await build(description);
      const moved = await moveFeed({ feedId: old.id, token, url: kept.url, host: kept.host });
      expect(moved).toEqual({ kind: 'merged', feedId: kept.id });
      expect(await store.feed.count({ where: { id: old.id } })).toBe(0);
      const items = await store.item.findMany({ where: { feedId: kept.id }, include: { states: true } });
      const all = [...new Set([...description.old, ...description.kept])].sort();
      expect(items.map((item) => Number(item.title)).sort()).toEqual(all);
      for (const [index, reader] of description.readers.entries()) {
        const userId = users[index] ?? 0;
        const where = { userId_feedId: { userId, feedId: kept.id } };
        const subscription = await store.subscription.findUnique({ where });
        if (reader.old === null && reader.kept === null) {
          expect(subscription).toBeNull();
          continue;
        }
        expect(subscription?.title).toBe(reader.kept ? 'kept' : 'old');
        const shown = items.map((item) => {
          const state = item.states.find((each) => each.userId === userId);
          const read = state?.read ?? item.id <= (subscription?.readThroughId ?? 0n);
          return [Number(item.title), { read, starred: Boolean(state?.starredAt) }];
        });
        const wanted = all.map((day) => [day, expectReading(description, reader, day)]);
        expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(wanted));
      }
      expect(await store.feed.findUnique({ where: { id: kept.id } })).toMatchObject({
        itemCount: items.length - description.kept.length,
      });
    };
    await fc.assert(fc.asyncProperty(world, check), { numRuns: 150 });
  }, 400_000);

  it('keeps folders and the older subscription, stars of those who left, and wakes a feed that was gone', async () => {
    const { moveFeed } = await import('@/lib/store/move-feed');
    const { findMergedFeed } = await import('@/lib/store/read-feeds');
    const { countUnread } = await import('@/lib/store/count-unread');
    const both: Reading = { through: 0, states: {} };
    const left: Reading = { through: 0, states: { 1: { read: true, starred: true } } };
    const { store, token, old, kept, users } = await build({
      old: [1, 2],
      kept: [1],
      readers: [
        { old: both, kept: both },
        { old: left, kept: null },
      ],
    });
    const [userId = 0, leaver = 0] = users;
    const folder = await store.folder.create({ data: { userId, name: 'Blogs' } });
    const since = new Date('2020-01-01');
    await store.subscription.updateMany({
      where: { userId, feedId: old.id },
      data: { folderId: folder.id, createdAt: since, fullText: true },
    });
    await store.subscription.deleteMany({ where: { userId: leaver } });
    await store.feed.update({
      where: { id: kept.id },
      data: { status: 'GONE', schedule: { update: { nextFetchAt: null, sweepAt: null } } },
    });
    await store.feedAlias.create({ data: { url: `${old.url}/site`, feedId: old.id, formerId: 999_999 } });
    // What was deleted, what can be undone, and what the readers' lists count.
    await store.forgottenItem.createMany({
      data: [
        { feedId: old.id, mark: 7n },
        { feedId: old.id, mark: 8n },
        { feedId: kept.id, mark: 8n },
      ],
    });
    const undo = randomUUID();
    await store.endedSubscription.create({ data: { userId: leaver, feedId: old.id, undo, kept: {} } });
    await store.subscription.updateMany({ where: { userId }, data: { unreadCount: 99 } });
    await moveFeed({ feedId: old.id, token, url: kept.url, host: kept.host });
    const subscription = await store.subscription.findFirst({ where: { userId, feedId: kept.id } });
    expect(subscription).toMatchObject({
      folderId: folder.id,
      title: 'kept',
      createdAt: since,
      fullText: true,
    });
    const states = await store.itemState.findMany({ where: { userId: leaver }, include: { item: true } });
    expect(states).toMatchObject([{ read: true, item: { feedId: kept.id, title: '1' } }]);
    expect(states[0]?.starredAt).not.toBeNull();
    const feed = await store.feedSchedule.findUnique({ where: { feedId: kept.id } });
    expect(feed?.nextFetchAt?.getTime()).toBeLessThanOrEqual(Date.now() + 1000);
    expect(feed?.sweepAt).not.toBeNull();
    expect(await findMergedFeed(userId, old.id)).toBe(kept.id);
    expect(await findMergedFeed(userId, 999_999)).toBe(kept.id);
    const forgotten = await store.forgottenItem.findMany({
      where: { feedId: kept.id },
      orderBy: { mark: 'asc' },
    });
    expect(forgotten.map(({ mark }) => mark)).toEqual([7n, 8n]);
    expect(await store.endedSubscription.findMany({ where: { undo } })).toMatchObject([{ feedId: kept.id }]);
    expect(await countUnread(userId)).toEqual({ [kept.id]: 2 });
  });

  it('counts anew what is unread, though no item moves', async () => {
    const { moveFeed } = await import('@/lib/store/move-feed');
    const { countUnread } = await import('@/lib/store/count-unread');
    const readers = [{ old: { through: 1, states: {} }, kept: { through: 0, states: {} } }];
    const { token, old, kept, users } = await build({ old: [1], kept: [1], readers });
    const [userId = 0] = users;
    expect(await countUnread(userId)).toEqual({ [kept.id]: 1 });
    await moveFeed({ feedId: old.id, token, url: kept.url, host: kept.host });
    expect(await countUnread(userId)).toEqual({});
  });

  it('two merges in opposite directions at once do not wait for each other for ever', async () => {
    const { moveFeed } = await import('@/lib/store/move-feed');
    const readers = [{ old: { through: 0, states: {} }, kept: null }];
    const { store, token, old, kept } = await build({ old: [1, 2, 3], kept: [2, 3, 4], readers });
    const other = randomUUID();
    await store.feedSchedule.update({ where: { feedId: kept.id }, data: { claim: other } });
    const untilWaiting = (count: number) =>
      eventually(async () => {
        const [row] = await store.$queryRaw<{ waiting: number }[]>`
          SELECT count(*)::int AS waiting FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return row?.waiting === count;
      }, `${count} merges wait`);
    const merges: ReturnType<typeof moveFeed>[] = [];
    // Whoever has the one that is locked last holds both of them up until each has begun to lock.
    await store.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT FROM feed_schedules WHERE feed_id = ${Math.max(old.id, kept.id)} FOR UPDATE`;
        merges.push(moveFeed({ feedId: kept.id, token: other, url: old.url, host: old.host }));
        await untilWaiting(1);
        merges.push(moveFeed({ feedId: old.id, token, url: kept.url, host: kept.host }));
        await untilWaiting(2);
      },
      { timeout: 60_000 },
    );
    // The later one finds the other gone, or its address free.
    expect((await Promise.all(merges)).filter(({ kind }) => kind === 'merged')).toHaveLength(1);
  });

  it('writes nothing for whoever has lost the claim', async () => {
    const { moveFeed } = await import('@/lib/store/move-feed');
    const { store, old, kept } = await build({ old: [1], kept: [2], readers: [] });
    const moved = await moveFeed({ feedId: old.id, token: randomUUID(), url: kept.url, host: kept.host });
    expect(moved).toEqual({ kind: 'lost' });
    expect(await store.feed.count({ where: { id: old.id } })).toBe(1);
  });
});
