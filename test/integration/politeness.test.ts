import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { importFeeds } from '../support/import-feeds';
import { type SmallWeb, startSmallWeb } from '../support/small-web';
import { type Backend, useStage } from '../support/stage';

const POLITE = { FETCH_HOST_CONCURRENCY: '2', FETCH_HOST_PER_MINUTE: '600000' };

describe.each<Backend>(['postgres', 'redis'])('politeness, on %s', (backend) => {
  const stage = useStage(backend);
  let web: SmallWeb;
  beforeAll(async () => {
    web = await startSmallWeb();
  });
  afterAll(() => web.close());
  beforeEach(() => {
    web.visits.length = 0;
    web.answer = ({ path }, response) => {
      setTimeout(() => response.end(writeRss(path, makeItems(3, path))), 50);
    };
  });

  /** Feeds that are due in the background, as if imported: `paths` of each host. */
  async function addDue(hosts: number[], paths: string[]): Promise<void> {
    const urls = hosts.flatMap((host) => paths.map((path) => `${web.origin(host)}${path}`));
    await importFeeds(stage.current.userId, urls);
  }

  /** Waits until so many feeds of a host are in a state. */
  async function untilReady(host: number, count: number, status: 'READY' | 'FAILING' = 'READY') {
    const { openStore } = await import('@/lib/store/client');
    await eventually(
      async () =>
        (await openStore().feed.count({ where: { host: web.host(host), status } })) === count || null,
      `${count} feeds of host ${host} ${status}`,
      40_000,
    );
  }

  /** What a killed worker had is fetched again by the next one: not in another test. */
  async function forget(hosts: number[]): Promise<void> {
    const { openStore } = await import('@/lib/store/client');
    await openStore().feed.deleteMany({ where: { host: { in: hosts.map((host) => web.host(host)) } } });
  }

  const readFeeds = async (host: number) => {
    const { openStore } = await import('@/lib/store/client');
    return openStore().feedSchedule.findMany({
      where: { host: web.host(host) },
      orderBy: { feedId: 'asc' },
      include: { feed: true },
    });
  };

  const makePaths = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, index) => `/${prefix}${index}`);

  it('asks a host for two feeds at a time, all workers together', async () => {
    await addDue([1, 2], makePaths(40, 'two-'));
    const workers = await Promise.all([stage.current.startWorker(POLITE), stage.current.startWorker(POLITE)]);
    await Promise.all([untilReady(1, 40), untilReady(2, 40)]);
    expect(web.mostAtOnce()).toBe(2);
    expect(web.visits).toHaveLength(80);
    for (const worker of workers) await worker.end('SIGTERM');
  });

  it('gives a host turns: a burst, then so many a minute', async () => {
    await addDue([3], makePaths(16, 'turn-'));
    const worker = await stage.current.startWorker({ ...POLITE, FETCH_HOST_PER_MINUTE: '120' });
    await untilReady(3, 16);
    const times = web.visits.map(({ begun }) => begun).sort((a, b) => a - b);
    expect(times).toHaveLength(16);
    // Ten at once, and half a second for each of the six others.
    expect((times[15] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2500);
    // Thirteen take three turns after a burst, however late the first of them began.
    for (let index = 0; index + 12 < times.length; index += 1) {
      expect((times[index + 12] ?? 0) - (times[index] ?? 0)).toBeGreaterThan(450);
    }
    await worker.end('SIGTERM');
  });

  it('a host that hangs holds nobody else up', async () => {
    const { answer } = web;
    web.answer = (request, response) => {
      if (request.host !== web.host(4)) answer(request, response);
    };
    await addDue([4], makePaths(30, 'hang-'));
    const worker = await stage.current.startWorker({ ...POLITE, WORKER_CONCURRENCY: '5' });
    await eventually(() => web.visits.length === 2 || null, 'the host that hangs has its two');
    await addDue([5, 6, 7, 8], makePaths(10, 'quick-'));
    await Promise.all([5, 6, 7, 8].map((host) => untilReady(host, 10)));
    expect(web.visits.filter(({ host }) => host === web.host(4))).toHaveLength(2);
    await worker.end('SIGKILL');
    await forget([4]);
  });

  it('many hosts that hang do not use up what a worker can do at a time, some behind a redirect', async () => {
    const { answer } = web;
    const hanging = [30, 31, 32, 33].map((host) => web.host(host));
    web.answer = (request, response) => {
      if (!hanging.includes(request.host)) answer(request, response);
      else if (request.path === '/hangs' && hanging.indexOf(request.host) < 2)
        response.writeHead(302, { location: '/further' }).end();
    };
    await addDue([30, 31, 32, 33], ['/hangs']);
    const worker = await stage.current.startWorker({ ...POLITE, WORKER_CONCURRENCY: '2' });
    await eventually(() => web.visits.length >= 2 || null, 'hosts that hang have both places');
    await addDue([34, 35], ['/quick']);
    await Promise.all([34, 35].map((host) => untilReady(host, 1)));
    const { openStore } = await import('@/lib/store/client');
    const claimed = { host: { in: hanging }, claim: { not: null } };
    expect(await openStore().feedSchedule.count({ where: claimed })).toBe(4);
    await worker.end('SIGKILL');
    await forget([30, 31, 32, 33]);
  });

  it.each([
    { status: 429, at: 20 },
    { status: 503, at: 21 },
  ])('a host that answers $status, and until when to be left alone, is', async ({ status, at }) => {
    const until = new Date(Date.now() + 10 * 3_600_000);
    web.answer = (_request, response) => {
      response.writeHead(status, { 'retry-after': until.toUTCString() }).end();
    };
    await addDue([at], ['/first']);
    const worker = await stage.current.startWorker(POLITE);
    await untilReady(at, 1, 'FAILING');
    await addDue([at], ['/second']);
    const waiting = await eventually(async () => {
      const second = (await readFeeds(at))[1];
      return second?.slotAt !== null && second;
    }, 'the other one waits for its turn');
    expect(waiting.nextFetchAt?.getTime()).toBeGreaterThan(until.getTime() - 5000);
    expect(waiting.nextReason).toBe(
      `${web.host(at)} wants to be left alone: the server asked for 10 hours (Retry-After)`,
    );
    expect(web.visits).toHaveLength(1);
    await worker.end('SIGTERM');
  });

  it('a host rests as long as it asked, however long the feed waits that it said so of', async () => {
    const { openStore } = await import('@/lib/store/client');
    const store = openStore();
    await addDue([22], ['/often-failed']);
    const host = web.host(22);
    await store.$executeRaw`UPDATE feed_schedules SET failures = 11 WHERE host = ${host}`;
    await store.$executeRaw`
      UPDATE subscriptions SET floor_minutes = 2880 WHERE feed_id IN (SELECT id FROM feeds WHERE host = ${host})`;
    web.answer = (_request, response) => response.writeHead(429, { 'retry-after': '30' }).end();
    const worker = await stage.current.startWorker(POLITE);
    await untilReady(22, 1, 'FAILING');
    const [feed] = await readFeeds(22);
    expect(feed?.nextFetchAt?.getTime()).toBeGreaterThan(Date.now() + 86_400_000);
    const rest = await store.host.findUnique({ where: { host } });
    expect(rest?.restUntil?.getTime()).toBeLessThan(Date.now() + 36_000);
    expect(rest?.restReason).toBe(
      `${host} wants to be left alone: the server asked for 1 minute (Retry-After)`,
    );
    await worker.end('SIGTERM');
  });

  it('a host that asks for silence gets it from all its feeds, but for a person who asks', async () => {
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    let silent = true;
    const { answer } = web;
    web.answer = (request, response) => {
      if (silent) response.writeHead(429, { 'retry-after': '7200' }).end();
      else answer(request, response);
    };
    await addDue([9], ['/first']);
    const worker = await stage.current.startWorker(POLITE);
    await untilReady(9, 1, 'FAILING');
    silent = false;
    await addDue([9], ['/second', '/third']);
    const deferred = await eventually(async () => {
      const feeds = (await readFeeds(9)).slice(1);
      return feeds.length === 2 && feeds.every(({ slotAt }) => slotAt !== null) && feeds;
    }, 'the others wait for their turn');
    for (const { nextFetchAt, nextReason, feed } of deferred) {
      expect(feed.status).toBe('QUEUED');
      expect(nextFetchAt?.getTime()).toBeGreaterThan(Date.now() + 7_000_000);
      expect(nextReason).toBe(
        `${web.host(9)} wants to be left alone: the server asked for 2 hours (Retry-After)`,
      );
    }
    expect(web.visits).toHaveLength(1);
    await refreshFeed({ userId: stage.current.userId, feedId: deferred[0]?.feedId ?? 0 });
    await untilReady(9, 1);
    await worker.end('SIGTERM');
  });

  /** Feeds of a host that have been read, and are due tomorrow. @returns their ids. */
  async function addRead(host: number, paths: string[]): Promise<number[]> {
    const { openStore } = await import('@/lib/store/client');
    const tomorrow = new Date(Date.now() + 86_400_000);
    await addDue([host], paths);
    const where = { host: web.host(host) };
    await openStore().feed.updateMany({ where, data: { status: 'READY' } });
    await openStore().feedSchedule.updateMany({
      where,
      data: { nextFetchAt: tomorrow, sweepAt: tomorrow, lastFetchAt: new Date() },
    });
    return (await readFeeds(host)).map(({ feedId }) => feedId);
  }

  const findWished = async (host: number) =>
    (await readFeeds(host)).filter(({ requestedAt }) => requestedAt !== null).map(({ feedId }) => feedId);

  it('of many feeds that are asked for at once, a host has a burst of wishes, and turns for the others', async () => {
    const { refreshFeeds } = await import('@/lib/service/refresh-feeds');
    const { userId, startWorker } = stage.current;
    const feedIds = await addRead(12, makePaths(32, 'folder-'));
    const elsewhere = await addRead(13, makePaths(3, 'folder-'));
    expect(await refreshFeeds({ userId, feedIds: [...feedIds.slice(0, 6), ...elsewhere] })).toBe(9);
    expect(await findWished(12)).toEqual(feedIds.slice(0, 6));
    // Again, and by several at the same moment: what is wished for already counts.
    const counts = await Promise.all(
      [0, 8, 16, 24].map((start) => refreshFeeds({ userId, feedIds: feedIds.slice(start, start + 8) })),
    );
    expect(counts).toEqual([8, 8, 8, 8]);
    expect(await findWished(12)).toHaveLength(10);
    expect(await refreshFeeds({ userId, feedIds: [...feedIds, ...elsewhere] })).toBe(35);
    expect(await findWished(12)).toHaveLength(10);
    expect(await findWished(13)).toEqual(elsewhere);
    const now = Date.now();
    expect((await readFeeds(12)).map(({ nextFetchAt, sweepAt }) => [nextFetchAt, sweepAt])).toSatisfy(
      (times: (Date | null)[][]) => times.flat().every((at) => at !== null && at.getTime() <= now),
    );
    const worker = await startWorker({ ...POLITE, FETCH_HOST_PER_MINUTE: '120' });
    const times = await eventually(() => {
      const begun = web.visits.filter(({ host }) => host === web.host(12)).map((visit) => visit.begun);
      return begun.length === 32 && begun.sort((a, b) => a - b);
    }, 'all of them are asked for');
    // Ten wishes and a burst at once, and half a second for each of the twelve others.
    expect((times[31] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(4500);
    await worker.end('SIGTERM');
  });

  it('of many feeds that are asked for at once, none is asked for at a host that rests', async () => {
    const { refreshFeeds } = await import('@/lib/service/refresh-feeds');
    const { restHost } = await import('@/lib/store/claim-feeds');
    const { userId, startWorker } = stage.current;
    const resting = await addRead(14, makePaths(5, 'resting-'));
    const others = await addRead(15, makePaths(2, 'awake-'));
    const until = new Date(Date.now() + 3_600_000);
    await restHost(web.host(14), until, 'wants to be left alone');
    const worker = await startWorker(POLITE);
    expect(await refreshFeeds({ userId, feedIds: [...resting, ...others] })).toBe(7);
    expect(await findWished(14)).toEqual([]);
    await eventually(
      async () => (await readFeeds(14)).every(({ slotAt }) => slotAt !== null && slotAt >= until),
      'they wait until the host has rested',
    );
    await eventually(() => web.visits.length === 2, 'the others are asked for');
    const [alone = 0] = resting;
    expect(await refreshFeeds({ userId, feedIds: [alone] })).toBe(1);
    await eventually(() => web.visits.length === 3, 'and so is one that is asked for alone');
    expect(web.visits.map(({ host, path }) => [host, path]).sort()).toEqual(
      [[web.host(14), '/resting-0'], ...['/awake-0', '/awake-1'].map((path) => [web.host(15), path])].sort(),
    );
    await worker.end('SIGTERM');
  });

  it('wishes that wait when their host begins to rest are left until it has, but for what is new or asked for again', async () => {
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    const { refreshFeeds } = await import('@/lib/service/refresh-feeds');
    const { subscribe } = await import('@/lib/service/subscribe');
    const { userId, startWorker, untilStatus } = stage.current;
    const feedIds = await addRead(18, makePaths(10, 'midway-'));
    const until = new Date(Date.now() + 7_200_000);
    web.answer = (_request, response) => {
      setTimeout(() => response.writeHead(429, { 'retry-after': until.toUTCString() }).end(), 50);
    };
    await refreshFeeds({ userId, feedIds });
    expect(await findWished(18)).toEqual(feedIds);
    // Whoever adds a feed waits for it.
    const added = await subscribe({ userId, address: `${web.origin(18)}/new` });
    const worker = await startWorker(POLITE);
    const waiting = await eventually(async () => {
      const left = (await readFeeds(18)).filter(({ lastFetchAt, failures }) => lastFetchAt && failures === 0);
      return left.every(({ slotAt }) => slotAt !== null && slotAt > new Date()) && left;
    }, 'they wait until the host has rested');
    if (added.ok) await untilStatus(added.feedId, 'failing');
    // The two that were under way when it said so, and the one that is new.
    expect(waiting).toHaveLength(8);
    expect(web.visits).toHaveLength(3);
    for (const { requestedAt, nextFetchAt, nextReason } of waiting) {
      expect(requestedAt).toBeNull();
      expect(nextFetchAt?.getTime()).toBeGreaterThan(until.getTime() - 5000);
      expect(nextReason).toContain('wants to be left alone');
    }
    await refreshFeed({ userId, feedId: waiting[0]?.feedId ?? 0 });
    await eventually(() => web.visits.length === 4, 'the one that is asked for is asked for');
    await worker.end('SIGTERM');
  });

  it('whoever is acquitted leaves the line of its host', async () => {
    const { acquitFeeds } = await import('@/lib/store/acquit-feeds');
    const { openStore } = await import('@/lib/store/client');
    const [feedId = 0] = await addRead(19, ['/acquitted']);
    await openStore().feed.update({ where: { id: feedId }, data: { status: 'FAILING' } });
    const past = new Date(Date.now() - 60_000);
    await openStore().feedSchedule.update({
      where: { feedId },
      data: { failures: 1, slotAt: past, nextFetchAt: past },
    });
    const nextAt = new Date(Date.now() + 60_000);
    await acquitFeeds([{ feedId, nextAt }], 'our own network seems to be down');
    expect((await readFeeds(19))[0]).toMatchObject({ failures: 0, slotAt: null, nextFetchAt: nextAt });
    await forget([19]);
  });

  it('forgets hosts that nobody asks any more', async () => {
    const { openStore } = await import('@/lib/store/client');
    const long = new Date(Date.now() - 7_200_000);
    const ahead = new Date(Date.now() + 7_200_000);
    await addRead(40, ['/kept']);
    await openStore().host.deleteMany({ where: { host: web.host(40) } });
    await openStore().host.createMany({
      data: [
        { host: 'idle.example', nextSlot: long },
        { host: 'rested.example', nextSlot: long, restUntil: long, restReason: 'it was tired' },
        { host: 'rests.example', nextSlot: long, restUntil: ahead, restReason: 'it is tired' },
        { host: 'just-now.example', nextSlot: new Date() },
        { host: 'visited.example', nextSlot: long },
        { host: web.host(40), nextSlot: long },
      ],
    });
    await openStore().hostVisit.create({
      data: { host: 'visited.example', slotAt: long, until: ahead, admitted: true },
    });
    const worker = await stage.current.startWorker(POLITE);
    const present = async (hosts: string[]) => {
      const found = await openStore().host.findMany({
        where: { host: { in: hosts } },
        orderBy: { host: 'asc' },
      });
      return found.map(({ host }) => host);
    };
    await eventually(
      async () => (await present(['idle.example', 'rested.example'])).length === 0,
      'they have gone',
    );
    const kept = [web.host(40), 'just-now.example', 'rests.example', 'visited.example'];
    expect(await present(kept)).toEqual(kept);
    await worker.end('SIGTERM');
    await openStore().hostVisit.deleteMany({ where: { host: 'visited.example' } });
    await forget([40]);
  });

  it('what a worker has is waited for, within the burst, and nobody else takes it', async () => {
    const { refreshFeeds } = await import('@/lib/service/refresh-feeds');
    const { openStore } = await import('@/lib/store/client');
    const { userId } = stage.current;
    const feedIds = await addRead(16, makePaths(14, 'held-'));
    const held = feedIds.slice(-2);
    const claimUntil = new Date(Date.now() + 60_000);
    await openStore().feedSchedule.updateMany({
      where: { feedId: { in: held } },
      data: { claim: crypto.randomUUID(), claimUntil, sweepAt: claimUntil },
    });
    await refreshFeeds({ userId, feedIds });
    expect(await findWished(16)).toEqual([...feedIds.slice(0, 8), ...held]);
    for (const { feedId, sweepAt } of await readFeeds(16))
      expect(sweepAt?.getTime() === claimUntil.getTime()).toBe(held.includes(feedId));
    await forget([16]);
  });

  it('a person whose job was lost goes before a backlog that fills the queue', async () => {
    const { readFetching } = await import('@/lib/service/oversee-fetching');
    const { requestFetch } = await import('@/lib/store/subscribe-feed');
    const { openStore } = await import('@/lib/store/client');
    const { userId, startWorker, untilStatus } = stage.current;
    // Servers that hang keep a worker of one place busy: what it was to do next stays on the queue.
    const { answer } = web;
    web.answer = (request, response) => {
      if (request.path === '/wished') answer(request, response);
    };
    const crowd = Array.from({ length: 1500 }, (_, host) => 1000 + host);
    await addDue(crowd, ['/a', '/b']);
    const [feedId = 0] = await addRead(17, ['/wished']);
    const worker = await startWorker({ ...POLITE, WORKER_CONCURRENCY: '1' });
    const readRefresh = async () => {
      const { queue } = await readFetching();
      return queue?.queues.find(({ name }) => name === 'refresh');
    };
    /** Whether as many jobs wait as may, and those that are taken wait for a place. */
    const isFull = async () => {
      const refresh = await readRefresh();
      return refresh !== undefined && refresh.running === 4 && refresh.waiting >= 80;
    };
    await eventually(isFull, 'the queue is full');
    // As the web process does when the queue does not take its job.
    await requestFetch(userId, feedId);
    await eventually(() => web.visits.some(({ path }) => path === '/wished'), 'the feed is asked for');
    await untilStatus(feedId, 'ready');
    // Between two rounds of the sweep there may be a job less.
    expect((await readRefresh())?.waiting).toBeGreaterThan(70);
    expect(await openStore().feed.count({ where: { status: 'QUEUED' } })).toBeGreaterThan(2900);
    await worker.end('SIGKILL');
    await forget([...crowd, 17]);
  });

  it('a person goes before ten thousand refreshes', async () => {
    const { subscribe } = await import('@/lib/service/subscribe');
    const { openStore } = await import('@/lib/store/client');
    const { userId, startWorker, untilStatus } = stage.current;
    const worker = await startWorker({ ...POLITE, WORKER_CONCURRENCY: '20' });
    const timeNew = async (address: string) => {
      const begun = performance.now();
      const added = await subscribe({ userId, address });
      if (!added.ok) throw new Error(added.message);
      await untilStatus(added.feedId, 'ready');
      return performance.now() - begun;
    };
    await timeNew(`${web.origin(10)}/warm`);
    const idle = await timeNew(`${web.origin(10)}/idle`);
    await addDue(
      Array.from({ length: 500 }, (_, host) => 500 + host),
      makePaths(20, 'many-'),
    );
    await eventually(() => web.visits.length > 200 || null, 'the worker is busy');
    const busy = await timeNew(`${web.origin(11)}/busy`);
    const left = await openStore().feed.count({ where: { status: 'QUEUED' } });
    expect(left).toBeGreaterThan(5000);
    // As fast as with none, but for what a busy machine has to share: in line it would wait for over a minute.
    expect(busy).toBeLessThan(idle + 5000);
    await worker.end('SIGKILL');
  });
});
