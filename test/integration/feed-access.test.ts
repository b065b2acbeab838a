import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import type { TestProcess } from '../support/processes';
import { type Backend, useStage } from '../support/stage';

const PASSWORD = 'öffne dich, Sesam';
const basic = (password: string) => `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;

// Before the settings are read for the first time.
const SECRET_KEY = randomBytes(32).toString('base64');
process.env.SECRET_KEY = SECRET_KEY;

describe.each<Backend>(['postgres', 'redis'])('feeds with a password, on %s', (backend) => {
  const stage = useStage(backend);
  let worker: TestProcess;
  let stranger = 0;

  beforeAll(async () => {
    worker = await stage.current.startWorker({ SECRET_KEY, LOG_LEVEL: 'trace' });
    stranger = (await (await store()).user.create({ data: { name: 'stranger' } })).id;
  });

  const store = async () => (await import('@/lib/store/client')).openStore();
  const readRow = async (id: number) => (await store()).feed.findUnique({ where: { id } });

  async function subscribeTo(path: string, userId = stage.current.userId): Promise<number> {
    const { subscribe } = await import('@/lib/service/subscribe');
    const result = await subscribe({ userId, address: stage.current.server.origin + path });
    if (!result.ok) throw new Error(result.message);
    return result.feedId;
  }

  async function lock(feedId: number, password = PASSWORD, userId = stage.current.userId) {
    const { setFeedAccess } = await import('@/lib/service/set-feed-access');
    return setFeedAccess({ userId, feedId, credentials: { username: 'me', password } });
  }

  /** Serves a feed to whoever has the password. */
  function serveLocked(path: string, title = 'Locked') {
    stage.current.server.serve(path, ({ headers }) =>
      headers.authorization === basic(PASSWORD)
        ? { body: writeRss(title, makeItems(3)), headers: { etag: '"v1"' } }
        : { status: 401, headers: { 'www-authenticate': 'Basic' } },
    );
  }

  it('is asked for it, says so, and is read with it', async () => {
    const { userId, untilStatus } = stage.current;
    const { readFeedAccess } = await import('@/lib/store/feed-access');
    serveLocked('/locked');
    const id = await subscribeTo('/locked');
    expect(await untilStatus(id, 'failing')).toMatchObject({ error: { code: 'http-401' } });
    const wrong = await lock(id, 'wrong');
    if (!wrong.ok) throw new Error(wrong.message);
    expect(wrong.feedId).not.toBe(id);
    expect(await untilStatus(wrong.feedId, 'failing')).toMatchObject({ error: { code: 'wrong-password' } });
    expect(await lock(wrong.feedId)).toEqual({ ok: true, feedId: wrong.feedId });
    expect(await untilStatus(wrong.feedId, 'ready')).toMatchObject({ title: 'Locked', itemCount: 3 });
    const view = { hasPassword: true, userAgent: null, own: true };
    expect(await readFeedAccess(userId, wrong.feedId)).toEqual(view);
    expect(await readFeedAccess(stranger, wrong.feedId)).toBeNull();
  });

  it('nobody else finds it, by its address or by one that led to it', async () => {
    const { server, untilStatus } = stage.current;
    serveLocked('/private');
    const link = '<link rel="alternate" type="application/rss+xml" href="/private">';
    server.serve('/members/', { body: `<html><head>${link}</head></html>`, contentType: 'text/html' });
    server.serve('/private', { body: writeRss('Open at first', makeItems(3)) });
    const site = await subscribeTo('/members/');
    await untilStatus(site, 'ready');
    serveLocked('/private');
    const locked = await lock(site);
    if (!locked.ok) throw new Error(locked.message);
    await untilStatus(locked.feedId, 'ready');
    const others = [await subscribeTo('/private', stranger), await subscribeTo('/members/', stranger)];
    expect(others).not.toContain(locked.feedId);
    for (const id of others) {
      await eventually(async () => {
        const row = await readRow(id);
        return row === null || row.status === 'FAILING';
      }, 'the refusal');
    }
    const db = await store();
    expect(await db.subscription.count({ where: { feedId: locked.feedId } })).toBe(1);
    expect(await db.item.count({ where: { feed: { subscriptions: { some: { userId: stranger } } } } })).toBe(
      0,
    );
  });

  it('items, stars and read states come along, and stay the reader’s own without it', async () => {
    const { server, userId, untilStatus } = stage.current;
    const { setFeedAccess } = await import('@/lib/service/set-feed-access');
    const db = await store();
    server.serve('/later', { body: writeRss('Later', makeItems(3)) });
    const id = await subscribeTo('/later');
    await untilStatus(id, 'ready');
    const [first, second] = await db.item.findMany({ where: { feedId: id }, orderBy: { id: 'asc' } });
    await db.subscription.updateMany({
      where: { userId, feedId: id },
      data: { readThroughId: first?.id ?? 0n },
    });
    await db.itemState.create({ data: { userId, itemId: second?.id ?? 0n, starredAt: new Date() } });
    const locked = await lock(id);
    if (!locked.ok) throw new Error(locked.message);
    await untilStatus(locked.feedId, 'ready');
    expect(server.requests('/later').at(-1)?.authorization).toBe(basic(PASSWORD));
    expect(await db.item.count({ where: { feedId: locked.feedId } })).toBe(3);
    const subscription = await db.subscription.findFirst({ where: { userId, feedId: locked.feedId } });
    expect(subscription?.readThroughId).toBe(first?.id);
    expect(await db.itemState.count({ where: { userId, item: { feedId: locked.feedId } } })).toBe(1);
    const cleared = await setFeedAccess({ userId, feedId: locked.feedId, credentials: null });
    expect(cleared).toEqual(locked);
    expect(await readRow(locked.feedId)).toMatchObject({ credentials: null });
    expect(await subscribeTo('/later', stranger)).not.toBe(locked.feedId);
  });

  it('what others read as it is stays as it is; who cannot read it goes a way of their own', async () => {
    const { server, userId, untilStatus } = stage.current;
    const { setFeedAccess } = await import('@/lib/service/set-feed-access');
    server.serve('/shared', { body: writeRss('Shared', makeItems(3)) });
    const shared = await subscribeTo('/shared');
    expect(await subscribeTo('/shared', stranger)).toBe(shared);
    await untilStatus(shared, 'ready');
    expect(await lock(shared)).toMatchObject({ ok: false, message: expect.stringContaining('Others') });
    const agent = { userId, feedId: shared, userAgent: 'Mozilla/5.0' };
    expect(await setFeedAccess(agent)).toMatchObject({ ok: false });
    serveLocked('/both');
    const both = await subscribeTo('/both');
    await subscribeTo('/both', stranger);
    await untilStatus(both, 'failing');
    const mine = await lock(both);
    if (!mine.ok) throw new Error(mine.message);
    expect(await untilStatus(mine.feedId, 'ready')).toMatchObject({ itemCount: 3 });
    const theirs = await lock(both, PASSWORD, stranger);
    expect(theirs).toMatchObject({ ok: true });
    expect(theirs).not.toEqual(mine);
  });

  it('a User-Agent is sent instead of ours, and strangers set nothing', async () => {
    const { server, userId, untilStatus } = stage.current;
    const { setFeedAccess } = await import('@/lib/service/set-feed-access');
    server.serve('/picky', ({ headers }) =>
      headers['user-agent'] === 'Picky/1.0' ? { body: writeRss('Picky', makeItems(3)) } : { status: 403 },
    );
    const feedId = await subscribeTo('/picky');
    await untilStatus(feedId, 'failing');
    expect(await setFeedAccess({ userId: stranger, feedId, userAgent: 'x' })).toMatchObject({ ok: false });
    expect(await setFeedAccess({ userId, feedId, userAgent: 'bad\r\nx: y' })).toMatchObject({ ok: false });
    expect(await setFeedAccess({ userId, feedId, userAgent: ' Picky/1.0 ' })).toEqual({ ok: true, feedId });
    expect(await untilStatus(feedId, 'ready')).toMatchObject({ itemCount: 3 });
  });

  it('moves with its feed within the origin only, and never into another feed', async () => {
    const { server, untilStatus } = stage.current;
    const { startFeedServer } = await import('../support/feed-server');
    const elsewhere = await startFeedServer('127.0.0.2');
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    const db = await store();
    serveLocked('/near');
    elsewhere.serve('/far', { body: writeRss('Far', makeItems(3)) });
    serveLocked('/start');
    const locked = await lock(await subscribeTo('/start'));
    if (!locked.ok) throw new Error(locked.message);
    const { feedId } = locked;
    await untilStatus(feedId, 'ready');
    const fetchThrice = async () => {
      for (let fetches = 0; fetches < 3; fetches += 1) {
        const before = await db.fetch.count({ where: { feedId } });
        await refreshFeed({ userId: stage.current.userId, feedId });
        await eventually(async () => (await db.fetch.count({ where: { feedId } })) > before, 'an attempt');
      }
    };
    server.serve('/start', { status: 301, headers: { location: '/near' } });
    await fetchThrice();
    const near = await readRow(feedId);
    expect(near?.url).toMatch(new RegExp(`^${server.origin}/near#private-`));
    expect(near?.credentials).not.toBeNull();
    expect(await db.feedAlias.count({ where: { feedId } })).toBe(0);
    server.serve('/near', { status: 301, headers: { location: `${elsewhere.origin}/far` } });
    await fetchThrice();
    expect(await readRow(feedId)).toMatchObject({ credentials: null, status: 'READY' });
    expect((await readRow(feedId))?.url).toMatch(new RegExp(`^${elsewhere.origin}/far#private-`));
    expect(elsewhere.requests('/far').every(({ authorization }) => authorization === undefined)).toBe(true);
    await elsewhere.close();
  });

  it('encrypted with another key is a failure in words, and the server is not bothered', async () => {
    const { server, untilStatus } = stage.current;
    const { seal } = await import('@/lib/ops/secrets');
    serveLocked('/rekeyed');
    const locked = await lock(await subscribeTo('/rekeyed'));
    if (!locked.ok) throw new Error(locked.message);
    await untilStatus(locked.feedId, 'ready');
    const asked = server.count('/rekeyed');
    const db = await store();
    const credentials = seal(randomBytes(32), JSON.stringify({ username: 'me', password: PASSWORD }));
    await db.feed.update({ where: { id: locked.feedId }, data: { credentials } });
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    await refreshFeed({ userId: stage.current.userId, feedId: locked.feedId });
    expect(await untilStatus(locked.feedId, 'failing')).toMatchObject({
      error: { code: 'locked-password', message: expect.stringContaining('SECRET_KEY') },
    });
    expect(server.count('/rekeyed')).toBe(asked);
  });

  it('is refused in words where it could not be sent or kept', async () => {
    const { userId, untilStatus } = stage.current;
    const { setFeedAccess } = await import('@/lib/service/set-feed-access');
    serveLocked('/refused');
    const feedId = await subscribeTo('/refused');
    await untilStatus(feedId, 'failing');
    const refused = [
      { username: 'a:b', password: 'x' },
      { username: '', password: '' },
      { username: 'a', password: 'x\ny' },
      { username: 'a', password: 'x'.repeat(300) },
    ];
    for (const credentials of refused) {
      expect(await setFeedAccess({ userId, feedId, credentials })).toMatchObject({ ok: false });
    }
  });

  it('lies open nowhere: neither in the database nor in the log nor on the queue', async () => {
    const rows = await (await store()).feed.findMany({ where: { credentials: { not: null } } });
    expect(rows.length).toBeGreaterThan(2);
    for (const { credentials } of rows) expect(Buffer.from(credentials ?? []).includes('Sesam')).toBe(false);
    const printed = worker.output();
    expect(printed).toContain('"level":');
    for (const secret of ['Sesam', basic(PASSWORD).slice(6, 30), SECRET_KEY])
      expect(printed).not.toContain(secret);
    const { FETCH_QUEUE } = await import('@/lib/queue/jobs');
    const { connectQueue } = await import('@/lib/queue/connection');
    const { Queue } = await import('bullmq');
    const connection = connectQueue('producer', () => undefined);
    const queue = new Queue(FETCH_QUEUE, { connection: connection.connection });
    const jobs = await queue.getJobs();
    expect(jobs.length).toBeGreaterThan(0);
    expect(JSON.stringify(jobs.map(({ data, opts }) => ({ data, opts })))).not.toMatch(/Sesam|credentials/);
    await queue.close();
    await connection.disconnect();
  });
});
