import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { type FeedServer, makeItems, startFeedServer, writeRss } from '../support/feed-server';
import { disc, makeDib, makeIco, makePng, makePngBomb, RED } from '../support/pictures';
import { type Backend, useStage } from '../support/stage';

const square = makePng({ width: 64, height: 64 });
const banner = makePng({ width: 200, height: 50 });
const png = (body: Uint8Array) => ({ body, contentType: 'image/png' });
const svg = {
  body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#dc1e28"/></svg>',
  contentType: 'image/svg+xml',
};
const ico = makeIco([
  { size: 16, bits: 32, bytes: makePng({ width: 16, height: 16 }) },
  { size: 48, bits: 24, bytes: makeDib(disc(48, RED), 24) },
]);
const page = (head: string) => ({
  body: `<!doctype html><html><head>${head}</head><body></body></html>`,
  contentType: 'text/html',
});

/** What a site serves beside its feed, and which picture becomes the icon; the feed itself names `/image`. */
const SITES: [
  name: string,
  found: string | Uint8Array | null,
  paths: Record<string, Parameters<FeedServer['serve']>[1]>,
][] = [
  ['the picture of the feed', square, { '/image': png(square) }],
  [
    'the page, where the picture of the feed is a banner',
    svg.body,
    {
      '/image': png(makePng({ width: 200, height: 40 })),
      '/': page('<link rel="icon" type="image/svg+xml" href="/i.svg">'),
      '/i.svg': svg,
    },
  ],
  [
    'favicon.ico, where the page names pictures that cannot be had',
    ico,
    {
      '/': page(
        '<link rel="icon" href="/hang"><link rel="icon" href="/private"><link rel=icon href="/large">',
      ),
      '/hang': { hang: true },
      '/private': { status: 302, headers: { location: 'http://10.0.0.1/icon.png' } },
      '/large': png(Buffer.concat([square, Buffer.alloc(1_100_000)])),
      '/favicon.ico': { body: ico, contentType: 'image/x-icon' },
    },
  ],
  ['a banner, where there is nothing else', banner, { '/image': png(banner) }],
  ['no icon: a page in its place', null, { '/': page(''), '/favicon.ico': page('') }],
  ['no icon: a bomb', null, { '/favicon.ico': png(makePngBomb(60_000)) }],
  ['no icon at all', null, {}],
];

describe.each<Backend>(['postgres', 'redis'])('icons, on %s', (backend) => {
  const stage = useStage(backend);
  const servers: FeedServer[] = [];
  const ids: number[] = [];

  /** Subscribes to a feed at a site of its own. */
  async function addSite(paths: (typeof SITES)[number][2], path = '/feed'): Promise<FeedServer> {
    const server = await startFeedServer();
    servers.push(server);
    for (const [at, answer] of Object.entries(paths)) server.serve(at, answer);
    serveFeed(server, path, '/image' in paths);
    ids.push(await add(server.origin + path));
    return server;
  }

  function serveFeed(server: FeedServer, path: string, withImage = false): void {
    const image = withImage ? `<image><url>${server.origin}/image</url></image>` : '';
    const body = writeRss('Site', makeItems(2)).replace(
      'https://example.org/</link>',
      `${server.origin}/</link>${image}`,
    );
    server.serve(path, { body });
  }

  async function add(address: string): Promise<number> {
    const { subscribe } = await import('@/lib/service/subscribe');
    const result = await subscribe({ userId: stage.current.userId, address });
    if (!result.ok) throw new Error(result.message);
    return result.feedId;
  }

  /** Waits until a feed's icon has been looked for. */
  async function untilSettled(feedId: number) {
    const { openStore } = await import('@/lib/store/client');
    return eventually(
      async () => {
        const feed = await openStore().feed.findUnique({ where: { id: feedId } });
        const days = ((feed?.iconDueAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
        return feed && days > 1 ? { iconId: feed.iconId, days, feed } : null;
      },
      `the icon of feed ${feedId}`,
      60_000,
    );
  }

  async function getIcon(key: string, size: string, headers: Record<string, string> = {}) {
    const { GET } = await import('@/app/icons/[key]/[size]/route');
    return GET(new Request(`http://localhost/icons/${key}/${size}`, { headers }), {
      params: Promise.resolve({ key, size }),
    });
  }

  beforeAll(async () => {
    for (const [, , paths] of SITES) await addSite(paths);
    await stage.current.startWorker({ FETCH_ICONS: 'on', FETCH_TIMEOUT_MS: '3000' });
  });
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  it.each(SITES.map(([name, found], index) => ({ name, found, index })))(
    '$name',
    async ({ found, index }) => {
      const { openStore } = await import('@/lib/store/client');
      const { iconId, days } = await untilSettled(ids[index] ?? 0);
      const icon = iconId && (await openStore().icon.findUnique({ where: { id: iconId } }));
      const hash = found && createHash('sha256').update(found).digest();
      expect(icon && Buffer.from(icon.hash)).toEqual(hash);
      // A month, or a week after a failure; with jitter.
      expect(days).toBeGreaterThan(found !== null ? 29 : 6.9);
      expect(days).toBeLessThan(found !== null ? 33.1 : 7.8);
    },
  );

  it('is served for ever, to everybody, under an address that no other picture gets', async () => {
    await untilSettled(ids[0] ?? 0);
    const { readFeed, listSubscriptions } = await import('@/lib/store/read-feeds');
    const { listItems } = await import('@/lib/store/list-items');
    const { readItem } = await import('@/lib/store/read-items');
    const { userId } = stage.current;
    const key = (await readFeed(userId, ids[0] ?? 0))?.icon ?? '';
    expect(key).toMatch(/^\d+-[0-9a-f]{8}$/);
    expect((await listSubscriptions(userId)).find(({ id }) => id === ids[0])?.icon).toBe(key);
    const [item] = (
      await listItems(userId, { scope: { kind: 'feed', id: ids[0] ?? 0 }, unread: false, order: 'newest' })
    ).items;
    expect(item?.feedIcon).toBe(key);
    expect((await readItem(userId, item?.id ?? 0))?.feedIcon).toBe(key);
    for (const size of [32, 64]) {
      const answer = await getIcon(key, String(size));
      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
      });
      expect(Buffer.from(await answer.arrayBuffer()).readUInt32BE(16)).toBe(size);
      const again = await getIcon(key, String(size), { 'if-none-match': answer.headers.get('etag') ?? '' });
      expect(again.status).toBe(304);
    }
    const otherHash = key.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    for (const [wrong, size] of [
      [otherHash, '32'],
      [key, '16'],
      ['1', '32'],
      ['999999-00000000', '32'],
      ["1'-", '32'],
    ])
      expect((await getIcon(wrong ?? '', size ?? '')).status).toBe(404);
  });

  it('the same picture is kept once, and a site is asked once for all its feeds', async () => {
    const first = await addSite({ '/favicon.ico': png(square) });
    const { iconId } = await untilSettled(ids.at(-1) ?? 0);
    expect(iconId).toBe((await untilSettled(ids[0] ?? 0)).iconId);
    serveFeed(first, '/other');
    const other = await untilSettled(await add(`${first.origin}/other`));
    expect(other.iconId).toBe(iconId);
    expect(first.count('/favicon.ico')).toBe(1);
  });

  it('a feed that cannot be read is not asked for an icon', async () => {
    const server = await startFeedServer();
    servers.push(server);
    const id = await add(`${server.origin}/missing`);
    await stage.current.untilStatus(id, 'failing');
    const { openStore } = await import('@/lib/store/client');
    expect((await openStore().feed.findUnique({ where: { id } }))?.iconDueAt).toBeNull();
  });

  it.each(['/', '/favicon.ico'])('a server is left alone that asks for it at %s', async (path) => {
    const { openStore } = await import('@/lib/store/client');
    const asks = { status: 503, headers: { 'retry-after': '7200' } };
    const server = await addSite({ '/favicon.ico': png(square), [path]: asks });
    const id = ids.at(-1) ?? 0;
    const { host } = new URL(server.origin);
    const untilPutOff = () =>
      eventually(async () => {
        const feed = await openStore().feed.findUnique({ where: { id } });
        const minutes = ((feed?.iconDueAt?.getTime() ?? 0) - Date.now()) / 60_000;
        return minutes > 50 ? minutes : null;
      }, 'put off');
    const askForIcon = () => openStore().feed.update({ where: { id }, data: { iconDueAt: new Date() } });
    expect(await untilPutOff()).toBeLessThan(61);
    const rest = await openStore().host.findUnique({ where: { host } });
    expect((rest?.restUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(7_000_000);
    expect(rest?.restReason).toMatch(/wants to be left alone/);
    // Those that come meanwhile are put off as well, for as long.
    await askForIcon();
    expect(await untilPutOff()).toBeLessThan(61);
    expect([server.count('/'), server.count('/favicon.ico')]).toEqual(path === '/' ? [1, 0] : [1, 1]);

    // As if it had rested.
    server.serve(path, path === '/' ? page('') : png(square));
    await openStore().host.update({ where: { host }, data: { restUntil: new Date() } });
    await askForIcon();
    expect((await untilSettled(id)).iconId).not.toBeNull();
  });

  it('a feed waits for as long as a server rests that only its picture comes from', async () => {
    const { openStore } = await import('@/lib/store/client');
    const pictures = await startFeedServer();
    servers.push(pictures);
    const host = new URL(pictures.origin).host;
    const restUntil = new Date(Date.now() + 5 * 3_600_000);
    await openStore().host.create({ data: { host, restUntil, restReason: 'it wants to be left alone' } });
    const server = await addSite({ '/': page(`<link rel="icon" href="${pictures.origin}/icon.png">`) });
    const id = ids.at(-1) ?? 0;
    const due = await eventually(async () => {
      const feed = await openStore().feed.findUnique({ where: { id } });
      return feed?.iconDueAt && feed.iconDueAt.getTime() - Date.now() > 3_600_000 ? feed.iconDueAt : null;
    }, 'put off');
    expect(Math.abs(due.getTime() - restUntil.getTime())).toBeLessThan(60_000);
    expect([server.count('/'), pictures.count('/icon.png')]).toEqual([1, 0]);
  });

  it('a picture that no feed shows any more is not kept', async () => {
    const before = await untilSettled(ids[1] ?? 0);
    const server = servers[1];
    server?.serve('/i.svg', { ...svg, body: svg.body.replace('dc1e28', '1e28dc') });
    const { openStore } = await import('@/lib/store/client');
    // As if the month were over; under another address of its site, since the worker remembers the first for an hour.
    await openStore().feed.update({
      where: { id: before.feed.id },
      data: { iconDueAt: new Date(), siteUrl: `${server?.origin}/?` },
    });
    const after = await untilSettled(before.feed.id);
    expect(after.iconId).not.toBe(before.iconId);
    const id = before.iconId ?? 0;
    await eventually(
      async () => (await openStore().icon.count({ where: { id } })) === 0,
      'the old one is gone',
    );
  });
});
