import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { type Backend, useStage } from '../support/stage';

describe.each<Backend>(['postgres', 'redis'])('the health of feeds, on %s', (backend) => {
  const stage = useStage(backend);

  const DAY = 86_400_000;
  const ago = (milliseconds: number) => new Date(Date.now() - milliseconds);

  let strangerId = 0;

  const store = async () => (await import('@/lib/store/client')).openStore();

  interface Facts {
    title: string;
    status?: 'READY' | 'FAILING' | 'GONE';
    [column: string]: unknown;
  }

  /** Columns of its schedule. */
  type Times = Record<string, unknown>;

  /** A feed that nothing is due for, followed by some readers. */
  async function makeFeed(
    facts: Facts,
    times: Times = {},
    readers = [stage.current.userId],
  ): Promise<number> {
    const { openStore } = await import('@/lib/store/client');
    const feed = await openStore().feed.create({
      data: {
        url: `https://example.org/${randomUUID()}`,
        host: 'example.org',
        status: 'READY',
        ...facts,
        subscriptions: { create: readers.map((userId) => ({ userId })) },
      },
    });
    await openStore().feedSchedule.update({
      where: { feedId: feed.id },
      data: { nextFetchAt: null, sweepAt: null, requestedAt: null, lastSuccessAt: new Date(), ...times },
    });
    return feed.id;
  }

  async function list(query: object, userId = stage.current.userId) {
    const { listFeedHealth } = await import('@/lib/store/read-health');
    const page = await listFeedHealth(userId, { show: 'all', sort: 'name', search: '', page: 1, ...query });
    return { ...page, titles: page.feeds.map((feed) => feed.title) };
  }

  beforeAll(async () => {
    strangerId = (await (await store()).user.create({ data: { name: 'stranger' } })).id;
    await makeFeed(
      { title: 'Émile 9', lastItemAt: ago(DAY) },
      { lastTotalMs: 5001, lastFetchAt: ago(5 * DAY) },
    );
    await makeFeed(
      { title: 'emile 10', lastItemAt: ago(91 * DAY) },
      { lastTotalMs: 5000, lastFetchAt: ago(DAY) },
    );
    await makeFeed({ title: 'Dune', status: 'FAILING', lastItemAt: ago(2 * DAY) }, { failures: 3 });
    await makeFeed({ title: 'ferry', status: 'GONE', lastItemAt: ago(400 * DAY) }, { failures: 1 });
    await makeFeed({ title: 'Guests', movedTo: 'https://example.org/moved', createdAt: ago(100 * DAY) });
    await makeFeed({ title: 'Somebody else’s' }, {}, [strangerId]);
  });

  it('finds what is failing, dormant, slow, gone and moved, and counts each', async () => {
    const all = await list({});
    expect(all.titles).toEqual(['Dune', 'Émile 9', 'emile 10', 'ferry', 'Guests']);
    expect(all.counts).toEqual({ all: 5, failing: 1, dormant: 2, slow: 1, gone: 1, moved: 1 });
    expect((await list({ show: 'failing' })).titles).toEqual(['Dune']);
    expect((await list({ show: 'dormant' })).titles).toEqual(['emile 10', 'Guests']);
    expect((await list({ show: 'slow' })).titles).toEqual(['Émile 9']);
    expect((await list({ show: 'gone' })).titles).toEqual(['ferry']);
    expect((await list({ show: 'moved' })).titles).toEqual(['Guests']);
    expect((await list({}, strangerId)).titles).toEqual(['Somebody else’s']);
  });

  it('orders by what is asked for, unknown ones last', async () => {
    const order = async (sort: string) => (await list({ sort })).titles.map((title) => title[0]).join('');
    expect(await order('newest')).toBe('ÉDefG');
    expect(await order('checked')).toBe('eÉDfG');
    expect(await order('slowest')).toBe('ÉeDfG');
    expect(await order('failures')).toBe('DfÉeG');
  });

  it('searches names and addresses, without taking signs for patterns', async () => {
    expect((await list({ search: 'dUNE' })).titles).toEqual(['Dune']);
    expect((await list({ search: 'EMILE' })).counts).toMatchObject({ all: 1, slow: 0 });
    expect((await list({ search: 'example.org' })).titles).toHaveLength(5);
    for (const search of ['%', '_', "'", '\\']) expect((await list({ search })).titles).toEqual([]);
  });

  it('shows the last page where a later one is asked for', async () => {
    for (let number = 0; number < 50; number += 1) await makeFeed({ title: `page ${number}` });
    const last = await list({ search: 'page', page: 99 });
    expect(last).toMatchObject({ page: 1, pages: 1 });
    expect((await list({ page: 99 })).page).toBe(2);
    expect((await list({ page: 99 })).titles).toHaveLength(5);
  });

  it('asks for many feeds at once, but for nobody else’s, and leaves those that a worker has', async () => {
    const { refreshFeeds } = await import('@/lib/service/refresh-feeds');
    const mine: number[] = [];
    for (let number = 0; number < 60; number += 1)
      mine.push(await makeFeed({ title: `try ${number}`, host: `try-${number}.example` }));
    const claimed = { claim: randomUUID(), claimUntil: new Date(Date.now() + 60_000) };
    const held = await makeFeed({ title: 'held' }, claimed);
    const other = await makeFeed({ title: 'try other' }, {}, [strangerId]);
    const feedIds = [...mine, held, other];
    expect(await refreshFeeds({ userId: stage.current.userId, feedIds })).toBe(61);
    const feeds = await (await store()).feedSchedule.findMany({
      where: { feedId: { in: feedIds } },
      orderBy: { feedId: 'asc' },
    });
    expect(feeds.map((feed) => feed.requestedAt !== null)).toEqual([...Array(61).fill(true), false]);
    expect(feeds.map((feed) => feed.sweepAt !== null)).toEqual([...Array(60).fill(true), false, false]);
  });

  it('ends many subscriptions at once; who else reads a feed goes on', async () => {
    const { unsubscribeMany } = await import('@/lib/service/unsubscribe-many');
    const { userId } = stage.current;
    const due = { nextFetchAt: new Date(), sweepAt: new Date() };
    const alone = await makeFeed({ title: 'alone' }, due);
    const shared = await makeFeed({ title: 'shared' }, due, [userId, strangerId]);
    const other = await makeFeed({ title: 'other' }, due, [strangerId]);
    const ended = await unsubscribeMany({ userId, feedIds: [alone, shared, other] });
    expect(ended.count).toBe(2);
    const feeds = await (await store()).feed.findMany({
      where: { id: { in: [alone, shared, other] } },
      orderBy: { id: 'asc' },
      select: { schedule: { select: { sweepAt: true } }, subscriptions: { select: { userId: true } } },
    });
    expect(feeds.map(({ schedule }) => schedule?.sweepAt != null)).toEqual([false, true, true]);
    expect(feeds.map((feed) => feed.subscriptions.length)).toEqual([0, 1, 1]);
  });

  it('logs what an attempt was, and hands it out in pages to its readers alone', async () => {
    const { server, userId, startWorker } = stage.current;
    const { subscribe } = await import('@/lib/service/subscribe');
    const { listFetches, readFeedDays } = await import('@/lib/store/read-fetches');
    const items = makeItems(3).map((item, index) => ({ ...item, date: ago(index * 2 * DAY) }));
    server.serve('/log', ({ count }) => (count === 2 ? { status: 500 } : { body: writeRss('Log', items) }));
    const result = await subscribe({ userId, address: `${server.origin}/log` });
    if (!result.ok) throw new Error(result.message);
    const { feedId } = result;
    // Those of the tests before have servers that are not on this machine, which are long in coming.
    await (await store())
      .$executeRaw`UPDATE feed_schedules SET sweep_at = NULL, next_fetch_at = NULL WHERE feed_id <> ${feedId}`;
    const worker = await startWorker();
    for (const attempts of [1, 2, 3]) {
      await eventually(
        async () => (await listFetches(userId, feedId)).fetches.length === attempts,
        `attempt ${attempts}`,
      );
      await (await store()).$executeRaw`
      UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now() WHERE feed_id = ${feedId} AND ${attempts} < 3`;
    }
    const { fetches } = await listFetches(userId, feedId);
    expect(fetches.map((fetch) => [fetch.outcome, fetch.newItems, fetch.httpStatus])).toEqual([
      ['unchanged', 0, 200],
      ['failed', 0, 500],
      ['updated', 3, 200],
    ]);
    const first = await listFetches(userId, feedId, { limit: 2 });
    const second = await listFetches(userId, feedId, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.fetches, ...second.fetches]).toEqual(fetches);
    expect(second.nextCursor).toBeNull();

    const days = await readFeedDays(userId, feedId);
    expect(days).toHaveLength(30);
    expect(days.at(-1)?.day).toBe(new Date().toISOString().slice(0, 10));
    expect(days.filter((day) => day.items > 0)).toHaveLength(3);
    expect(days.at(-1)).toMatchObject({ items: 1, failures: 1 });
    expect((await listFetches(strangerId, feedId)).fetches).toEqual([]);
    expect(await readFeedDays(strangerId, feedId)).toEqual([]);
    await worker.end('SIGTERM');
  });

  it('does not take days for well that the log of attempts does not go back to', async () => {
    const { readFeedDays } = await import('@/lib/store/read-fetches');
    const logTo = async (feedId: number, count: number) =>
      (await store()).$executeRaw`
        INSERT INTO fetches (feed_id, started_at, outcome, attempt, url, total_ms)
        SELECT ${feedId}, date_trunc('day', now(), 'UTC') + interval '1 minute' - n * interval '15 minutes',
          (CASE WHEN n = 3 THEN 'FAILED' ELSE 'UNCHANGED' END)::fetch_outcome, 0, 'x', 1
        FROM generate_series(${count - 1}::int, 0, -1) n`;
    const failuresOf = async (feedId: number) =>
      (await readFeedDays(stage.current.userId, feedId)).map((day) => day.failures);
    // The first of 200 attempts, one each quarter of an hour, was in the night before the day before yesterday.
    const full = await makeFeed({ title: 'full log' });
    await logTo(full, 200);
    expect(await failuresOf(full)).toEqual([...Array(27).fill(null), 0, 1, 0]);
    const whole = await makeFeed({ title: 'whole log' });
    await logTo(whole, 199);
    expect(await failuresOf(whole)).toEqual([...Array(28).fill(0), 1, 0]);
    // Of the day in which a log begins that was cut, what failed is known.
    const cut = await makeFeed({ title: 'cut log' });
    await logTo(cut, 197);
    await (await store()).$executeRaw`
      INSERT INTO fetches (feed_id, started_at, outcome, attempt, url, total_ms)
      SELECT ${cut}, now() - interval '5 days', 'FAILED', 0, 'x', 1 FROM generate_series(1, 3)`;
    expect(await failuresOf(cut)).toEqual([...Array(24).fill(null), 3, 0, 0, 0, 1, 0]);
  });
});
