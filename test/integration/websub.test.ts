import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SELF_SIGNED } from '../fixtures/self-signed';
import { ensureBuild } from '../support/ensure-build';
import { eventually } from '../support/eventually';
import { type FeedItem, writeRss } from '../support/feed-server';
import { type HubProcess, startHubProcess, type TestHub } from '../support/hub';
import { type Backend, useStage } from '../support/stage';
import { startWebProcess, type TestWeb } from '../support/web';

const SECRET_KEY = 'a'.repeat(64);
process.env.SECRET_KEY = SECRET_KEY;

const HOUR = 3_600_000;
const PUSHED = 'its hub tells us when there is something new';

/** So many items, an hour apart, the newest of just now: a feed that would be polled every half hour. */
const makeItems = (count: number, prefix = 'item'): FeedItem[] =>
  Array.from({ length: count }, (_, index) => ({
    guid: `${prefix}-${count - index}`,
    date: new Date(Date.now() - index * HOUR),
  }));

/** So that the worker believes a hub over HTTPS. */
const CERTIFICATE = join(mkdtempSync(join(tmpdir(), 'tidings-hub-')), 'hub.pem');
writeFileSync(CERTIFICATE, SELF_SIGNED.cert);

describe.each<Backend>(['postgres', 'redis'])('WebSub, on %s', (backend) => {
  const stage = useStage(backend);
  let web: TestWeb;
  let hubs: HubProcess;
  let hub: TestHub;
  let plain: TestHub;
  let feeds = 0;

  beforeAll(async () => {
    await ensureBuild();
    const { env, startWorker } = stage.current;
    [web, hubs] = await Promise.all([startWebProcess({ ...env, SECRET_KEY }), startHubProcess()]);
    [hub, plain] = await Promise.all([hubs.open({ tls: true }), hubs.open()]);
    await startWorker({
      // Hubs can call back there because the range that it is in may be fetched from.
      BASE_URL: `${web.url}/`,
      SECRET_KEY,
      NODE_EXTRA_CA_CERTS: CERTIFICATE,
      FETCH_HOST_PER_MINUTE: '6000',
    });
  }, 180_000);
  afterAll(() => Promise.all([web?.end('SIGTERM'), hubs?.end()]));

  const store = async () => (await import('@/lib/store/client')).openStore();
  const readHub = async (feedId: number) => (await store()).hubSubscription.findFirst({ where: { feedId } });
  const readFeed = async (feedId: number) => {
    const { feed, ...schedule } = await (await store()).feedSchedule.findUniqueOrThrow({
      where: { feedId },
      include: { feed: true },
    });
    return { ...feed, ...schedule };
  };
  const topicOf = (path: string) => `${stage.current.server.origin}${path}`;

  function serve(path: string, hubUrl: string | null, items: FeedItem[], delayMs = 0): void {
    const links = [
      hubUrl && `<a:link rel="hub" href="${hubUrl}"/>`,
      `<a:link rel="self" href="${topicOf(path)}"/>`,
    ];
    const body = writeRss(path, items)
      .replace('<rss ', '<rss xmlns:a="http://www.w3.org/2005/Atom" ')
      .replace('<channel>', `<channel>${links.join('')}`);
    stage.current.server.serve(path, { body, delayMs });
  }

  /** Subscribes to a feed of its own, and waits until it has been read. */
  async function addFeed(hubUrl: string, items = makeItems(3)) {
    feeds += 1;
    const path = `/feed-${feeds}`;
    serve(path, hubUrl, items);
    const { subscribe } = await import('@/lib/service/subscribe');
    const result = await subscribe({ userId: stage.current.userId, address: topicOf(path) });
    if (!result.ok) throw new Error(result.message);
    await stage.current.untilStatus(result.feedId, 'ready');
    return { id: result.feedId, path, topic: topicOf(path) };
  }

  const untilState = (feedId: number, state: string) =>
    eventually(async () => {
      const found = await readHub(feedId);
      return found?.state === state ? found : null;
    }, `the subscription of feed ${feedId} is ${state}`);

  async function addActive(at = hub) {
    const feed = await addFeed(at.url);
    await untilState(feed.id, 'ACTIVE');
    await eventually(() => at.serves(feed.topic), 'the hub knows it');
    return feed;
  }

  /** As if an hour had gone by since the last fetch. */
  const age = async (feedId: number) =>
    (await store()).$executeRaw`
      UPDATE feed_schedules SET last_fetch_at = last_fetch_at - interval '1 hour',
        last_success_at = last_success_at - interval '1 hour' WHERE feed_id = ${feedId}`;

  /** As if the time had come at which the feed is due. */
  const makeDue = async (feedId: number) =>
    (await store())
      .$executeRaw`UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now() WHERE feed_id = ${feedId}`;

  const askNow = async (feedId: number) =>
    (await store()).$executeRaw`UPDATE hub_subscriptions SET ask_at = now() WHERE feed_id = ${feedId}`;

  const countFetches = async (feedId: number) => (await store()).fetch.count({ where: { feedId } });
  const untilFetches = (feedId: number, count: number) =>
    eventually(async () => (await countFetches(feedId)) === count, `${count} fetches of feed ${feedId}`);

  it.concurrent('subscribes, confirms, and renews before the lease ends', async () => {
    const own = await hubs.open({ tls: true });
    await own.behave({ lease: 100_000 });
    const { id, topic } = await addActive(own);
    const [first] = (await own.asked()).filter((asked) => asked.topic === topic);
    expect(first).toMatchObject({ mode: 'subscribe', leaseSeconds: '864000' });
    expect(first?.callback).toMatch(new RegExp(`^${web.url}/websub/[\\w-]{32}$`));
    expect(first?.secret).toMatch(/^[0-9a-f]{64}$/);
    const active = await readHub(id);
    expect(Buffer.from(active?.secret ?? []).toString('latin1')).not.toContain(first?.secret);
    const seconds = (at: Date | null | undefined) => ((at?.getTime() ?? 0) - Date.now()) / 1000;
    expect(seconds(active?.leaseUntil)).toBeCloseTo(100_000, -2);
    expect(seconds(active?.askAt)).toBeGreaterThan(71_000);
    expect(seconds(active?.askAt)).toBeLessThan(80_001);
    await own.behave({ lease: 500_000 });
    await askNow(id);
    await eventually(async () => seconds((await readHub(id))?.leaseUntil) > 400_000, 'the lease is renewed');
    expect((await own.asked()).filter((asked) => asked.topic === topic)).toEqual([first, first]);
  });

  it.concurrent.each(['sha1', 'sha256', 'sha384', 'sha512'])(
    'a push signed with %s has the feed fetched',
    async (method) => {
      const { id, path, topic } = await addActive();
      await age(id);
      serve(path, hub.url, makeItems(4));
      expect(await hub.publish(topic, 'whatever the hub says', { method })).toEqual([202]);
      await eventually(async () => (await readFeed(id)).itemCount === 4, 'the new item');
      const { nextFetchAt, nextReason, lastFetchAt } = await readFeed(id);
      expect(nextReason).toBe(PUSHED);
      expect((nextFetchAt?.getTime() ?? 0) - (lastFetchAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(6 * HOUR);
      expect(await countFetches(id)).toBe(2);
    },
  );

  it.concurrent('a push that is signed wrongly, not at all, or is too long, is answered and ignored', async () => {
    const { id, topic } = await addActive();
    await age(id);
    const { nextFetchAt } = await readFeed(id);
    expect(await hub.publish(topic, 'forged', { secret: 'guessed' })).toEqual([202]);
    expect(await hub.publish(topic, 'bare', { secret: null })).toEqual([202]);
    expect(await hub.publish(topic, 'x'.repeat(16_000_000))).toEqual([202]);
    expect((await readFeed(id)).nextFetchAt).toEqual(nextFetchAt);
    expect((await readHub(id))?.lastPushAt).toBeNull();
  });

  it.concurrent('a hub that pushes without end has the feed fetched once a minute', async () => {
    const { id, topic } = await addActive();
    const answers = await Promise.all(Array.from({ length: 50 }, () => hub.publish(topic, 'again')));
    expect(new Set(answers.flat())).toEqual(new Set([202]));
    const { nextFetchAt, lastFetchAt } = await readFeed(id);
    expect((nextFetchAt?.getTime() ?? 0) - (lastFetchAt?.getTime() ?? 0)).toBe(60_000);
    expect(await countFetches(id)).toBe(1);
    await makeDue(id);
    await untilFetches(id, 2);
    expect((await readFeed(id)).nextReason).toBe(PUSHED);
  });

  it.concurrent('a push that comes while the feed is being fetched is not lost', async () => {
    const { id, path, topic } = await addActive();
    await age(id);
    const { server } = stage.current;
    const seen = server.count(path);
    serve(path, hub.url, makeItems(3), 1500);
    await makeDue(id);
    await eventually(() => server.count(path) > seen, 'the fetch has begun');
    await hub.publish(topic, 'more');
    await untilFetches(id, 2);
    const { nextFetchAt, nextReason } = await eventually(async () => {
      const feed = await readFeed(id);
      return feed.nextReason === PUSHED ? null : feed;
    }, 'due again');
    expect(nextReason).toBe('its hub says that there is something new');
    expect((nextFetchAt?.getTime() ?? 0) - Date.now()).toBeLessThan(61_000);
  });

  it.concurrent('nobody gets an answer for what was not asked for', async () => {
    const { id, topic } = await addActive();
    const callback = (await hub.asked()).find((asked) => asked.topic === topic)?.callback ?? '';
    const ask = async (to: string, parameters: Record<string, string>) =>
      (await hub.verify(to, { 'hub.challenge': 'x', 'hub.lease_seconds': '60', ...parameters })).status;
    const unknown = `${web.url}/websub/${'x'.repeat(32)}`;
    expect(await ask(unknown, { 'hub.mode': 'subscribe', 'hub.topic': topic })).toBe(404);
    expect((await fetch(unknown, { method: 'POST', body: 'x' })).status).toBe(410);
    expect(await ask(callback, { 'hub.mode': 'subscribe', 'hub.topic': `${topic}?other` })).toBe(404);
    expect(await ask(callback, { 'hub.mode': 'unsubscribe', 'hub.topic': topic })).toBe(404);
    expect(await ask(callback, { 'hub.mode': 'denied', 'hub.topic': `${topic}?other` })).toBe(404);
    expect(await ask(callback, { 'hub.mode': 'publish', 'hub.topic': topic })).toBe(404);
    expect((await readHub(id))?.state).toBe('ACTIVE');
  });

  it.concurrent('a hub that verifies another topic gets nothing, and polling goes on', async () => {
    const own = await hubs.open({ tls: true });
    await own.behave({ verifies: 'https://example.org/never-asked-for' });
    const { id, topic } = await addFeed(own.url);
    await eventually(async () => (await own.asked()).some((asked) => asked.topic === topic), 'asked');
    await eventually(async () => (await own.answers()).at(-1)?.status === 404, 'refused');
    expect(await readHub(id)).toMatchObject({ state: 'PENDING', failures: 1 });
    expect((await readFeed(id)).nextReason).not.toBe(PUSHED);
  });

  it.concurrent('a hub that denies is not asked again for a week, and polling goes on', async () => {
    const own = await hubs.open({ tls: true });
    await own.behave({ denies: 'this topic\nis not for you' });
    const { id, path } = await addFeed(own.url);
    const denied = await untilState(id, 'DENIED');
    expect(denied.error).toBe('The hub refuses: this topic is not for you');
    expect(denied.askAt.getTime() - Date.now()).toBeGreaterThan(6.9 * 24 * HOUR);
    serve(path, own.url, makeItems(3, 'other'));
    await makeDue(id);
    await untilFetches(id, 2);
    expect((await readFeed(id)).nextReason).not.toBe(PUSHED);
  });

  it.concurrent.each([
    ['does not answer', 'http://127.0.0.1:1/hub', /does not fetch|not fetched|accept/],
    ['is in a private network', 'http://10.0.0.1/hub', /private network/],
    ['fails', null, /refuses the request \(500\)/],
  ])('a hub that %s is asked again later, less and less often', async (_name, url, says) => {
    const own = await hubs.open();
    await own.behave({ status: 500 });
    const { id } = await addFeed(url ?? own.url);
    const failed = await eventually(async () => {
      const found = await readHub(id);
      return found?.error ? found : null;
    }, 'an error');
    expect(failed).toMatchObject({ state: 'PENDING', failures: 1, error: expect.stringMatching(says) });
    const minutes = (at: Date) => (at.getTime() - Date.now()) / 60_000;
    expect(minutes(failed.askAt)).toBeGreaterThan(9.5);
    expect(minutes(failed.askAt)).toBeLessThan(12.1);
    await askNow(id);
    const again = await eventually(async () => {
      const found = await readHub(id);
      return found?.failures === 2 ? found : null;
    }, 'asked again');
    expect(minutes(again.askAt)).toBeGreaterThan(19);
    expect((await readFeed(id)).nextReason).not.toBe(PUSHED);
  });

  it.concurrent('a hub that wants to be left alone is asked after that, and has not failed', async () => {
    const { restHost } = await import('@/lib/store/claim-feeds');
    const own = await hubs.open();
    const until = new Date(Date.now() + HOUR);
    await restHost(new URL(own.url).host, until, 'it wants to be left alone');
    const { id } = await addFeed(own.url);
    await eventually(
      async () => (await readHub(id))?.askAt.getTime() === until.getTime() || null,
      'it is put off',
    );
    expect(await readHub(id)).toMatchObject({ state: 'PENDING', failures: 0, error: null });
    expect(await own.asked()).toEqual([]);
  });

  it.concurrent('a hub that says that it is asked too often is left alone for as long as it says', async () => {
    const own = await hubs.open();
    await own.behave({ status: 429, retryAfter: 7200 });
    const { id } = await addFeed(own.url);
    const refused = await eventually(async () => {
      const found = await readHub(id);
      return found?.error ? found : null;
    }, 'an error');
    expect(refused).toMatchObject({ failures: 1, error: expect.stringMatching(/429/) });
    await own.behave({});
    await askNow(id);
    const hours = (at: Date | undefined) => ((at?.getTime() ?? 0) - Date.now()) / HOUR;
    await eventually(async () => hours((await readHub(id))?.askAt) > 1.9 || null, 'it is put off');
    expect(await own.asked()).toEqual([]);
  });

  it.concurrent('over plain HTTP no key is sent, and a push is believed for its address', async () => {
    const { id, path, topic } = await addActive(plain);
    expect((await plain.asked()).find((asked) => asked.topic === topic)?.secret).toBeNull();
    await age(id);
    serve(path, plain.url, makeItems(4));
    expect(await plain.publish(topic, 'unsigned')).toEqual([202]);
    await eventually(async () => (await readFeed(id)).itemCount === 4, 'the new item');
  });

  it.concurrent('a hub is found in the Link header, too, and there first', async () => {
    const path = '/by-header';
    const { server, userId, untilStatus } = stage.current;
    const link = `<${hub.url}>; rel="hub", <${topicOf('/topic')}>; rel="self"`;
    server.serve(path, { body: writeRss(path, makeItems(3)), headers: { link } });
    const { subscribe } = await import('@/lib/service/subscribe');
    const result = await subscribe({ userId, address: topicOf(path) });
    if (!result.ok) throw new Error(result.message);
    await untilStatus(result.feedId, 'ready');
    expect(await untilState(result.feedId, 'ACTIVE')).toMatchObject({
      hub: hub.url,
      topic: topicOf('/topic'),
    });
  });

  it.concurrent('a hub that sends elsewhere is followed', async () => {
    const own = await hubs.open();
    await own.behave({ status: 307, location: '/moved' });
    const { id, topic } = await addFeed(own.url);
    await untilState(id, 'ACTIVE');
    expect((await own.asked()).filter((asked) => asked.topic === topic)).toHaveLength(1);
  });

  it.concurrent('a hub that has not said what polling finds is not relied on, until it pushes again', async () => {
    const { id, path, topic } = await addActive();
    await age(id);
    serve(path, hub.url, makeItems(4));
    await makeDue(id);
    await untilFetches(id, 2);
    await eventually(async () => (await readHub(id))?.missedAt, 'noticed');
    await makeDue(id);
    await untilFetches(id, 3);
    expect((await readFeed(id)).nextReason).not.toBe(PUSHED);
    await age(id);
    await hub.publish(topic, 'here I am');
    await untilFetches(id, 4);
    expect((await readFeed(id)).nextReason).toBe(PUSHED);
  });

  it.concurrent('a lease that has run out is not relied on: polling goes on as if there were no hub', async () => {
    const { id } = await addActive();
    await makeDue(id);
    await untilFetches(id, 2);
    expect((await readFeed(id)).nextReason).toBe(PUSHED);
    // The hub has not renewed it, and is not asked again before this test is over.
    await (await store()).hubSubscription.updateMany({
      where: { feedId: id },
      data: { leaseUntil: new Date(Date.now() - 1000), askAt: new Date(Date.now() + HOUR) },
    });
    await makeDue(id);
    await untilFetches(id, 3);
    const { nextFetchAt, nextReason, lastFetchAt } = await readFeed(id);
    expect(nextReason).not.toBe(PUSHED);
    expect((nextFetchAt?.getTime() ?? 0) - (lastFetchAt?.getTime() ?? 0)).toBeLessThan(HOUR);
    expect((await readHub(id))?.state).toBe('ACTIVE');
  });

  it.concurrent('leaves the old hub when a feed names another, and asks that', async () => {
    const { id, path, topic } = await addActive();
    serve(path, plain.url, makeItems(4));
    await makeDue(id);
    await eventually(async () => {
      const all = await (await store()).hubSubscription.findMany({ where: { feedId: id } });
      return all.length === 1 && all[0]?.hub === plain.url && all[0].state === 'ACTIVE';
    }, 'moved to the other hub');
    expect((await hub.asked()).filter((asked) => asked.topic === topic).map(({ mode }) => mode)).toEqual([
      'subscribe',
      'unsubscribe',
    ]);
    serve(path, null, makeItems(5));
    await makeDue(id);
    await eventually(async () => (await readHub(id)) === null, 'no hub any more');
  });

  it.concurrent('leaves the hub of a feed that nobody reads any more', async () => {
    const { id, topic } = await addActive();
    const { unsubscribe } = await import('@/lib/service/unsubscribe');
    await unsubscribe({ userId: stage.current.userId, feedId: id });
    expect(await hub.publish(topic, 'anybody there?')).toEqual([410]);
    await eventually(async () => (await readHub(id)) === null, 'left');
    expect((await hub.asked()).filter((asked) => asked.topic === topic).at(-1)?.mode).toBe('unsubscribe');
  });
});
