import { beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '@/lib/store/client';
import { addFeed, addItem, addSubscription, addUser } from '../support/reading';
import { useStage } from '../support/stage';

const stage = useStage('postgres');

type Route = (request: Request, context: { params: Promise<never> }) => Promise<Response>;

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the route says is what the tests look at.
  body: any;
}

async function ask(route: Route, path: string, init?: RequestInit, params = {}): Promise<Answer> {
  const request = new Request(`http://127.0.0.1${path}`, init);
  const response = await route(request, { params: Promise.resolve(params as never) });
  return { status: response.status, body: await response.json() };
}

async function getItems(query: string): Promise<Answer> {
  const { GET } = await import('@/app/api/items/route');
  return ask(GET, `/api/items?${query}`);
}

async function getItem(id: number | string): Promise<Answer> {
  const { GET } = await import('@/app/api/items/[id]/route');
  return ask(GET as Route, `/api/items/${id}`, {}, { id: String(id) });
}

async function send(path: 'items' | 'mark-read' | 'undo', body: unknown): Promise<Answer> {
  const routes = {
    items: async () => (await import('@/app/api/items/route')).PATCH,
    'mark-read': async () => (await import('@/app/api/mark-read/route')).POST,
    undo: async () => (await import('@/app/api/undo/route')).POST,
  };
  const init = { method: 'POST', body: JSON.stringify(body) };
  return ask(await routes[path](), `/api/${path}`, init);
}

async function getCounts() {
  const { GET } = await import('@/app/api/counts/route');
  return ask(GET, '/api/counts');
}

const ids = (answer: Answer): number[] => answer.body.items.map((item: { id: number }) => item.id);

let feed: number;
let foreign: number;
let items: number[];
let foreignItem: number;

beforeAll(async () => {
  const { userId } = stage.current;
  const other = await addUser();
  feed = await addFeed();
  foreign = await addFeed();
  await addSubscription(userId, feed);
  await addSubscription(other, foreign);
  items = [];
  for (let day = 1; day <= 5; day += 1) items.push(await addItem(feed, new Date(Date.UTC(2026, 0, day))));
  foreignItem = await addItem(foreign, new Date(Date.UTC(2026, 0, 9)));
});

it('names the list of feeds anew whenever something in it has changed, and only then', async () => {
  const { userId } = stage.current;
  const store = openStore();
  const getVersion = async (): Promise<string> => (await getCounts()).body.feedsVersion;
  const other = await addUser();
  const folder = await store.folder.create({ data: { userId, name: 'Sea' } });
  const seen = [await getVersion()];
  const changes = [
    () => store.subscription.updateMany({ where: { userId }, data: { title: 'Ebb' } }),
    () => store.subscription.updateMany({ where: { userId }, data: { folderId: folder.id } }),
    () => store.feed.update({ where: { id: feed }, data: { status: 'FAILING' } }),
    () => store.folder.update({ where: { id: folder.id }, data: { name: 'Shore' } }),
    () => store.folder.update({ where: { id: folder.id }, data: { position: 4 } }),
    async () => addSubscription(userId, await addFeed()),
    () => store.folder.create({ data: { userId, name: 'Marsh' } }),
    () => store.folder.deleteMany({ where: { userId } }),
  ];
  for (const change of changes) {
    await change();
    seen.push(await getVersion());
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.at(-1)?.startsWith(`${userId}-`)).toBe(true);
  // Of the list, and of nobody else's.
  await store.folder.create({ data: { userId: other, name: 'Theirs' } });
  await store.feed.update({ where: { id: foreign }, data: { status: 'FAILING' } });
  await store.feed.update({ where: { id: feed }, data: { description: 'Said of itself' } });
  expect(await getVersion()).toBe(seen.at(-1));
  const { GET } = await import('@/app/api/feed-list/route');
  const list = await ask(GET, `/api/feed-list?version=${seen.at(-1)}`);
  expect(list.body).toMatchObject({ version: seen.at(-1), folders: [] });
  expect(list.body.feeds).toHaveLength(2);
  await store.subscription.deleteMany({ where: { userId, feedId: { not: feed } } });
});

describe('lists', () => {
  it('gives pages in both orders that go on where the last one ended', async () => {
    const first = await getItems('view=all&limit=2');
    expect(ids(first)).toEqual([items[4], items[3]]);
    const second = await getItems(`view=all&limit=2&cursor=${first.body.nextCursor}`);
    const third = await getItems(`view=all&limit=2&cursor=${second.body.nextCursor}`);
    expect([...ids(second), ...ids(third)]).toEqual([items[2], items[1], items[0]]);
    expect(third.body.nextCursor).toBeNull();
    expect(ids(await getItems('view=unread&order=oldest'))).toEqual(items);
  });

  it.each([
    'view=mine',
    'view=feed-0',
    'view=feed-99999999999',
    'order=best',
    'cursor=1',
    'limit=201',
    'unread=yes',
  ])('refuses %s', async (query) => {
    const { status, body } = await getItems(query);
    expect(status).toBe(400);
    expect(body.error.code).toBe('bad-request');
  });

  it("shows nothing of other people's feeds", async () => {
    expect(ids(await getItems(`view=feed-${foreign}`))).toEqual([]);
    expect((await getItem(foreignItem)).status).toBe(404);
    expect((await getItem('x')).status).toBe(404);
    await send('items', { ids: [foreignItem], starred: true, read: true });
    expect(ids(await getItems('view=starred'))).toEqual([]);
  });
});

describe('marks', () => {
  it('counts at once what was marked, and undoes what was done to all', async () => {
    expect((await getCounts()).body).toMatchObject({ counts: { [feed]: 5 }, newestItemId: items[4] });
    const marked = await send('items', { ids: [items[0]], read: true, starred: true });
    expect(marked.body).toEqual({ counts: { [feed]: 4 } });
    expect((await getItem(items[0] ?? 0)).body).toMatchObject({
      read: true,
      starred: true,
      html: '<p>Text</p>',
    });
    const all = await send('mark-read', { view: 'all' });
    expect(all.body).toMatchObject({ marked: 4, counts: {} });
    const newest = await addItem(feed, new Date(Date.UTC(2026, 0, 8)));
    await send('items', { ids: [items[1]], read: true });
    const undone = await send('undo', { undo: all.body.undo });
    expect(undone.body).toEqual({ counts: { [feed]: 4 } });
    expect(ids(await getItems('view=unread'))).toEqual([newest, items[4], items[3], items[2]]);
    expect((await send('undo', { undo: all.body.undo })).status).toBe(410);
  });

  it('marks what is above or below a row, or older than a day', async () => {
    const cursor = `${Date.UTC(2026, 0, 4)}-${items[3]}`;
    const below = await send('mark-read', { view: 'unread', from: { cursor, direction: 'below' } });
    expect(below.body.marked).toBe(1);
    expect(ids(await getItems('view=unread'))).not.toContain(items[2]);
    const above = await send('mark-read', { view: 'unread', from: { cursor, direction: 'above' } });
    expect(above.body.marked).toBe(2);
    expect(ids(await getItems('view=unread'))).toEqual([items[3]]);
    const older = await send('mark-read', { view: 'unread', before: '2026-01-05T00:00:00Z' });
    expect(older.body).toMatchObject({ marked: 1, counts: {} });
    for (const { body } of [older, above, below]) await send('undo', { undo: body.undo });
    expect(ids(await getItems('view=unread'))).toHaveLength(4);
  });

  it.each([{ ids: [] }, { ids: [0] }, { ids: ['1'] }, { ids: [1], read: 'yes' }, {}])(
    'refuses %j',
    async (body) => {
      expect((await send('items', body)).status).toBe(400);
    },
  );
});

it('keeps what is starred when its feed is unsubscribed from', async () => {
  const { unsubscribe } = await import('@/lib/service/unsubscribe');
  await unsubscribe({ userId: stage.current.userId, feedId: feed });
  expect(ids(await getItems('view=starred'))).toEqual([items[0]]);
  expect((await getItem(items[0] ?? 0)).body).toMatchObject({ read: true, starred: true });
  await send('items', { ids: [items[0]], starred: false });
  expect((await getItem(items[0] ?? 0)).status).toBe(404);
});
