import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { useStage } from '../support/stage';

useStage('postgres');

let strangerId = 0;

const store = async () => (await import('@/lib/store/client')).openStore();

beforeAll(async () => {
  strangerId = (await (await store()).user.create({ data: { name: 'stranger' } })).id;
});

/** A user of its own, so that no test meets another's folders. */
async function makeUser(): Promise<number> {
  return (await (await store()).user.create({ data: { name: randomUUID() } })).id;
}

async function makeFeed(userId: number, facts = {}): Promise<number> {
  const client = await store();
  const { id } = await client.feed.create({
    data: { url: `https://example.org/${randomUUID()}`, host: 'example.org', title: 'Example' },
  });
  await client.subscription.create({ data: { userId, feedId: id, ...facts } });
  return id;
}

async function make(userId: number, name: string): Promise<number> {
  const { makeFolder } = await import('@/lib/service/make-folder');
  const made = await makeFolder({ userId, name });
  if (!made.ok) throw new Error(made.message);
  return made.folderId;
}

const list = async (userId: number) => (await import('@/lib/store/read-folders')).listFolders(userId);
const names = async (userId: number) => (await list(userId)).map(({ name }) => name);
const readSubscription = async (userId: number, feedId: number) =>
  (await store()).subscription.findUnique({ where: { userId_feedId: { userId, feedId } } });

it('folders are made in order, under names of their own', async () => {
  const userId = await makeUser();
  const { makeFolder } = await import('@/lib/service/make-folder');
  await make(userId, '  Tides\n and\tships ');
  await make(userId, 'Birds');
  await make(strangerId, 'Birds');
  expect(await list(userId)).toMatchObject([
    { name: 'Tides and ships', position: 0 },
    { name: 'Birds', position: 1 },
  ]);
  const messages = await Promise.all(
    ['Birds', ' ', 'x'.repeat(101)].map(async (name) => makeFolder({ userId, name })),
  );
  expect(messages).toEqual([
    { ok: false, message: 'You have a folder named “Birds” already.' },
    { ok: false, message: 'Type a name for the folder.' },
    { ok: false, message: 'The name is too long: 100 characters are the limit.' },
  ]);
  const { renameFolder } = await import('@/lib/service/rename-folder');
  const [tides] = await list(userId);
  const folderId = tides?.id ?? 0;
  expect(await renameFolder({ userId, folderId, name: 'Birds' })).toMatchObject({ ok: false });
  expect(await renameFolder({ userId: strangerId, folderId, name: 'Mine' })).toEqual({
    ok: false,
    message: 'There is no such folder among yours.',
  });
  expect(await renameFolder({ userId, folderId, name: 'Ebb' })).toEqual({ ok: true });
  expect(await names(userId)).toEqual(['Ebb', 'Birds']);
});

it('there is an end to how many there may be', async () => {
  const userId = await makeUser();
  const { makeFolder } = await import('@/lib/service/make-folder');
  const data = Array.from({ length: 499 }, (_, n) => ({ userId, name: `Folder ${n}`, position: n }));
  await (await store()).folder.createMany({ data });
  await make(userId, 'The last');
  expect(await makeFolder({ userId, name: 'One more' })).toEqual({
    ok: false,
    message: 'You have as many folders as there can be: delete one first.',
  });
});

it('fifty of one name at once are one folder', async () => {
  const userId = await makeUser();
  const { makeFolder } = await import('@/lib/service/make-folder');
  const made = await Promise.all(Array.from({ length: 50 }, () => makeFolder({ userId, name: 'One' })));
  expect(made.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await names(userId)).toEqual(['One']);
});

it('are put in another order, nobody else’s among them', async () => {
  const userId = await makeUser();
  const [a, b, c] = [await make(userId, 'a'), await make(userId, 'b'), await make(userId, 'c')];
  const other = await make(strangerId, 'theirs');
  const { shiftFolder } = await import('@/lib/service/shift-folder');
  await shiftFolder({ userId, folderId: c, by: -1 });
  expect(await names(userId)).toEqual(['a', 'c', 'b']);
  await shiftFolder({ userId, folderId: a, by: -1 });
  await shiftFolder({ userId, folderId: b, by: 1 });
  await shiftFolder({ userId, folderId: other, by: -1 });
  expect(await names(userId)).toEqual(['a', 'c', 'b']);
  const { placeFolder } = await import('@/lib/service/place-folder');
  await placeFolder({ userId, folderId: b, before: c });
  expect(await names(userId)).toEqual(['a', 'b', 'c']);
  await placeFolder({ userId, folderId: a, before: null });
  expect(await names(userId)).toEqual(['b', 'c', 'a']);
  for (const [folderId, before] of [
    [other, b],
    [b, other],
    [b, b],
  ] as const)
    await placeFolder({ userId, folderId, before });
  expect(await names(userId)).toEqual(['b', 'c', 'a']);
  await placeFolder({ userId, folderId: a, before: b });
  await placeFolder({ userId, folderId: c, before: b });
  expect(await names(userId)).toEqual(['a', 'c', 'b']);
  const { orderFolders } = await import('@/lib/store/change-folders');
  await orderFolders(userId, [other, b]);
  expect(await list(userId)).toMatchObject([
    { name: 'b', position: 0 },
    { name: 'a', position: 1 },
    { name: 'c', position: 2 },
  ]);
});

it('feeds move between a user’s own folders only', async () => {
  const userId = await makeUser();
  const [folder, theirs] = [await make(userId, 'mine'), await make(strangerId, randomUUID())];
  const [one, two, other] = [await makeFeed(userId), await makeFeed(userId), await makeFeed(strangerId)];
  const { moveFeeds } = await import('@/lib/service/move-feeds');
  expect(await moveFeeds({ userId, feedIds: [one, two, other], folderId: folder })).toBe(2);
  expect(await moveFeeds({ userId, feedIds: [one], folderId: theirs })).toBe(0);
  expect(await readSubscription(userId, one)).toMatchObject({ folderId: folder });
  expect(await readSubscription(strangerId, other)).toMatchObject({ folderId: null });
  expect(await moveFeeds({ userId, feedIds: [one], folderId: null })).toBe(1);
  expect(await readSubscription(userId, one)).toMatchObject({ folderId: null });
});

it('what is in a folder that is deleted stays, or goes and comes back with it', async () => {
  const userId = await makeUser();
  const [kept, gone] = [await make(userId, 'kept'), await make(userId, 'gone')];
  const stays = await makeFeed(userId, { folderId: kept });
  const goes = await makeFeed(userId, { folderId: gone, title: 'My own', readThroughId: 7n });
  const before = await readSubscription(userId, goes);
  const { removeFolder } = await import('@/lib/service/remove-folder');
  const { undoUnsubscribe } = await import('@/lib/service/undo-unsubscribe');
  expect(await removeFolder({ userId: strangerId, folderId: gone, feeds: 'unsubscribe' })).toBeNull();
  expect(await removeFolder({ userId: strangerId, folderId: kept, feeds: 'keep' })).toBeNull();
  expect(await removeFolder({ userId, folderId: kept, feeds: 'keep' })).toEqual({ count: 0, undo: null });
  expect(await readSubscription(userId, stays)).toMatchObject({ folderId: null });
  const removed = await removeFolder({ userId, folderId: gone, feeds: 'unsubscribe' });
  expect(removed).toMatchObject({ count: 1, undo: expect.any(String) });
  expect(await readSubscription(userId, goes)).toBeNull();
  expect(await names(userId)).toEqual([]);
  expect(await undoUnsubscribe({ userId, undo: removed?.undo ?? '' })).toEqual([goes]);
  const [again] = await list(userId);
  expect(again?.name).toBe('gone');
  expect(await readSubscription(userId, goes)).toEqual({ ...before, folderId: again?.id });
});
