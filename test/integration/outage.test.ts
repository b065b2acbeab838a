import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { type SmallWeb, startSmallWeb } from '../support/small-web';
import { type Backend, useStage } from '../support/stage';

const HOSTS = 30;
const OURS = 'our own network seems to be down';

interface State {
  status: string;
  errorCode: string | null;
  failures: number;
  nextReason: string | null;
  nextFetchAt: Date | null;
  lastFetchAt: Date | null;
}

describe.each<Backend>(['postgres', 'redis'])('an outage, on %s', (backend) => {
  const stage = useStage(backend);
  let web: SmallWeb;
  beforeAll(async () => {
    web = await startSmallWeb();
    web.answer = ({ path }, response) => response.end(writeRss(path, makeItems(3, path)));
  });
  afterAll(() => web.close());

  const store = async () => (await import('@/lib/store/client')).openStore();
  /** In one statement: feed and schedule are as they were at one moment. */
  const readAll = async () => (await store()).$queryRaw<State[]>`
    SELECT f.status::text AS status, f.error_code AS "errorCode", s.failures, s.next_reason AS "nextReason",
      s.next_fetch_at AS "nextFetchAt", s.last_fetch_at AS "lastFetchAt"
    FROM feeds f JOIN feed_schedules s ON s.feed_id = f.id ORDER BY f.id`;

  async function subscribe(address: string): Promise<number> {
    const { subscribe: add } = await import('@/lib/service/subscribe');
    const result = await add({ userId: stage.current.userId, address });
    if (!result.ok) throw new Error(result.message);
    return result.feedId;
  }

  const hosts = (count: number) => Array.from({ length: count }, (_, host) => host);

  /** The time of these feeds comes, in the background. */
  const makeDue = async (first: number, count: number) => (await store()).$executeRaw`
    UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now()
    WHERE feed_id >= ${first} AND feed_id < ${first + count}`;

  it('is charged to nobody, and what is behind drains bit by bit when it is over', async () => {
    const worker = await stage.current.startWorker();
    const ids = await Promise.all(hosts(HOSTS).map((host) => subscribe(`${web.origin(host)}/feed`)));
    for (const id of ids) await stage.current.untilStatus(id, 'ready');
    const first = Math.min(...ids);
    await web.sink();
    await makeDue(first, HOSTS);
    const missed = await eventually(async () => {
      const feeds = await readAll();
      return feeds.every(({ nextReason }) => nextReason === OURS) && feeds;
    }, 'all feeds wait for our own network');
    for (const { status, failures, errorCode, nextFetchAt, lastFetchAt } of missed) {
      expect({ status, failures, errorCode }).toEqual({ status: 'READY', failures: 0, errorCode: null });
      const wait = (nextFetchAt?.getTime() ?? 0) - (lastFetchAt?.getTime() ?? 0);
      expect(wait).toBeGreaterThan(55_000);
      expect(wait).toBeLessThan(190_000);
    }
    await web.raise();
    web.visits.length = 0;
    // Ninety seconds pass, and then every second is worth twelve.
    await (await store()).$executeRaw`
      UPDATE feed_schedules SET next_fetch_at = now() + (next_fetch_at - now()) / 12, sweep_at = now() + (next_fetch_at - now()) / 12`;
    await eventually(() => web.visits.length === HOSTS || null, 'every feed fetched again', 40_000);
    await eventually(async () => {
      const feeds = await readAll();
      return feeds.every(({ nextReason, status }) => nextReason !== OURS && status === 'READY');
    }, 'every feed well');
    const times = web.visits.map(({ begun }) => begun).sort((a, b) => a - b);
    // Two minutes of jitter are ten seconds here: no second has half of them. (A third it has once in forty times.)
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(4000);
    for (const time of times)
      expect(times.filter((other) => other >= time && other < time + 1000).length).toBeLessThan(HOSTS / 2);
    await worker.end('SIGTERM');
  });

  it('is not what a few dead feeds have: these are told as dead, however often they are tried', async () => {
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    const worker = await stage.current.startWorker();
    await web.sink();
    const dead = await Promise.all(hosts(5).map((host) => subscribe(`${web.origin(900 + host)}/dead`)));
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      for (const feedId of dead) {
        await eventually(async () => {
          const status = await stage.current.untilStatus(feedId, 'failing');
          return status.attempt === attempt && status;
        }, `attempt ${attempt} of feed ${feedId}`);
        await refreshFeed({ userId: stage.current.userId, feedId });
      }
    }
    await worker.end('SIGTERM');
    await web.raise();
  });
});
