import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { type Backend, type Stage, useStage } from '../support/stage';

/** A lease runs out after 20 s; the rest is for a busy machine. */
const RECOVERY_MS = 60_000;

const outline = (url: string, title: string, site = '') =>
  `<outline type="rss" text="${title}" xmlUrl="${url}"${site && ` htmlUrl="${site}"`}/>`;
const opml = (body: string) => `<opml version="2.0"><body>${body}</body></opml>`;

async function store() {
  return (await import('@/lib/store/client')).openStore();
}

async function upload({ userId }: Stage, text: string, name = 'feeds.opml'): Promise<number> {
  const { startImport } = await import('@/lib/service/start-import');
  const started = await startImport({ userId, file: { name, bytes: Buffer.from(text) } });
  if (!started.ok) throw new Error(started.code);
  return started.importId;
}

async function read({ userId }: Stage, importId: number) {
  const { readImport } = await import('@/lib/store/read-imports');
  const found = await readImport(userId, importId);
  if (found === null) throw new Error(`There is no import ${importId}.`);
  return found;
}

function until(stage: Stage, importId: number, status: string, limitMs?: number) {
  return eventually(
    async () => {
      const found = await read(stage, importId);
      return found.status === status ? found : null;
    },
    `import ${importId} ${status}`,
    limitMs,
  );
}

async function rowsOf({ userId }: Stage, importId: number, show: 'all' | 'problems' | 'known' = 'all') {
  const { listImportRows } = await import('@/lib/store/read-imports');
  return (await listImportRows(userId, importId, { show, after: 0 })).rows;
}

/** Feeds and subscriptions of a host, and how many different addresses and feeds these are. */
async function countOf(host: string) {
  const [row] = await (await store()).$queryRaw<Record<string, number>[]>`
    SELECT count(DISTINCT f.url)::int AS urls, count(DISTINCT f.id)::int AS feeds, count(s.id)::int AS subscriptions
    FROM feeds f LEFT JOIN subscriptions s ON s.feed_id = f.id WHERE f.host = ${host}`;
  return row;
}

/** Nobody fetches these: their host is not on this machine, and their first turn is long after the test. */
const manyFeeds = (host: string, count: number) =>
  opml(
    Array.from({ length: count }, (_, index) =>
      outline(`https://${host}/${index}/feed?a=1&amp;b=2`, `Feed ${index}`),
    ).join('\n'),
  );

describe.each<Backend>(['postgres', 'redis'])('imports, on %s', (backend) => {
  const stage = useStage(backend);

  it('says of each row what became of it', async () => {
    const { server, startWorker } = stage.current;
    const { subscribe } = await import('@/lib/service/subscribe');
    server.serve('/mine', { body: writeRss('Mine', makeItems(1)) });
    server.serve('/good', { body: writeRss('Good feed', makeItems(3)) });
    server.serve('/other', { body: writeRss('Its own name', makeItems(3)) });
    server.serve('/bad', { status: 500 });
    const worker = await startWorker();
    await subscribe({ userId: stage.current.userId, address: `${server.origin}/mine` });
    const importId = await upload(
      stage.current,
      opml(`${outline(`${server.origin}/mine`, 'Mine')}
        <outline text="News"><outline text="World">${outline(`${server.origin}/good`, 'Good  feed')}</outline></outline>
        ${outline(`${server.origin}/other`, 'What I call it')}
        ${outline(`${server.origin}/good#again`, 'Good feed')}
        ${outline(`${server.origin}/bad`, 'Bad')}
        ${outline('mailto:me@example.org', 'Mail')}
        <outline type="rss" text="Lost"/><outline text="Empty"/>`),
    );
    const done = await until(stage.current, importId, 'done');
    expect(done.total).toBe(7);
    const settled = await eventually(async () => {
      const { counts } = await read(stage.current, importId);
      return counts.queued === 0 ? counts : null;
    }, 'all feeds were asked for');
    expect(settled).toEqual({
      waiting: 0,
      queued: 0,
      read: 2,
      failing: 1,
      known: 1,
      repeated: 1,
      refused: 2,
    });
    const rows = await rowsOf(stage.current, importId);
    expect(rows.map(({ state, folder }) => [state, folder])).toEqual([
      ['known', null],
      ['read', 'News / World'],
      ['read', null],
      ['repeated', null],
      ['failing', null],
      ['refused', null],
      ['refused', null],
    ]);
    expect(rows.filter((row) => row.message !== null).map((row) => row.message)).toEqual([
      expect.stringMatching(/500|error/i),
      expect.stringMatching(/Only http and https/),
      'The file has no address for this feed.',
    ]);

    // A title that the feed gives itself is nobody's own name for it.
    const titles = await eventually(async () => {
      const subscriptions = await (await store()).subscription.findMany({
        where: { userId: stage.current.userId },
        orderBy: { id: 'asc' },
        include: { folder: true },
      });
      const told = subscriptions.map(({ title, folder }) => [title, folder?.name ?? null]);
      return told[1]?.[0] === null ? told : null;
    }, 'the title is the feed’s own');
    expect(titles).toEqual([
      [null, null],
      [null, 'News / World'],
      ['What I call it', null],
      ['Bad', null],
    ]);
    const folders = await (await store()).folder.findMany({ orderBy: { position: 'asc' } });
    expect(folders.map(({ name }) => name)).toEqual(['News / World', 'Empty']);

    // Those that fail can be asked for again.
    const { retryImport } = await import('@/lib/service/retry-import');
    server.serve('/bad', { body: writeRss('Bad', makeItems(1)) });
    const { userId } = stage.current;
    expect(await retryImport({ userId, importId, position: 1 })).toBe(0);
    expect(await retryImport({ userId: userId + 1, importId, position: null })).toBe(0);
    expect(await retryImport({ userId, importId, position: null })).toBe(1);
    await eventually(async () => (await read(stage.current, importId)).counts.read === 3, 'it is read');
    await worker.end('SIGTERM');
  });

  it('feeds that are asked for again wait until they have been, however many their host has', async () => {
    const { retryImport } = await import('@/lib/service/retry-import');
    const { server, userId, startWorker } = stage.current;
    const paths = Array.from({ length: 14 }, (_, index) => `/again-${index}`);
    for (const path of paths) server.serve(path, { status: 500 });
    let worker = await startWorker();
    const importId = await upload(
      stage.current,
      opml(paths.map((path) => outline(server.origin + path, path)).join('')),
    );
    const countsAre = (wanted: object) =>
      eventually(async () => {
        const { counts } = await read(stage.current, importId);
        return Object.entries(wanted).every(([state, count]) => Reflect.get(counts, state) === count);
      }, JSON.stringify(wanted));
    await countsAre({ failing: 14, queued: 0 });
    await worker.end('SIGTERM');
    expect(await retryImport({ userId, importId, position: null })).toBe(14);
    await countsAre({ failing: 0, queued: 14 });
    // Ten are asked for at once; the others wait on while the host has no turn for them.
    const nextSlot = new Date(Date.now() + 3_600_000);
    await (await store()).host.update({ where: { host: new URL(server.origin).host }, data: { nextSlot } });
    worker = await startWorker();
    await countsAre({ failing: 10, queued: 4 });
    await worker.end('SIGTERM');
    await (await store()).host.updateMany({ data: { nextSlot: new Date() } });
  });

  it('a worker killed in the middle loses and doubles nothing', async () => {
    const { startWorker } = stage.current;
    const host = `killed-${backend}.example`;
    const victim = await startWorker();
    const importId = await upload(stage.current, manyFeeds(host, 4000));
    await eventually(
      async () => {
        const { counts } = await read(stage.current, importId);
        return counts.waiting > 0 && counts.waiting < 4000;
      },
      'some rows are done',
      undefined,
    );
    await victim.end('SIGKILL');
    const { status, counts } = await read(stage.current, importId);
    expect(status).toBe('working');
    expect(counts.waiting).toBeGreaterThan(0);
    const [lease] = await (await store()).$queryRaw<{ seconds: number }[]>`
      SELECT extract(epoch FROM due_at - now())::float8 AS seconds FROM imports WHERE id = ${importId}`;
    expect(lease?.seconds).toBeLessThanOrEqual(20);
    expect(lease?.seconds).toBeGreaterThan(0);
    // That time passes.
    await (await store()).$executeRaw`UPDATE imports SET due_at = now() WHERE id = ${importId}`;
    const heir = await startWorker();
    const done = await until(stage.current, importId, 'done', RECOVERY_MS);
    expect(done.counts.waiting).toBe(0);
    expect(done.counts.queued + done.counts.failing).toBe(4000);
    expect(await countOf(host)).toEqual({ urls: 4000, feeds: 4000, subscriptions: 4000 });
    await heir.end('SIGKILL');
  });

  it('a worker killed while it reads the file loses nothing', async () => {
    const { startWorker } = stage.current;
    const host = `reading-${backend}.example`;
    const importId = await upload(stage.current, manyFeeds(host, 300));
    const db = await store();
    // What a worker leaves behind that was killed right after it had taken the import.
    const { claimImports } = await import('@/lib/store/imports');
    expect((await claimImports(10)).map(({ id }) => id)).toContain(importId);
    await db.$executeRaw`UPDATE imports SET due_at = now() + interval '2 seconds' WHERE id = ${importId}`;
    const worker = await startWorker();
    await until(stage.current, importId, 'done', RECOVERY_MS);
    expect(await countOf(host)).toEqual({ urls: 300, feeds: 300, subscriptions: 300 });
    await worker.end('SIGKILL');
  });
});

describe('imports, without a worker process', () => {
  const stage = useStage('postgres');

  /** Does what a worker does, in this process. */
  async function work(): Promise<void> {
    const { claimImports } = await import('@/lib/store/imports');
    const { runImport } = await import('@/workers/imports/run-import');
    const { readFeedList } = await import('@/lib/feed/opml/read-feed-list');
    for (const held of await claimImports(10)) {
      await runImport(held, async (bytes) => readFeedList(bytes), new AbortController().signal);
    }
  }

  /** Takes one import, and no other: those that are done come due once more, to see what feeds call themselves. */
  async function claim(importId: number) {
    const { claimImports } = await import('@/lib/store/imports');
    await (await store()).$executeRaw`
      UPDATE imports SET due_at = CASE WHEN id = ${importId} THEN now() - interval '1 second' END`;
    const [claimed] = await claimImports(1);
    if (claimed === undefined) throw new Error('nothing was claimed');
    return claimed;
  }

  it('spreads first fetches over time, a few at once', async () => {
    const importId = await upload(stage.current, manyFeeds('spread.example', 1000));
    await work();
    expect((await read(stage.current, importId)).counts.queued).toBe(1000);
    const [due] = await (await store()).$queryRaw<Record<string, number>[]>`
      SELECT count(*) FILTER (WHERE next_fetch_at <= now() + interval '1 second')::int AS soon,
        count(*) FILTER (WHERE next_fetch_at > now() + interval '10 seconds')::int AS later,
        count(*) FILTER (WHERE next_fetch_at > now() + interval '30 seconds')::int AS far,
        count(*) FILTER (WHERE requested_at IS NOT NULL)::int AS wished,
        count(*) FILTER (WHERE sweep_at IS DISTINCT FROM next_fetch_at)::int AS odd
      FROM feed_schedules WHERE host = 'spread.example'`;
    expect(due?.soon).toBeGreaterThanOrEqual(50);
    expect(due?.soon).toBeLessThan(250);
    expect(due?.later).toBeGreaterThan(400);
    expect(due).toMatchObject({ far: 0, wished: 0, odd: 0 });
  });

  it('the same file again adds nothing, and leaves what the reader has changed', async () => {
    const db = await store();
    const text = opml(`<outline text="F">${outline('https://again.example/feed', 'Again')}</outline>`);
    await upload(stage.current, text);
    await work();
    const where = { feed: { host: 'again.example' } };
    await db.subscription.updateMany({ where, data: { title: 'Changed', folderId: null } });
    const importId = await upload(stage.current, text);
    await work();
    expect((await read(stage.current, importId)).counts).toMatchObject({ known: 1, queued: 0 });
    expect(await db.subscription.findMany({ where, select: { title: true, folderId: true } })).toEqual([
      { title: 'Changed', folderId: null },
    ]);
    // Feeds that only fell asleep are woken, and those that are gone stay so.
    await db.subscription.deleteMany({ where });
    await db.$executeRaw`UPDATE feed_schedules SET sweep_at = NULL, next_fetch_at = NULL WHERE host = 'again.example'`;
    await upload(stage.current, text);
    await work();
    const [gone] = await db.feedSchedule.findMany({
      where: { host: 'again.example' },
      select: { sweepAt: true },
    });
    expect(gone).toEqual({ sweepAt: null });
    await db.subscription.deleteMany({ where });
    await db.$executeRaw`
      UPDATE feed_schedules SET next_fetch_at = now() - interval '21 days' WHERE host = 'again.example'`;
    await upload(stage.current, text);
    await work();
    const [woken] = await db.feedSchedule.findMany({
      where: { host: 'again.example' },
      select: { sweepAt: true, nextFetchAt: true },
    });
    expect(woken?.sweepAt).not.toBeNull();
    // It is late from now on: for three weeks nobody wanted it.
    expect(woken?.nextFetchAt?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('an address that is another name of a feed, or a feed of one’s own, leads to that feed', async () => {
    const db = await store();
    const { userId } = stage.current;
    const { subscribeFeed } = await import('@/lib/store/subscribe-feed');
    const { makeOwnAddress } = await import('@/lib/store/own-address');
    const { feedId } = await subscribeFeed(userId, 'https://alias.example/feed', 'alias.example');
    await db.feedAlias.create({ data: { url: 'https://alias.example/', feedId } });
    await subscribeFeed(userId, makeOwnAddress('https://own.example/', userId), 'own.example');
    const importId = await upload(
      stage.current,
      'https://alias.example/\nhttps://alias.example/feed\nhttps://own.example/',
    );
    await work();
    expect((await rowsOf(stage.current, importId)).map((row) => row.state)).toEqual([
      'known',
      'repeated',
      'known',
    ]);
    expect(await countOf('own.example')).toEqual({ urls: 1, feeds: 1, subscriptions: 1 });
  });

  it.each([
    ['<html><body>nothing</body></html>', /web page/],
    ['\u0000\u0001', /no text/],
  ])('refuses a file that is no list, and says why', async (text, says) => {
    const importId = await upload(stage.current, text);
    await work();
    const found = await read(stage.current, importId);
    expect(found).toMatchObject({ status: 'refused', total: 0 });
    expect(found.message).toMatch(says);
    const left = await (await store()).import.findUnique({ where: { id: importId } });
    expect(left).toMatchObject({ bytes: null, dueAt: null });
  });

  it('gives up a file that has ended one worker after the other', async () => {
    const importId = await upload(stage.current, 'https://poison.example/');
    await (await store()).$executeRaw`UPDATE imports SET attempts = 5 WHERE id = ${importId}`;
    await work();
    expect(await read(stage.current, importId)).toMatchObject({ status: 'refused' });
  });

  it('bounds how many files wait', async () => {
    const { startImport } = await import('@/lib/service/start-import');
    const { userId } = stage.current;
    const start = () => startImport({ userId, file: { name: 'a', bytes: Buffer.from('example.org') } });
    const started = await Promise.all(Array.from({ length: 8 }, start));
    expect(started.filter(({ ok }) => ok)).toHaveLength(5);
    expect(await startImport({ userId, file: { name: 'a', bytes: Buffer.alloc(0) } })).toEqual({
      ok: false,
      code: 'empty',
    });
    await work();
    expect((await start()).ok).toBe(true);
    await work();
  });

  it('a claim that was lost writes nothing', async () => {
    const { runImport } = await import('@/workers/imports/run-import');
    const { readFeedList } = await import('@/lib/feed/opml/read-feed-list');
    const importId = await upload(stage.current, 'https://lost.example/');
    const former = await claim(importId);
    const heir = await claim(importId);
    const run = (held: typeof heir) =>
      runImport(held, async (bytes) => readFeedList(bytes), new AbortController().signal);
    await run(former);
    expect((await read(stage.current, importId)).status).toBe('waiting');
    await run(heir);
    expect((await read(stage.current, importId)).status).toBe('done');
  });

  it('a claim that was lost between two rounds subscribes to nothing more', async () => {
    const { subscribeNextRows, writeImportRows } = await import('@/lib/store/import-rows');
    const importId = await upload(stage.current, 'https://between.example/');
    const former = await claim(importId);
    const address = 'https://between.example/';
    const row = { address, title: null, siteUrl: null, folder: null, message: null };
    const rows = [{ ...row, url: address, host: 'between.example' }];
    await writeImportRows(former, { rows, folders: [], message: null });
    const heir = await claim(importId);
    expect(await subscribeNextRows(former)).toBeNull();
    expect((await read(stage.current, importId)).counts.waiting).toBe(1);
    expect(await subscribeNextRows(heir)).toBe(1);
    await work();
  });

  it('export, wipe, import gives the same back', async () => {
    const db = await store();
    const { userId } = stage.current;
    const { exportOpml } = await import('@/lib/service/export-opml');
    await db.$executeRaw`TRUNCATE feeds, folders, imports CASCADE`;
    await upload(
      stage.current,
      opml(`${outline('https://one.example/?a=1&amp;b=2', 'One &amp; &lt;only&gt; “é” 漢字', 'https://one.example/')}
        <outline text="B / b">${outline('https://two.example/f', 'Two')}</outline>
        <outline text="A"><outline text="&quot;a&quot;">${outline('https://three.example/', 'מִבְזָק')}</outline></outline>
        <outline text="Nothing in it"/>${outline('https://four.example/', '')}`),
    );
    await work();
    const snapshot = async () => ({
      folders: (await db.folder.findMany({ where: { userId }, orderBy: { name: 'asc' } })).map((f) => f.name),
      subscriptions: (
        await db.subscription.findMany({
          where: { userId },
          orderBy: { feed: { url: 'asc' } },
          include: { feed: true, folder: true },
        })
      ).map((s) => [s.feed.url, s.title, s.folder?.name ?? null]),
    });
    const before = await snapshot();
    const document = await exportOpml(userId);
    expect(before.subscriptions).toHaveLength(4);
    expect(document).toContain('htmlUrl="https://one.example/"');
    await db.$executeRaw`TRUNCATE feeds, folders, imports CASCADE`;
    await upload(stage.current, document);
    await work();
    const after = await snapshot();
    // A feed that has never been read has no name, and none of the reader's own afterwards.
    expect(after).toEqual(before);
    expect(after.subscriptions).toContainEqual(['https://four.example/', null, null]);
    const undated = (text: string) => text.replace(/<dateCreated>.*<\/dateCreated>/, '');
    const again = undated(await exportOpml(userId));
    expect(again).toBe(undated(document));
  });
});
