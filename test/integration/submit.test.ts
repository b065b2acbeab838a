import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { type Backend, type Stage, useStage } from '../support/stage';

describe.each<Backend>(['postgres', 'redis'])('submitting, on %s', (backend) => {
  const stage = useStage(backend);
  let worker: Awaited<ReturnType<Stage['startWorker']>>;
  beforeAll(async () => {
    worker = await stage.current.startWorker();
  });

  const submit = async (path: string, userId = stage.current.userId) => {
    const { subscribe } = await import('@/lib/service/subscribe');
    const result = await subscribe({ userId, address: `${stage.current.server.origin}${path}` });
    if (!result.ok) throw new Error(result.message);
    return result.feedId;
  };

  it('fifty people adding one address at the same moment get one feed, fetched once', async () => {
    const { server, untilStatus } = stage.current;
    const { openStore } = await import('@/lib/store/client');
    const store = openStore();
    await store.user.createMany({
      data: Array.from({ length: 50 }, (_, index) => ({ name: `reader ${index}` })),
    });
    const users = await store.user.findMany({ where: { name: { startsWith: 'reader' } } });
    server.serve('/popular', { body: writeRss('Popular', makeItems(20)) });
    const ids = await Promise.all(users.map((user) => submit('/popular', user.id)));
    expect(new Set(ids).size).toBe(1);
    const [feedId = 0] = ids;
    expect(await store.subscription.count({ where: { feedId } })).toBe(50);
    await eventually(
      () => store.feed.findFirst({ where: { id: feedId, status: 'READY' } }),
      'the feed ready',
    );
    expect(server.count('/popular')).toBe(1);
    expect(await store.item.count({ where: { feedId } })).toBe(20);
    // The fifty-first sees the items at once.
    const own = await submit('/popular');
    expect(own).toBe(feedId);
    expect(await untilStatus(own, 'ready', 100)).toMatchObject({ itemCount: 20 });
    expect(server.count('/popular')).toBe(1);
  });

  it('the address of a site leads to its feed, and is known from then on', async () => {
    const { server, userId, untilStatus } = stage.current;
    const { readFeed } = await import('@/lib/store/read-feeds');
    const link = '<link rel="alternate" type="application/rss+xml" href="/blog.xml" title="The blog">';
    server.serve('/blog/', {
      body: `<!doctype html><html><head>${link}</head><body>Blog</body></html>`,
      contentType: 'text/html',
    });
    server.serve('/blog.xml', { body: writeRss('The blog', makeItems(5)) });
    const feedId = await submit('/blog/');
    expect(await untilStatus(feedId, 'ready')).toMatchObject({ title: 'The blog', itemCount: 5 });
    expect((await readFeed(userId, feedId))?.url).toBe(`${server.origin}/blog.xml`);
    expect(await submit('/blog/')).toBe(feedId);
    expect(await submit('/blog.xml')).toBe(feedId);
  });

  it('a site whose feed is here already leads to that one', async () => {
    const { server, userId, untilStatus } = stage.current;
    const { findMergedFeed, listSubscriptions } = await import('@/lib/store/read-feeds');
    const link = '<link rel="alternate" type="application/rss+xml" href="/known.xml">';
    server.serve('/known/', { body: `<html><head>${link}</head></html>`, contentType: 'text/html' });
    server.serve('/known.xml', { body: writeRss('Known', makeItems(7)) });
    const known = await submit('/known.xml');
    await untilStatus(known, 'ready');
    const site = await submit('/known/');
    expect(site).not.toBe(known);
    expect(await eventually(() => findMergedFeed(userId, site), 'the merge')).toBe(known);
    expect(await submit('/known/')).toBe(known);
    const mine = await listSubscriptions(userId);
    expect(mine.filter((feed) => feed.title === 'Known')).toHaveLength(1);
    expect(await untilStatus(known, 'ready')).toMatchObject({ itemCount: 7 });
  });

  it('an edited document updates its items in place, an unchanged one costs nothing', async () => {
    const { server, userId, untilStatus } = stage.current;
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    const { openStore } = await import('@/lib/store/client');
    const items = makeItems(10, 'edit');
    server.serve('/edited', { body: writeRss('Edited', items) });
    const feedId = await submit('/edited');
    await untilStatus(feedId, 'ready');
    const attempts = (count: number) =>
      eventually(async () => {
        const log = await openStore().fetch.findMany({ where: { feedId }, orderBy: { id: 'asc' } });
        return log.length === count ? log[count - 1] : null;
      }, `attempt ${count}`);
    const before = await openStore().item.findMany({ where: { feedId }, orderBy: { id: 'asc' } });
    await refreshFeed({ userId, feedId });
    expect(await attempts(2)).toMatchObject({ outcome: 'UNCHANGED', newItems: 0, updatedItems: 0 });
    const edited = items.map((item, index) => (index === 0 ? { ...item, content: '<p>Better</p>' } : item));
    server.serve('/edited', { body: writeRss('Edited', [...makeItems(1, 'new'), ...edited.reverse()]) });
    await refreshFeed({ userId, feedId });
    expect(await attempts(3)).toMatchObject({ outcome: 'UPDATED', newItems: 1, updatedItems: 1 });
    const after = await openStore().item.findMany({ where: { feedId }, orderBy: { id: 'asc' } });
    expect(after).toHaveLength(11);
    expect(after.slice(0, 10).map(({ id, sortAt }) => ({ id, sortAt }))).toEqual(
      before.map(({ id, sortAt }) => ({ id, sortAt })),
    );
    expect(after.find((item) => item.title === 'edit-10')?.html).toContain('Better');
    expect(await untilStatus(feedId, 'ready')).toMatchObject({ itemCount: 11 });
  });

  it('what nobody reads is not fetched, and again when somebody does', async () => {
    const { server, userId, untilStatus } = stage.current;
    const { unsubscribe } = await import('@/lib/service/unsubscribe');
    const { openStore } = await import('@/lib/store/client');
    server.serve('/left', { body: writeRss('Left', makeItems(3)) });
    const feedId = await submit('/left');
    await untilStatus(feedId, 'ready');
    expect(await unsubscribe({ userId, feedId })).toMatchObject({ ok: true });
    expect(await unsubscribe({ userId, feedId })).toEqual({ ok: false, undo: null });
    expect(await openStore().feedSchedule.findUnique({ where: { feedId } })).toMatchObject({ sweepAt: null });
    expect(await submit('/left')).toBe(feedId);
    const again = await openStore().feedSchedule.findUnique({ where: { feedId } });
    expect(again?.sweepAt).toEqual(again?.nextFetchAt);
    expect(await untilStatus(feedId, 'ready')).toMatchObject({ itemCount: 3 });
  });

  it('whoever adds a feed that waits in the background, or was long forgotten, waits for nothing else', async () => {
    const { server, userId, untilStatus } = stage.current;
    const { unsubscribe } = await import('@/lib/service/unsubscribe');
    const { measureBacklog } = await import('@/lib/store/sweep-feeds');
    const { openStore } = await import('@/lib/store/client');
    const store = openStore();
    const [imported, forgotten] = ['/imported', '/forgotten'].map((path) => {
      server.serve(path, { body: writeRss(path, makeItems(3, path)) });
      return server.origin + path;
    });
    const { id: background } = await store.feed.create({
      data: { url: imported ?? '', host: new URL(server.origin).host },
    });
    const later = new Date(Date.now() + 3_600_000);
    await store.feedSchedule.update({
      where: { feedId: background },
      data: { requestedAt: null, nextFetchAt: later, sweepAt: later },
    });
    expect(await submit('/imported')).toBe(background);
    expect(await untilStatus(background, 'ready')).toMatchObject({ itemCount: 3 });

    const feedId = await submit(new URL(forgotten ?? '').pathname);
    await untilStatus(feedId, 'ready');
    await unsubscribe({ userId, feedId });
    const longAgo = new Date(Date.now() - 21 * 86_400_000);
    // Somebody had asked for it when it was left.
    const data = { nextFetchAt: longAgo, requestedAt: longAgo };
    await store.feedSchedule.update({ where: { feedId }, data });
    await submit('/forgotten');
    expect((await measureBacklog()).oldestSeconds).toBeLessThan(60);
    await eventually(() => server.count('/forgotten') === 2 || null, 'it is asked for again');
  });

  it('a server that wants to be left alone is not asked for what its page might have', async () => {
    const { server, untilStatus } = stage.current;
    server.serve('/quiet/', { body: '<!doctype html><title>Quiet</title>', contentType: 'text/html' });
    const paths = ['/quiet/feed', '/feed', '/rss', '/feed.xml', '/atom.xml', '/rss.xml', '/index.xml'];
    for (const path of paths) server.serve(path, { status: 503, headers: { 'retry-after': '1' } });
    const asked = () => paths.reduce((sum, path) => sum + server.count(path), 0);
    const before = asked();
    const feedId = await submit('/quiet/');
    const status = await untilStatus(feedId, 'failing');
    expect(status.error).toMatchObject({ code: 'http-503' });
    expect(asked() - before).toBe(1);
    const { openStore } = await import('@/lib/store/client');
    await openStore().host.deleteMany();
  });

  it('a worker tells its health', async () => {
    const get = (path: string) => fetch(`http://127.0.0.1:${worker.healthPort}${path}`);
    expect((await get('/healthz')).status).toBe(200);
    expect(await (await get('/readyz')).json()).toEqual({ ready: true, database: 'ok', queue: 'ok' });
    expect(await (await get('/metrics')).text()).toMatch(/tidings_fetches_total/);
    expect((await get('/other')).status).toBe(404);
  });
});
