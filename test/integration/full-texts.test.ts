import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FullTextView } from '@/lib/store/views';
import { eventually } from '../support/eventually';
import { type FeedServer, startFeedServer, writeRss } from '../support/feed-server';
import type { TestProcess } from '../support/processes';
import { type Backend, useStage } from '../support/stage';

const SENTENCE = 'The tide comes in twice a day, and nobody on the quay looks at a clock, or asks why. ';
const page = (name: string) => ({
  body: `<!doctype html><html><head><title>${name}</title><script>xss()</script></head><body>
    <nav><a href="/">Home</a></nav>
    <article><h1>${name}</h1>${`<p onclick="xss()">${SENTENCE.repeat(5)}</p>`.repeat(4)}
    <p><a href="more">${name} goes on</a></p></article></body></html>`,
  contentType: 'text/html; charset=utf-8',
});
const redirect = (location: string) => ({ status: 302, headers: { location } });

/** Pages that cannot be had, and the code of the reason. */
const FAILURES: [path: string, code: string, answer: Parameters<FeedServer['serve']>[1]][] = [
  ['/absent', 'http-404', { status: 404 }],
  ['/inwards', 'blocked-address', redirect('http://10.0.0.1/')],
  ['/metadata', 'blocked-address', redirect('http://169.254.169.254/latest')],
  ['/port', 'blocked-port', redirect('http://127.0.0.1:22/')],
  ['/hangs', 'timeout', { hang: true }],
  ['/large', 'too-large', { ...page('large'), body: page('large').body + ' '.repeat(5_300_000) }],
  ['/picture', 'not-a-page', { body: 'GIF89a', contentType: 'image/gif' }],
  [
    '/empty',
    'no-article',
    { body: '<html><body><a href="/">Home</a></body></html>', contentType: 'text/html' },
  ],
  ['/nest', 'no-article', { body: `<html><body>${'<div>'.repeat(100_000)}`, contentType: 'text/html' }],
  ['/teaser', 'nothing-more', page('teaser')],
  ['/silence', 'http-429', { status: 429, headers: { 'retry-after': '120' } }],
  ['/overwhelmed', 'http-503', { status: 503, headers: { 'retry-after': '120' } }],
];

const SETTINGS = { FETCH_TIMEOUT_MS: '3000', FETCH_HOST_CONCURRENCY: '2' };

/** A server of its own for each page: what one asks for is not the others' matter. */
const PAGES = ['/good', '/slow', '/stopped', '/searched', ...FAILURES.map(([path]) => path)];

describe.each<Backend>(['postgres', 'redis'])('full texts, on %s', (backend) => {
  const stage = useStage(backend);
  let worker: TestProcess;
  const servers = new Map<string, FeedServer>();
  const ids = new Map<string, number>();
  const serverOf = (path: string) => servers.get(path) as FeedServer;
  const idOf = (path: string) => ids.get(path) ?? 0;

  /** Subscribes to a feed of items with these addresses. @returns their ids by title. */
  async function addFeed(server: FeedServer, items: { title: string; url: string; content?: string }[]) {
    const { subscribe } = await import('@/lib/service/subscribe');
    const { listItems } = await import('@/lib/store/list-items');
    const { userId, untilStatus } = stage.current;
    let body = writeRss(
      'Tides',
      items.map(({ title, content }) => ({ guid: title, ...(content && { content }) })),
    );
    for (const { title, url } of items) body = body.replace(`https://example.org/${title}`, url);
    server.serve('/feed', { body });
    const result = await subscribe({ userId, address: `${server.origin}/feed` });
    if (!result.ok) throw new Error(result.message);
    await untilStatus(result.feedId, 'ready');
    const { items: listed } = await listItems(userId, {
      scope: { kind: 'feed', id: result.feedId },
      unread: false,
      order: 'newest',
      limit: 100,
    });
    return new Map(listed.map(({ title, id }) => [title, id]));
  }

  async function ask(itemId: number, userId = stage.current.userId): Promise<FullTextView | null> {
    const { requestFullText } = await import('@/lib/service/request-full-text');
    return requestFullText({ userId, itemId });
  }

  async function settled(itemId: number): Promise<FullTextView> {
    const { readFullText } = await import('@/lib/store/full-texts');
    return eventually(
      async () => {
        const text = (await readFullText(stage.current.userId, itemId))?.text;
        return text === undefined || text.status === 'waiting' ? null : text;
      },
      `the full text of item ${itemId}`,
      30_000,
    );
  }

  beforeAll(async () => {
    worker = await stage.current.startWorker(SETTINGS);
    for (const path of PAGES) servers.set(path, await startFeedServer());
    for (const [path, , answer] of FAILURES) serverOf(path).serve(path, answer);
    serverOf('/good').serve('/good', page('good'));
    const items = PAGES.map((path) => ({
      title: path.slice(1),
      url: serverOf(path).origin + path,
      content: path === '/teaser' ? `<p>${SENTENCE.repeat(100)}</p>` : '<p>An excerpt</p>',
    }));
    for (const [title, id] of await addFeed(stage.current.server, items)) ids.set(`/${title}`, id);
    expect(ids.size).toBe(PAGES.length);
  }, 60_000);
  afterAll(() => Promise.all([...servers.values()].map((server) => server.close())));

  it('fetches a page once, and keeps what a reader wants of it', async () => {
    expect(await ask(idOf('/good'))).toEqual({ status: 'waiting' });
    const text = await settled(idOf('/good'));
    const html = text.status === 'ready' ? text.html : '';
    expect(html).toContain('nobody on the quay');
    expect(html).toContain(`href="${serverOf('/good').origin}/more"`);
    expect(html).not.toMatch(/Home|<script|onclick/);
    expect(await ask(idOf('/good'))).toEqual(text);
    expect(serverOf('/good').count('/good')).toBe(1);
    const [headers] = serverOf('/good').requests('/good');
    expect(headers?.['user-agent']).toContain('Tidings');
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('authorization');
  });

  it('is searched, behind its arrival', async () => {
    const { searchItems } = await import('@/lib/service/search-items');
    const { userId } = stage.current;
    serverOf('/searched').serve('/searched', { ...page('The periwinkles'), contentType: 'text/html' });
    const find = async (text: string) =>
      (await searchItems({ userId, text, scope: { kind: 'all' }, order: 'date' }))?.items.map(({ id }) => id);
    await ask(idOf('/searched'));
    expect((await settled(idOf('/searched'))).status).toBe('ready');
    await eventually(async () => (await find('periwinkles'))?.length === 1 || null, 'the text is found');
    expect(await find('excerpt periwinkles')).toEqual([idOf('/searched')]);
  });

  it.concurrent.each(FAILURES)('%s: says %s', async (path, code) => {
    expect(await ask(idOf(path))).toEqual({ status: 'waiting' });
    const text = await settled(idOf(path));
    expect(text).toMatchObject({ status: 'failed', error: { code } });
    expect(text.status === 'failed' && text.error.message).toMatch(/^[A-Z].*\.$/);
  });

  it('is tried again when somebody asks again, though not at once', async () => {
    const path = '/absent';
    const { openStore } = await import('@/lib/store/client');
    await ask(idOf(path));
    expect((await settled(idOf(path))).status).toBe('failed');
    const before = serverOf(path).count(path);
    expect((await ask(idOf(path)))?.status).toBe('failed');
    expect(serverOf(path).count(path)).toBe(before);
    await openStore().$executeRaw`UPDATE full_texts SET settled_at = settled_at - interval '10 seconds'`;
    serverOf(path).serve(path, page('absent'));
    expect(await ask(idOf(path))).toEqual({ status: 'waiting' });
    expect((await settled(idOf(path))).status).toBe('ready');
  });

  it.each(['/silence', '/overwhelmed'])(
    'asks nothing of a server that wants to be left alone: %s',
    async (path) => {
      const { origin } = serverOf(path);
      const server = await startFeedServer();
      servers.set(`${path}/feed`, server);
      const found = await addFeed(server, [{ title: 'resting', url: `${origin}/resting` }]);
      await settled(idOf(path));
      await ask(found.get('resting') ?? 0);
      expect(await settled(found.get('resting') ?? 0)).toMatchObject({ error: { code: 'resting' } });
      expect(serverOf(path).count('/resting')).toBe(0);
    },
  );

  it('lets no server ask for silence for ever', async () => {
    const server = await startFeedServer();
    servers.set('/for-ever', server);
    server.serve('/for-ever', { status: 429, headers: { 'retry-after': '9999999999' } });
    const found = await addFeed(server, [{ title: 'for-ever', url: `${server.origin}/for-ever` }]);
    const id = found.get('for-ever') ?? 0;
    await ask(id);
    expect((await settled(id)).status).toBe('failed');
    const { openStore } = await import('@/lib/store/client');
    const host = await openStore().host.findUnique({ where: { host: new URL(server.origin).host } });
    const days = ((host?.restUntil?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(8.5);
  });

  it('asks a host for no more at once than is polite', async () => {
    const server = serverOf('/slow');
    const titles = ['slow-1', 'slow-2', 'slow-3', 'slow-4'];
    for (const title of titles) server.serve(`/${title}`, { hang: true });
    const elsewhere = { title: 'elsewhere', url: `${serverOf('/good').origin}/good` };
    const found = await addFeed(server, [
      ...titles.map((title) => ({ title, url: `${server.origin}/${title}` })),
      elsewhere,
    ]);
    const slow = titles.map((title) => found.get(title) ?? 0);
    for (const id of slow) await ask(id);
    const asked = () => titles.reduce((sum, title) => sum + server.count(`/${title}`), 0);
    await eventually(() => asked() === 2, 'two requests');
    // Rounds go on meanwhile, and these wait for as long as those two hang.
    await ask(found.get('elsewhere') ?? 0);
    expect((await settled(found.get('elsewhere') ?? 0)).status).toBe('ready');
    expect(asked()).toBe(2);
    const [first = ''] = titles.filter((title) => server.count(`/${title}`) > 0);
    server.release();
    await eventually(() => asked() === 4, 'the others');
    server.release();
    for (const id of slow) await settled(id);
    expect(server.count(`/${first}`)).toBe(1);
  });

  it('counts the feeds that are fetched at a host', async () => {
    const { subscribe } = await import('@/lib/service/subscribe');
    const { userId } = stage.current;
    const [elsewhere, host] = [await startFeedServer(), await startFeedServer()];
    servers.set('/elsewhere', elsewhere).set('/busy', host);
    host.serveAll({ hang: true });
    const items = [
      { title: 'busy', url: `${host.origin}/page` },
      { title: 'free', url: `${serverOf('/good').origin}/good` },
    ];
    const found = await addFeed(elsewhere, items);
    for (const path of ['/1', '/2']) await subscribe({ userId, address: host.origin + path });
    await eventually(() => host.count('/1') + host.count('/2') === 2, 'two feeds are fetched');
    await ask(found.get('busy') ?? 0);
    await ask(found.get('free') ?? 0);
    // One that was asked for later, at a host that is free.
    expect((await settled(found.get('free') ?? 0)).status).toBe('ready');
    expect([host.count('/1') + host.count('/2'), host.count('/page')]).toEqual([2, 0]);
    host.serve('/page', page('busy'));
    host.release(writeRss('Busy', []));
    expect((await settled(found.get('busy') ?? 0)).status).toBe('ready');
  });

  it('hosts that hang, and have many waiting, do not take every place that gets free', async () => {
    const hosts = await Promise.all([startFeedServer(), startFeedServer()]);
    hosts.forEach((host, index) => {
      host.serveAll({ hang: true });
      servers.set(`/hanging-${index}`, host);
    });
    const [first] = hosts;
    const elsewhere = { title: 'quick', url: `${serverOf('/good').origin}/good` };
    const hanging = hosts.flatMap(({ origin }, host) =>
      Array.from({ length: 8 }, (_, index) => ({
        title: `hangs-${host}-${index}`,
        url: `${origin}/${index}`,
      })),
    );
    const found = await addFeed(first, [...hanging, elsewhere]);
    const paths = Array.from({ length: 8 }, (_, index) => `/${index}`);
    const asked = () => hosts.flatMap((host) => paths.map((path) => host.count(path))).filter(Boolean).length;
    for (const { title } of hanging) await ask(found.get(title) ?? 0);
    await eventually(() => asked() === 4, 'all places are taken');
    await ask(found.get('quick') ?? 0);
    expect((await settled(found.get('quick') ?? 0)).status).toBe('ready');
    // The four that had a place, and those that got one together with it.
    expect(asked()).toBeLessThan(10);
    const { openStore } = await import('@/lib/store/client');
    await openStore()
      .$executeRaw`DELETE FROM full_texts WHERE item_id = ANY(${[...found.values()]}::bigint[])`;
    for (const host of hosts) host.release();
  });

  it('is handed back by a worker that stops, and fetched by the next', async () => {
    const server = serverOf('/stopped');
    server.serve('/stopped', { hang: true });
    await ask(idOf('/stopped'));
    await eventually(async () => server.count('/stopped') > 0 || null, 'the request');
    await worker.end('SIGTERM');
    expect(await ask(idOf('/stopped'))).toEqual({ status: 'waiting' });
    server.serve('/stopped', page('stopped'));
    await stage.current.startWorker(SETTINGS);
    // At once, and not when the claim would have ended.
    expect((await settled(idOf('/stopped'))).status).toBe('ready');
    expect(server.count('/stopped')).toBe(2);
  });

  it('is nobody else’s, and there is none without an address', async () => {
    const { openStore } = await import('@/lib/store/client');
    const stranger = await openStore().user.create({ data: { name: `stranger-${backend}` } });
    const { readFullText } = await import('@/lib/store/full-texts');
    expect(await readFullText(stranger.id, idOf('/good'))).toBeNull();
    expect(await ask(idOf('/good'), stranger.id)).toBeNull();
    expect(await ask(999_999)).toBeNull();
    await openStore().$executeRaw`UPDATE items SET url = 'ftp://example.org/' WHERE id = ${idOf('/nest')}`;
    await openStore().$executeRaw`DELETE FROM full_texts WHERE item_id = ${idOf('/nest')}`;
    expect(await ask(idOf('/nest'))).toMatchObject({ status: 'failed', error: { code: 'no-address' } });
  });
});
