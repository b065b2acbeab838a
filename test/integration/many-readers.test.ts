import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { type Backend, useStage } from '../support/stage';

const READERS = 1000;
const FEEDS = 50;

describe.each<Backend>(['postgres', 'redis'])('many readers, on %s', (backend) => {
  const stage = useStage(backend);

  it('a thousand readers of the same fifty feeds make fifty fetches a round', async () => {
    const { server, userId, startWorker } = stage.current;
    const { openStore } = await import('@/lib/store/client');
    const { subscribe } = await import('@/lib/service/subscribe');
    const { readOverview } = await import('@/lib/store/count-unread');
    const { listItems } = await import('@/lib/store/list-items');
    const { readFeedStatus } = await import('@/lib/store/read-feeds');
    const store = openStore();
    const paths = Array.from({ length: FEEDS }, (_, index) => `/feed-${index}`);
    const publish = (items: number) => {
      for (const path of paths) server.serve(path, { body: writeRss(path, makeItems(items)) });
    };
    const fetches = () => paths.reduce((sum, path) => sum + server.count(path), 0);
    const untilItems = (items: number) =>
      eventually(
        async () => (await store.feed.count({ where: { status: 'READY', itemCount: items } })) === FEEDS,
        `fifty feeds with ${items} items`,
      );

    publish(3);
    for (const path of paths) await subscribe({ userId, address: server.origin + path });
    await store.$executeRaw`
      INSERT INTO users (name) SELECT 'reader ' || n FROM generate_series(1, ${READERS - 1}::int) n`;
    await store.$executeRaw`
      INSERT INTO subscriptions (user_id, feed_id) SELECT u.id, f.id FROM users u, feeds f ON CONFLICT DO NOTHING`;
    expect(await store.subscription.count()).toBe(READERS * FEEDS);
    await startWorker();
    await untilItems(3);
    expect(fetches()).toBe(FEEDS);

    publish(5);
    await store.$executeRaw`UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now()`;
    await untilItems(5);
    expect(fetches()).toBe(2 * FEEDS);
    for (const reader of await store.user.findMany({ where: { name: { in: ['reader 1', 'reader 999'] } } })) {
      const { counts } = await readOverview(reader.id);
      expect(Object.values(counts)).toEqual(Array(FEEDS).fill(5));
    }

    // Whoever comes later sees at once what is there, and nothing is fetched for them.
    const late = await store.user.create({ data: { name: 'late' } });
    const added = await subscribe({ userId: late.id, address: `${server.origin}/feed-7` });
    if (!added.ok) throw new Error(added.message);
    expect(await readFeedStatus(late.id, added.feedId)).toMatchObject({ status: 'ready', itemCount: 5 });
    const page = await listItems(late.id, { scope: { kind: 'all' }, unread: true, order: 'newest' });
    expect(page.items).toHaveLength(5);
    const schedule = await store.feedSchedule.findUniqueOrThrow({ where: { feedId: added.feedId } });
    expect(schedule.sweepAt?.getTime()).toBeGreaterThan(Date.now() + 60_000);
    expect(fetches()).toBe(2 * FEEDS);
  });
});
