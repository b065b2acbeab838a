import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { importFeeds } from '../support/import-feeds';
import { type SmallWeb, startSmallWeb } from '../support/small-web';
import { type Backend, useStage } from '../support/stage';

const HOUR = 3_600_000;

/** An RSS document with items so many hours apart, up to now, and with hints of its own. */
function writeFeed(hours: number, hints = ''): string {
  const items = Array.from({ length: 5 }, (_, index) => ({
    guid: `item-${index}`,
    date: new Date(Date.now() - (index + 0.1) * hours * HOUR),
  }));
  return writeRss('Scheduled', items)
    .replace('<rss ', '<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" ')
    .replace('<channel>', `<channel>${hints}`);
}

/** The three hours of the day (UTC) that begin with this one. */
const thisHourAndTwo = () =>
  [0, 1, 2].map((later) => `<hour>${(new Date().getUTCHours() + later) % 24}</hour>`).join('');

describe.each<Backend>(['postgres', 'redis'])('scheduling, on %s', (backend) => {
  const stage = useStage(backend);
  let web: SmallWeb;
  beforeAll(async () => {
    web = await startSmallWeb();
  });
  afterAll(() => web.close());

  const store = async () => (await import('@/lib/store/client')).openStore();
  const readSchedule = async (feedId: number) => {
    const schedule = await (await store()).feedSchedule.findUniqueOrThrow({ where: { feedId } });
    return { ...schedule, hours: ((schedule.nextFetchAt?.getTime() ?? 0) - Date.now()) / HOUR };
  };

  async function subscribe(path: string): Promise<number> {
    const { subscribe: add } = await import('@/lib/service/subscribe');
    const { server, userId, untilStatus } = stage.current;
    const result = await add({ userId, address: server.origin + path });
    if (!result.ok) throw new Error(result.message);
    await untilStatus(result.feedId, 'ready');
    return result.feedId;
  }

  async function fetchAgain(feedId: number): Promise<void> {
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    const db = await store();
    const before = await db.fetch.count({ where: { feedId } });
    await refreshFeed({ userId: stage.current.userId, feedId });
    await eventually(async () => (await db.fetch.count({ where: { feedId } })) > before, 'another attempt');
  }

  it('two sweeps at once find no feed twice, and one after them none', async () => {
    const { sweepDueFeeds } = await import('@/lib/store/sweep-feeds');
    const sweep = (limit: number) => sweepDueFeeds({ wished: limit, background: limit });
    const urls = Array.from({ length: 500 }, (_, index) => `http://127.5.0.1:9/${index}`);
    await importFeeds(stage.current.userId, urls);
    const rounds = await Promise.all(Array.from({ length: 8 }, () => sweep(100)));
    const later = await Promise.all(Array.from({ length: 8 }, () => sweep(1000)));
    const found = [...rounds, ...later].flat().map(({ id }) => id);
    expect(new Set(found).size).toBe(found.length);
    await eventually(async () => {
      found.push(...(await sweep(1000)).map(({ id }) => id));
      return found.length >= urls.length;
    }, 'every feed swept');
    expect(new Set(found).size).toBe(urls.length);
    expect(await sweep(1000)).toEqual([]);
    // Their jobs are lost: nobody waits for long until they are found once more.
    const [lost] = await (await store()).$queryRaw<{ seconds: number }[]>`
      SELECT extract(epoch FROM max(sweep_at) - now())::float8 AS seconds FROM feed_schedules`;
    expect(lost?.seconds).toBeGreaterThan(0);
    expect(lost?.seconds).toBeLessThanOrEqual(30);
    await (await store()).$executeRaw`UPDATE feed_schedules SET sweep_at = now()`;
    expect(await sweep(1000)).toHaveLength(urls.length);
    await (await store()).$executeRaw`DELETE FROM feeds`;
  });

  it('a sweep finds what a person waits for first, however many others have been due for longer', async () => {
    const { sweepDueFeeds } = await import('@/lib/store/sweep-feeds');
    const { requestFetch } = await import('@/lib/store/subscribe-feed');
    const db = await store();
    await importFeeds(
      stage.current.userId,
      Array.from({ length: 3000 }, (_, index) => `http://127.5.0.1:9/backlog-${index}`),
    );
    await db.$executeRaw`
      UPDATE feed_schedules SET next_fetch_at = now() - interval '1 hour', sweep_at = now() - interval '1 hour'`;
    const { feedId } = await db.feedSchedule.findFirstOrThrow({ orderBy: { feedId: 'desc' } });
    // As the web process does when the queue does not take its job.
    await requestFetch(stage.current.userId, feedId);
    const wish = { id: feedId, requested: true };
    expect(await sweepDueFeeds({ wished: 10, background: 0 })).toEqual([wish]);
    await requestFetch(stage.current.userId, feedId);
    const found = await sweepDueFeeds({ wished: 10, background: 1000 });
    expect(found).toHaveLength(1001);
    expect(found.filter(({ requested }) => requested)).toEqual([wish]);
    expect(await sweepDueFeeds({ wished: 10, background: 3000 })).toHaveLength(1999);
    await db.$executeRaw`DELETE FROM feeds`;
  });

  it('a thousand feeds imported at once do not come due at once', async () => {
    const worker = await stage.current.startWorker();
    web.answer = (_request, response) => response.end(writeFeed(6));
    const urls = Array.from({ length: 1000 }, (_, index) => `${web.origin(index % 100)}/${index}`);
    await importFeeds(stage.current.userId, urls);
    const db = await store();
    const read = () => db.feed.count({ where: { status: 'READY' } });
    await eventually(async () => (await read()) === urls.length, 'all of them read', 90_000);
    const due = await db.feedSchedule.findMany({ select: { nextFetchAt: true, lastFetchAt: true } });
    const minutes = new Map<number, number>();
    for (const { nextFetchAt, lastFetchAt } of due) {
      // As if all had been fetched at the same moment: jitter alone spreads them.
      const wait = (nextFetchAt?.getTime() ?? 0) - (lastFetchAt?.getTime() ?? 0);
      const minute = Math.floor(wait / 60_000);
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    }
    expect(Math.max(...minutes.values())).toBeLessThan(100);
    expect(minutes.size).toBeGreaterThan(15);
    await worker.end('SIGTERM');
    await db.$executeRaw`DELETE FROM feeds`;
  });

  describe('with a worker', () => {
    beforeAll(async () => {
      await stage.current.startWorker();
    });

    it('goes by the rhythm of each feed, and says so', async () => {
      const { server } = stage.current;
      server.serve('/lively', { body: writeFeed(6) });
      server.serve('/dormant', { body: writeRss('Dormant', makeItems(5)) });
      const lively = await readSchedule(await subscribe('/lively'));
      expect(lively.nextReason).toBe('posts about every 6 hours');
      expect(lively.hours).toBeGreaterThan(2.9);
      expect(lively.hours).toBeLessThan(3.4);
      const dormant = await readSchedule(await subscribe('/dormant'));
      expect(dormant.nextReason).toMatch(
        /^has posted nothing for \d+ (months|years), looked at every \d days$/,
      );
      expect(dormant.hours).toBeGreaterThan(36);
    });

    it.each<[string, () => string, string, number]>([
      ['ttl', () => '<ttl>600</ttl>', 'the server asked for 10 hours (ttl)', 10],
      [
        'sy:updatePeriod',
        () => '<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>',
        'the server asked for 12 hours (sy:updatePeriod)',
        12,
      ],
      [
        'skipHours',
        () => `<skipHours>${thisHourAndTwo()}</skipHours>`,
        'posts about every 60 minutes; the feed asks to be left alone until then (skipHours)',
        2,
      ],
    ])('%s is a floor, for what is unchanged as well', async (name, hints, reason, hours) => {
      const { server } = stage.current;
      const body = writeFeed(1, hints());
      server.serve(`/${name}`, ({ headers }) =>
        headers['if-none-match'] === '"v1"' ? { status: 304 } : { body, headers: { etag: '"v1"' } },
      );
      const feedId = await subscribe(`/${name}`);
      const first = await readSchedule(feedId);
      await fetchAgain(feedId);
      const second = await readSchedule(feedId);
      for (const schedule of [first, second]) {
        expect(schedule.nextReason).toBe(reason);
        expect(schedule.hours).toBeGreaterThan(hours - 0.05);
      }
      const log = await (await store()).fetch.findMany({ where: { feedId }, orderBy: { id: 'asc' } });
      expect(log.map(({ outcome }) => outcome)).toEqual(['UPDATED', 'UNCHANGED']);
    });

    it('a feed that fails is left alone in its quiet hours, too', async () => {
      const { server, untilStatus } = stage.current;
      const body = writeFeed(1, `<skipHours>${thisHourAndTwo()}</skipHours>`);
      server.serve('/quiet', ({ count }) => (count === 1 ? { body } : { status: 500 }));
      const feedId = await subscribe('/quiet');
      await fetchAgain(feedId);
      await untilStatus(feedId, 'failing');
      const schedule = await readSchedule(feedId);
      expect(schedule.hours).toBeGreaterThan(1.95);
      expect(schedule.nextReason).toBe(
        '1st failure in a row, waiting 1 minute; the feed asks to be left alone until then (skipHours)',
      );
    });

    it('Expires and Cache-Control are floors, within bounds, for what is unchanged as well', async () => {
      const { server } = stage.current;
      const expires = new Date(Date.now() + 10 * HOUR).toUTCString();
      const body = writeFeed(1);
      server.serve('/cached', ({ headers }) =>
        headers['if-none-match'] === '"v1"'
          ? { status: 304, headers: { 'cache-control': 'max-age=31536000' } }
          : { body, headers: { etag: '"v1"', expires } },
      );
      const feedId = await subscribe('/cached');
      const first = await readSchedule(feedId);
      expect(first.nextReason).toBe('the server asked for 10 hours (Expires)');
      expect(first.hours).toBeGreaterThan(9.95);
      await fetchAgain(feedId);
      const second = await readSchedule(feedId);
      expect(second.nextReason).toBe('the server asked for 24 hours (Cache-Control)');
      expect(second.hours).toBeGreaterThan(23.95);
      // A day, and what feeds are spread by.
      expect(second.hours).toBeLessThan(26.5);
    });

    it('what nobody reads is not fetched, though it is due and on the queue', async () => {
      const { server, userId } = stage.current;
      const { unsubscribe } = await import('@/lib/service/unsubscribe');
      const { enqueueFetches } = await import('@/lib/queue/producer');
      server.serve('/left', { body: writeFeed(6) });
      server.serve('/read', { body: writeFeed(6) });
      const [left, read] = [await subscribe('/left'), await subscribe('/read')];
      await unsubscribe({ userId, feedId: left });
      await (await store()).feedSchedule.update({
        where: { feedId: left },
        data: { nextFetchAt: new Date(0) },
      });
      expect(await enqueueFetches([left])).toBe(true);
      await fetchAgain(read);
      await fetchAgain(read);
      expect(server.count('/read')).toBe(3);
      expect(server.count('/left')).toBe(1);
    });
  });
});
