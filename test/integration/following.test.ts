import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { type FeedServer, makeItems, startFeedServer, writeRss } from '../support/feed-server';
import { type Backend, useStage } from '../support/stage';

describe.each<Backend>(['postgres', 'redis'])('following feeds, on %s', (backend) => {
  const stage = useStage(backend);
  let other: FeedServer;
  let sequence = 0;

  beforeAll(async () => {
    other = await startFeedServer('127.0.0.2');
    await stage.current.startWorker();
    return () => other.close();
  });

  const store = async () => (await import('@/lib/store/client')).openStore();
  const readRow = async (id: number) => {
    const feed = await (await store()).feed.findUnique({ where: { id }, include: { schedule: true } });
    return feed && { ...feed.schedule, ...feed };
  };
  const to = (location: string, status = 301) => ({ status, headers: { location } });

  async function subscribeTo(address: string, userId = stage.current.userId): Promise<number> {
    const { subscribe } = await import('@/lib/service/subscribe');
    const result = await subscribe({ userId, address });
    if (!result.ok) throw new Error(result.message);
    return result.feedId;
  }

  /** Has a feed fetched once more, and waits until that is recorded or the feed has become another. */
  async function fetchAgain(id: number): Promise<void> {
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    const db = await store();
    const before = await db.fetch.count({ where: { feedId: id } });
    await refreshFeed({ userId: stage.current.userId, feedId: id });
    await eventually(async () => {
      const gone = (await db.feed.count({ where: { id } })) === 0;
      return gone || (await db.fetch.count({ where: { feedId: id } })) > before;
    }, 'another attempt');
  }

  /** A path that no other test uses. */
  const fresh = (name: string) => {
    sequence += 1;
    return `/${name}-${sequence}`;
  };

  it('an address that redirects for good, three fetches in a row, is changed', async () => {
    const { server, untilStatus } = stage.current;
    const [from, middle, target] = [fresh('old'), fresh('middle'), fresh('new')];
    server.serve(from, to(`${other.origin}${middle}`, 308));
    other.serve(middle, to(target, 301));
    other.serve(target, ({ headers }) =>
      headers['if-none-match'] === '"v1"'
        ? { status: 304 }
        : { body: writeRss('Moved', makeItems(3)), headers: { etag: '"v1"' } },
    );
    const id = await subscribeTo(server.origin + from);
    await untilStatus(id, 'ready');
    const wanted = other.origin + target;
    expect(await readRow(id)).toMatchObject({ url: server.origin + from, movedTo: wanted, movedCount: 1 });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ url: server.origin + from, movedCount: 2 });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ url: wanted, movedTo: null, movedCount: 0, itemCount: 3 });
    expect((await readRow(id))?.host).toBe(new URL(other.origin).host);
    expect(await subscribeTo(server.origin + from)).toBe(id);
    const asked = server.count(from);
    await fetchAgain(id);
    expect(server.count(from)).toBe(asked);
    expect(other.requests(target).map((headers) => headers['if-none-match'])).toEqual([
      undefined,
      '"v1"',
      '"v1"',
      '"v1"',
    ]);
  });

  it('one temporary redirect, or none, begins the count anew', async () => {
    const { server, untilStatus } = stage.current;
    const [from, target] = [fresh('from'), fresh('to')];
    server.serve(target, { body: writeRss('Wavering', makeItems(3)) });
    server.serve(from, to(target));
    const id = await subscribeTo(server.origin + from);
    await untilStatus(id, 'ready');
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ movedCount: 2 });
    server.serve(from, { status: 500 });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ movedCount: 2, failures: 1 });
    server.serve(from, to(target, 302));
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ movedTo: null, movedCount: 0 });
    server.serve(from, to(target));
    await fetchAgain(id);
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ url: server.origin + from, movedCount: 2 });
  });

  it('a feed that moves to where another is becomes one with it', async () => {
    const { server, userId, untilStatus } = stage.current;
    const { findMergedFeed } = await import('@/lib/store/read-feeds');
    const db = await store();
    const [from, target] = [fresh('http'), fresh('https')];
    server.serve(from, { body: writeRss('One', makeItems(6)) });
    const id = await subscribeTo(server.origin + from);
    await untilStatus(id, 'ready');
    const items = await db.item.findMany({ where: { feedId: id }, orderBy: { id: 'asc' } });
    const [readItem, starred] = [items[0]?.id ?? 0n, items[1]?.id ?? 0n];
    await db.itemState.create({ data: { userId, itemId: readItem, read: true } });
    await db.itemState.create({ data: { userId, itemId: starred, starredAt: new Date() } });
    const stranger = await db.user.create({ data: { name: `stranger on ${target}` } });
    server.serve(target, { body: writeRss('One', makeItems(6).slice(0, 3)) });
    const into = await subscribeTo(server.origin + target, stranger.id);
    await eventually(async () => (await readRow(into))?.status === 'READY', 'the other one');
    server.serve(from, to(target));
    for (let fetches = 0; fetches < 3; fetches += 1) await fetchAgain(id);
    expect(await readRow(id)).toBeNull();
    expect(await findMergedFeed(userId, id)).toBe(into);
    expect(await untilStatus(into, 'ready')).toMatchObject({ itemCount: 6 });
    const states = await db.itemState.findMany({
      where: { userId, item: { feedId: into } },
      include: { item: true },
      orderBy: { itemId: 'asc' },
    });
    const told = states.map(({ item, read, starredAt }) => [item.title, read === true, starredAt !== null]);
    expect(told).toContainEqual(['item-1', true, false]);
    expect(told).toContainEqual(['item-2', false, true]);
    expect(states.filter(({ read }) => read === true)).toHaveLength(1);
    // A job that the feed has left behind leads to nothing, and fails nobody.
    const { enqueueFetches } = await import('@/lib/queue/producer');
    const { readFetching } = await import('@/lib/service/oversee-fetching');
    const asked = server.count(from);
    expect(await enqueueFetches([id])).toBe(true);
    await eventually(async () => {
      const { queue } = await readFetching();
      return queue?.queues.every(({ waiting, running }) => waiting + running === 0);
    }, 'the job is done');
    expect((await readFetching()).queue?.failed).toEqual([]);
    expect(server.count(from)).toBe(asked);
  });

  it('an address that redirects for good to a feed that is here makes no second feed', async () => {
    const { server, userId, untilStatus } = stage.current;
    const { findMergedFeed } = await import('@/lib/store/read-feeds');
    const [typed, target] = [fresh('typed'), fresh('known')];
    server.serve(target, { body: writeRss('Known', makeItems(4)) });
    server.serve(typed, to(target, 308));
    const known = await subscribeTo(server.origin + target);
    await untilStatus(known, 'ready');
    const id = await subscribeTo(server.origin + typed);
    expect(id).not.toBe(known);
    expect(await eventually(() => findMergedFeed(userId, id), 'the merge')).toBe(known);
    expect(await subscribeTo(server.origin + typed)).toBe(known);
    expect(await untilStatus(known, 'ready')).toMatchObject({ itemCount: 4 });
  });

  it('a podcast that says where it lives now is believed once it has been seen there', async () => {
    const { server, untilStatus } = stage.current;
    const [from, target, foreign] = [fresh('podcast'), fresh('moved'), fresh('foreign')];
    const say = (address: string) =>
      writeRss('Podcast', makeItems(4)).replace(
        '<channel>',
        `<channel xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><itunes:new-feed-url>${address}</itunes:new-feed-url>`,
      );
    server.serve(foreign, { body: writeRss('Another', makeItems(4, 'foreign')) });
    server.serve(from, { body: say(server.origin + foreign) });
    const id = await subscribeTo(server.origin + from);
    await untilStatus(id, 'ready');
    expect(await readRow(id)).toMatchObject({ movedTo: null });
    server.serve(target, { body: say(server.origin + target) });
    server.serve(from, { body: say(server.origin + target) });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ movedTo: server.origin + target, movedCount: 1 });
    await fetchAgain(id);
    expect(server.count(target)).toBe(1);
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ url: server.origin + target, movedTo: null, itemCount: 4 });
  });

  it('what is only the new part of a document is added to what is there', async () => {
    const { server, untilStatus } = stage.current;
    const path = fresh('delta');
    const items = makeItems(12);
    server.serve(path, { body: writeRss('Parts', items.slice(2)), headers: { etag: '"v1"' } });
    const id = await subscribeTo(server.origin + path);
    await untilStatus(id, 'ready');
    server.serve(path, ({ headers }) =>
      headers['a-im'] === 'feed' && headers['if-none-match'] === '"v1"'
        ? { status: 226, headers: { im: 'feed', etag: '"v2"' }, body: writeRss('Parts', items.slice(0, 2)) }
        : { status: 304 },
    );
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({
      itemCount: 12,
      etag: '"v2"',
      contentHash: null,
      status: 'READY',
    });
    await fetchAgain(id);
    expect(server.requests(path).at(-1)?.['if-none-match']).toBe('"v2"');
    expect(await readRow(id)).toMatchObject({ itemCount: 12, status: 'READY' });
    // The whole is the whole, even where it is byte for byte what the part was.
    server.serve(path, { body: writeRss('Parts', items.slice(0, 2)), headers: { etag: '"v3"' } });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ itemCount: 12, etag: '"v3"' });
    expect((await readRow(id))?.contentHash).not.toBeNull();
  });

  it('items are the same ones, star and all, when their site begins to give all of them one guid', async () => {
    const { server, untilStatus, userId } = stage.current;
    const path = fresh('guids');
    const write = (...names: string[]) => {
      const items = makeItems(3).filter(({ guid }) => names.includes(guid));
      return writeRss('Guids', items).replace(/(<guid[^>]*>)[^<]*/g, '$1the same');
    };
    server.serve(path, { body: write('item-1') });
    const id = await subscribeTo(server.origin + path);
    await untilStatus(id, 'ready');
    const db = await store();
    const urls = async () => {
      const items = await db.item.findMany({ where: { feedId: id }, orderBy: { id: 'asc' } });
      return items.map(({ url }) => url?.split('/').at(-1));
    };
    const first = await db.item.findFirstOrThrow({ where: { feedId: id } });
    await db.itemState.create({ data: { userId, itemId: first.id, starredAt: new Date() } });
    server.serve(path, { body: write('item-1', 'item-2') });
    await fetchAgain(id);
    expect(await urls()).toEqual(['item-1', 'item-2']);
    server.serve(path, { body: write('item-2') });
    await fetchAgain(id);
    server.serve(path, { body: write('item-1', 'item-2', 'item-3') });
    await fetchAgain(id);
    expect(await urls()).toEqual(['item-1', 'item-2', 'item-3']);
    const starred = await db.item.findFirst({ where: { states: { some: { userId } }, feedId: id } });
    expect(starred).toMatchObject({ id: first.id, url: 'https://example.org/item-1' });
    expect(await readRow(id)).toMatchObject({ itemCount: 3 });
  });

  it('validators follow the document: renewed with an unchanged one, dropped with an unreadable one', async () => {
    const { server, untilStatus } = stage.current;
    const path = fresh('validators');
    const body = writeRss('Same', makeItems(3));
    server.serve(path, { body, headers: { etag: '"v1"' } });
    const id = await subscribeTo(server.origin + path);
    await untilStatus(id, 'ready');
    server.serve(path, { body, headers: { etag: '"v2"' } });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ etag: '"v2"', status: 'READY' });
    server.serve(path, { body: '<rss version="2.0"><channel><title>Cut', headers: { etag: '"v3"' } });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ etag: null, status: 'FAILING' });
    server.serve(path, { body, headers: { etag: '"v2"' } });
    await fetchAgain(id);
    expect(server.requests(path).at(-1)?.['if-none-match']).toBeUndefined();
    expect(await readRow(id)).toMatchObject({ etag: '"v2"', status: 'READY', itemCount: 3 });
  });

  it('unchanged means unchanged for as long as the server says so', async () => {
    const { server, untilStatus } = stage.current;
    const path = fresh('fresh');
    // Lively: by itself it would be looked at again within the hour.
    const items = makeItems(3).map((item, index) => ({
      ...item,
      date: new Date(Date.now() - index * 3_600_000),
    }));
    server.serve(path, ({ headers }) =>
      headers['if-none-match']
        ? { status: 304, headers: { 'cache-control': 'max-age=36000' } }
        : { body: writeRss('Fresh', items), headers: { etag: '"v1"' } },
    );
    const id = await subscribeTo(server.origin + path);
    await untilStatus(id, 'ready');
    const readHours = async () =>
      (((await readRow(id))?.nextFetchAt?.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(await readHours()).toBeLessThan(1);
    await fetchAgain(id);
    expect(await readHours()).toBeGreaterThan(9.9);
    expect((await readRow(id))?.nextReason).toBe('the server asked for 10 hours (Cache-Control)');
  });

  it('a feed that failed is well again when it is said to be what it was', async () => {
    const { server, untilStatus } = stage.current;
    const path = fresh('recovered');
    server.serve(path, ({ headers, count }) => {
      if (count === 2 || count === 3) return { status: 500 };
      return headers['if-none-match'] === '"v1"'
        ? { status: 304 }
        : { body: writeRss('Recovered', makeItems(3)), headers: { etag: '"v1"' } };
    });
    const id = await subscribeTo(server.origin + path);
    await untilStatus(id, 'ready');
    for (let failures = 0; failures < 2; failures += 1) await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({
      ...{ status: 'FAILING', failures: 2, errorCode: 'http-500' },
      nextReason: expect.stringMatching(/^2nd failure in a row, waiting [23] minutes$/),
    });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ status: 'READY', failures: 0, errorCode: null });
  });

  it('a feed that is lost for days is looked for at its site, once a day, and what is found is offered', async () => {
    const { server, untilStatus } = stage.current;
    const db = await store();
    const [path, site, found] = [fresh('lost'), fresh('site'), fresh('found')];
    const body = writeRss('Lost', makeItems(3)).replace(
      'https://example.org/</link>',
      `${other.origin}${site}</link>`,
    );
    server.serve(path, { body });
    const id = await subscribeTo(server.origin + path);
    await untilStatus(id, 'ready');
    const link = `<link rel="alternate" type="application/rss+xml" href="${found}">`;
    other.serve(site, { body: `<html><head>${link}</head></html>`, contentType: 'text/html' });
    other.serve(found, { body });
    server.serve(path, { status: 404 });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ failures: 1, replacement: null, soughtAt: null });
    const longAgo = new Date(Date.now() - 4 * 86_400_000);
    await db.feedSchedule.update({ where: { feedId: id }, data: { failures: 4, lastSuccessAt: longAgo } });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({
      status: 'FAILING',
      url: server.origin + path,
      replacement: other.origin + found,
    });
    const asked = other.count(site);
    await fetchAgain(id);
    expect(other.count(site)).toBe(asked);
    server.serve(path, { body });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ status: 'READY', replacement: null });
  });

  it('a page in the place of a feed that names a feed is a clue at once, and so is the word that it is gone', async () => {
    const { server, untilStatus } = stage.current;
    const [path, moved, gone] = [fresh('page'), fresh('moved'), fresh('gone')];
    const body = writeRss('Named', makeItems(3));
    server.serve(path, { body });
    server.serve(gone, { body });
    server.serve(moved, { body });
    const link = `<link rel="alternate" type="application/rss+xml" href="${moved}">`;
    const page = { body: `<html><head>${link}</head></html>`, contentType: 'text/html' };
    const ids = [await subscribeTo(server.origin + path), await subscribeTo(server.origin + gone)];
    for (const id of ids) await untilStatus(id, 'ready');
    server.serve(path, page);
    server.serve('/', page);
    server.serve(gone, { status: 410 });
    for (const id of ids) await fetchAgain(id);
    const replacement = server.origin + moved;
    expect(await readRow(ids[0] ?? 0)).toMatchObject({
      status: 'FAILING',
      errorCode: 'not-a-feed',
      replacement,
    });
    expect(await readRow(ids[1] ?? 0)).toMatchObject({ status: 'GONE', nextFetchAt: null, replacement });
  });

  it('what is gone is asked once more where its site could not say whether it has another', async () => {
    const { server, untilStatus } = stage.current;
    const [gone, site] = [fresh('gone'), fresh('site')];
    const body = writeRss('Gone', makeItems(3)).replace(
      'https://example.org/</link>',
      `${other.origin}${site}</link>`,
    );
    server.serve(gone, { body });
    const id = await subscribeTo(server.origin + gone);
    await untilStatus(id, 'ready');
    server.serve(gone, { status: 410 });
    server.serve('/', { status: 404 });
    other.serve(site, { status: 500 });
    await fetchAgain(id);
    const unsure = await readRow(id);
    expect(unsure).toMatchObject({ status: 'GONE', replacement: null, soughtAt: null });
    expect(unsure?.nextFetchAt).not.toBeNull();
    other.serve(site, { status: 404 });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ status: 'GONE', replacement: null, nextFetchAt: null });
  });

  it('a server without a secure connection is looked at without one, and what it has there is offered', async () => {
    const { server, userId, untilStatus } = stage.current;
    const [path, site, nothing] = [fresh('plain'), fresh('site'), fresh('nothing')];
    const secured = (at: string) => server.origin.replace('http:', 'https:') + at;
    server.serve(path, { body: writeRss('Plain', makeItems(3)) });
    const link = `<link rel="alternate" type="application/rss+xml" href="${path}">`;
    server.serve(site, { body: `<html><head>${link}</head></html>`, contentType: 'text/html' });
    const ids: number[] = [];
    for (const at of [path, site, nothing]) ids.push(await subscribeTo(secured(at)));
    const offered: (string | null | undefined)[] = [];
    for (const id of ids) {
      expect((await untilStatus(id, 'failing')).error?.code).toBe('no-https');
      offered.push((await readRow(id))?.replacement);
    }
    expect(offered).toEqual([server.origin + path, server.origin + site, null]);
    const { acceptReplacements } = await import('@/lib/service/accept-replacements');
    const accepted = await acceptReplacements({ userId, feedIds: ids.slice(0, 2) });
    expect(accepted).toHaveLength(2);
    // The page names the feed that has become one with the other by then.
    const db = await store();
    await eventually(async () => {
      const read = await db.subscription.count({ where: { userId, feed: { url: server.origin + path } } });
      return read === 1 && (await db.feed.count({ where: { url: server.origin + site } })) === 0;
    }, 'one feed');
    expect(await readRow(ids[0] ?? 0)).toMatchObject({ status: 'FAILING' });
  });

  it('a feed that has been read over a secure connection is not looked for without one', async () => {
    const { server, untilStatus } = stage.current;
    const path = fresh('downgraded');
    server.serve(path, { body: writeRss('Plain', makeItems(1)) });
    const id = await subscribeTo(server.origin.replace('http:', 'https:') + path);
    await untilStatus(id, 'failing');
    const asked = server.count(path);
    await (await store()).feed.update({ where: { id }, data: { replacement: null } });
    await (await store()).feedSchedule.update({ where: { feedId: id }, data: { lastSuccessAt: new Date() } });
    await fetchAgain(id);
    expect(await readRow(id)).toMatchObject({ errorCode: 'no-https', replacement: null });
    expect(server.count(path)).toBe(asked);
  });
});
