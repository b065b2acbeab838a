import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { writeRss } from '../support/feed-server';
import { type Backend, useStage } from '../support/stage';

const SECRET_KEY = 'a'.repeat(64);
const HOUR = 3_600_000;
const PUSHED = 'its hub tells us when there is something new';

/** Where no hub can call back. */
const PRIVATE: [name: string, env: Record<string, string>][] = [
  ['without BASE_URL', {}],
  ['with a BASE_URL in a private network', { BASE_URL: 'http://192.168.1.20:3000/' }],
];

describe.each<Backend>(['postgres', 'redis'])('WebSub where no hub can call back, on %s', (backend) => {
  const stage = useStage(backend);
  const store = async () => (await import('@/lib/store/client')).openStore();
  const readSchedule = async (feedId: number) =>
    (await store()).feedSchedule.findUniqueOrThrow({ where: { feedId } });
  const readHubs = async (feedId: number) => (await store()).hubSubscription.findMany({ where: { feedId } });

  /** A feed that names a hub of its own, an item an hour. */
  async function addFeed(path: string) {
    const { server, userId } = stage.current;
    const topic = `${server.origin}${path}`;
    const hub = `${topic}/hub`;
    server.serve(`${path}/hub`, { status: 202 });
    const items = [1, 2, 3].map((number) => ({
      guid: `${number}`,
      date: new Date(Date.now() - number * HOUR),
    }));
    const links = `<a:link rel="hub" href="${hub}"/><a:link rel="self" href="${topic}"/>`;
    const body = writeRss(path, items)
      .replace('<rss ', '<rss xmlns:a="http://www.w3.org/2005/Atom" ')
      .replace('<channel>', `<channel>${links}`);
    server.serve(path, { body });
    const { subscribe } = await import('@/lib/service/subscribe');
    const result = await subscribe({ userId, address: topic });
    if (!result.ok) throw new Error(result.message);
    return { id: result.feedId, topic, hub, asked: () => server.count(`${path}/hub`) };
  }

  const untilFetches = (feedId: number, count: number) =>
    eventually(
      async () => (await (await store()).fetch.count({ where: { feedId } })) === count,
      `${count} fetches of feed ${feedId}`,
    );

  /** Has a worker fetch a feed that is due, and ends it in order: what its first rounds have begun is done by then. */
  async function fetchOnce(feedId: number, count: number, env: Record<string, string>, until = () => true) {
    await (await store()).$executeRaw`
      UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now() WHERE feed_id = ${feedId}`;
    const worker = await stage.current.startWorker({ SECRET_KEY, ...env });
    await untilFetches(feedId, count);
    await eventually(until, 'what else is waited for');
    expect(await worker.end('SIGTERM')).toBe(0);
  }

  it.each(PRIVATE)(
    '%s no hub is asked, and polling goes on though a subscription is stored',
    async (_, env) => {
      const { id, topic, hub, asked } = await addFeed(`/feed-${Object.keys(env).length}`);
      await fetchOnce(id, 1, env);
      expect(await readHubs(id)).toEqual([]);

      // As if hubs could call back once: the hub still pushes, and is to be asked for more.
      await (await store()).hubSubscription.create({
        data: {
          feedId: id,
          hub,
          topic,
          token: `token-${id}`,
          state: 'ACTIVE',
          leaseUntil: new Date(Date.now() + 100 * HOUR),
          askAt: new Date(Date.now() - HOUR),
        },
      });
      const stored = await readHubs(id);
      await fetchOnce(id, 2, env);
      expect(await readHubs(id)).toEqual(stored);
      expect(asked()).toBe(0);
      const { nextFetchAt, lastFetchAt, nextReason } = await readSchedule(id);
      expect(nextReason).not.toBe(PUSHED);
      expect((nextFetchAt?.getTime() ?? 0) - (lastFetchAt?.getTime() ?? 0)).toBeLessThan(HOUR);

      // It is the address that decides: with another one both happen.
      await fetchOnce(id, 3, { BASE_URL: 'http://127.0.0.1:1/' }, () => asked() === 1);
      expect((await readSchedule(id)).nextReason).toBe(PUSHED);
    },
  );
});
