import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { importFeeds } from '../support/import-feeds';
import { type SmallWeb, startSmallWeb } from '../support/small-web';
import { type Backend, useStage } from '../support/stage';

const POLITE = { FETCH_HOST_CONCURRENCY: '2', FETCH_HOST_PER_MINUTE: '600000' };
const MANY = 12;

const makePaths = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `/${prefix}${index}`);

/** What a host is asked for that is not a feed of its own: what redirects lead to, pages, pictures, hubs. */
describe.each<Backend>(['postgres', 'redis'])('politeness beyond feeds of a host, on %s', (backend) => {
  const stage = useStage(backend);
  let web: SmallWeb;
  beforeAll(async () => {
    web = await startSmallWeb();
  });
  afterAll(() => web.close());
  const answerFeed: SmallWeb['answer'] = ({ path }, response) => {
    setTimeout(() => response.end(writeRss(path, makeItems(3, path))), 50);
  };
  beforeEach(async () => {
    web.visits.length = 0;
    web.answer = answerFeed;
    const { openStore } = await import('@/lib/store/client');
    await openStore().feed.deleteMany();
  });

  const working: Awaited<ReturnType<typeof stage.current.startWorker>>[] = [];
  async function startWorker(env: Record<string, string> = {}) {
    const worker = await stage.current.startWorker({ ...POLITE, ...env });
    working.push(worker);
    return worker;
  }
  afterEach(async () => {
    for (const worker of working.splice(0)) await worker.end('SIGKILL');
  });

  const addDue = (urls: string[]) => importFeeds(stage.current.userId, urls);
  const urlsOf = (host: number, paths: string[]) => paths.map((path) => web.origin(host) + path);
  const visitsOf = (host: number) => web.visits.filter((visit) => visit.host === web.host(host));

  const readFeed = async (url: string) => {
    const { openStore } = await import('@/lib/store/client');
    const { schedule, ...feed } = await openStore().feed.findUniqueOrThrow({
      where: { url },
      include: { schedule: true },
    });
    return { ...schedule, ...feed };
  };

  async function untilReady(count: number): Promise<void> {
    const { openStore } = await import('@/lib/store/client');
    await eventually(
      async () => (await openStore().feed.count({ where: { status: 'READY' } })) === count || null,
      `${count} feeds are ready`,
      20_000,
    );
  }

  /** Every path of `from` is at `to` for now. */
  function redirect(from: number, to: number): void {
    const { answer } = web;
    web.answer = (request, response) => {
      if (request.host !== web.host(from)) answer(request, response);
      else response.writeHead(302, { location: web.origin(to) + request.path }).end();
    };
  }

  it('a host that feeds of many others redirect to is asked for two at a time, its own included', async () => {
    const others = Array.from({ length: MANY }, (_, index) => 10 + index);
    for (const other of others) redirect(other, 1);
    await addDue([
      ...others.flatMap((other) => urlsOf(other, [`/at-${other}`])),
      ...urlsOf(1, makePaths(MANY, '')),
    ]);
    await Promise.all([startWorker(), startWorker()]);
    await untilReady(2 * MANY);
    expect(visitsOf(1)).toHaveLength(2 * MANY);
    expect(web.mostAtOnce()).toBe(2);
  });

  it('and gives them turns as it does its own', async () => {
    const others = Array.from({ length: 16 }, (_, index) => 30 + index);
    for (const other of others) redirect(other, 2);
    await addDue(others.flatMap((other) => urlsOf(other, [`/at-${other}`])));
    await startWorker({ FETCH_HOST_PER_MINUTE: '120' });
    await untilReady(16);
    const times = visitsOf(2).map(({ begun }) => begun);
    expect(times).toHaveLength(16);
    // Ten at once, and half a second for each of the six others.
    const longest = Math.max(...times) - Math.min(...times);
    expect(longest).toBeGreaterThan(2500);
    // Nobody is called slow for the line that they waited in.
    const { openStore } = await import('@/lib/store/client');
    const { _max: slowest } = await openStore().feedSchedule.aggregate({ _max: { lastTotalMs: true } });
    expect(slowest.lastTotalMs).toBeLessThan(longest - 500);
  });

  it('two hosts whose feeds are at each other wait for nobody', async () => {
    web.answer = (request, response) => {
      const [home] = request.path.slice(1).split('-');
      const other = home === '3' ? 4 : 3;
      if (request.host === web.host(other)) answerFeed(request, response);
      else
        setTimeout(() => response.writeHead(302, { location: web.origin(other) + request.path }).end(), 50);
    };
    await addDue([3, 4].flatMap((host) => urlsOf(host, makePaths(MANY, `${host}-`))));
    await startWorker();
    await untilReady(2 * MANY);
    expect(web.mostAtOnce()).toBe(2);
  });

  it('feeds whose redirects hang leave their own host to others, and nobody else the host where they are', async () => {
    web.answer = (request, response) => {
      const away = request.path.startsWith('/away-');
      if (request.host === web.host(5) && away)
        response.writeHead(302, { location: web.origin(6) + request.path }).end();
      else if (!away) answerFeed(request, response);
    };
    await addDue(urlsOf(5, makePaths(4, 'away-')));
    const worker = await startWorker();
    await eventually(() => visitsOf(6).length === 2 || null, 'two hang');
    await addDue([...urlsOf(5, makePaths(4, 'here-')), ...urlsOf(6, ['/own'])]);
    await untilReady(4);
    expect(visitsOf(6)).toHaveLength(2);
    // What a killed worker had is over when its claims are.
    await worker.end('SIGKILL');
    const { openStore } = await import('@/lib/store/client');
    await openStore().feedSchedule.updateMany({ data: { claimUntil: new Date(), sweepAt: new Date() } });
    web.answer = answerFeed;
    await startWorker();
    await untilReady(9);
  });

  it('a host that rests is not asked by way of another, but for a person', async () => {
    const { restHost } = await import('@/lib/store/claim-feeds');
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    redirect(7, 8);
    const until = new Date(Date.now() + 7_200_000);
    await restHost(web.host(8), until, 'it wants to be left alone');
    const [url = ''] = urlsOf(7, ['/feed']);
    await addDue([url]);
    await startWorker();
    const postponed = await eventually(async () => {
      const feed = await readFeed(url);
      // Two rows, read one after the other.
      return feed.nextReason !== null && feed.status === 'QUEUED' && feed;
    }, 'the feed is postponed');
    expect(postponed).toMatchObject({
      claim: null,
      failures: 0,
      nextReason: 'it wants to be left alone',
    });
    // Those that wait for it do not all come back at the same moment.
    expect(postponed.nextFetchAt?.getTime()).toBeGreaterThanOrEqual(until.getTime());
    expect(postponed.nextFetchAt?.getTime()).toBeLessThan(until.getTime() + 600_000);
    expect(visitsOf(8)).toHaveLength(0);
    await refreshFeed({ userId: stage.current.userId, feedId: postponed.id });
    await untilReady(1);
    expect(visitsOf(8)).toHaveLength(1);
  });

  it('full texts take places of feeds, and give them back at once', async () => {
    const { requestFullText } = await import('@/lib/service/request-full-text');
    const { openStore } = await import('@/lib/store/client');
    const pages = urlsOf(9, ['/page-1', '/page-2']);
    const held: (() => void)[] = [];
    web.answer = (request, response) => {
      if (request.path === '/list') {
        response.end(writeRss('List', makeItems(2, 'page')).replaceAll('https://example.org', web.origin(9)));
      } else if (request.path.startsWith('/page-')) held.push(() => response.writeHead(404).end());
      else answerFeed(request, response);
    };
    await addDue(urlsOf(20, ['/list']));
    await startWorker();
    await untilReady(1);
    const items = await openStore().item.findMany({ where: { url: { in: pages } } });
    expect(items).toHaveLength(2);
    for (const { id } of items) await requestFullText({ userId: stage.current.userId, itemId: Number(id) });
    await eventually(() => held.length === 2 || null, 'two pages are being fetched');
    const [url = ''] = urlsOf(9, ['/feed']);
    await addDue([url]);
    await eventually(async () => (await readFeed(url)).slotAt !== null || null, 'the feed waits in line');
    expect(visitsOf(9)).toHaveLength(2);
    const begun = Date.now();
    held.pop()?.();
    await untilReady(2);
    // When the page has gone, and not when the line is looked at again.
    expect((visitsOf(9)[2]?.begun ?? 0) - begun).toBeLessThan(10_000);
    for (const end of held) end();
  });

  it('pictures and hubs take places of feeds, too', async () => {
    const feed = (path: string) =>
      writeRss(path, makeItems(3, path))
        .replaceAll('https://example.org', web.origin(21))
        .replace('<rss ', '<rss xmlns:a="http://www.w3.org/2005/Atom" ')
        .replace(
          '<channel>',
          `<channel><a:link rel="hub" href="${web.origin(21)}/hub"/><a:link rel="self" href="${web.origin(21)}${path}"/>`,
        );
    web.answer = ({ path }, response) => {
      const isFeed = path.startsWith('/feed-');
      setTimeout(() => (isFeed ? response.end(feed(path)) : response.writeHead(404).end()), 300);
    };
    // Each item of work takes its time, so that there is always one more that would like to begin.
    await addDue(urlsOf(21, makePaths(MANY, 'feed-')));
    await startWorker({ FETCH_ICONS: 'on', BASE_URL: 'http://127.0.0.1:9/' });
    const count = (wanted: string) => visitsOf(21).filter(({ path }) => path === wanted).length;
    await eventually(
      () => (count('/hub') >= MANY && count('/favicon.ico') > 0) || null,
      'hub and icon are asked for',
      20_000,
    );
    await untilReady(MANY);
    expect(web.mostAtOnce()).toBe(2);
  });
});
