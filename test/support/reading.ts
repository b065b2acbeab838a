import { randomUUID } from 'node:crypto';

/** @returns a user with nothing. */
export async function addUser(): Promise<number> {
  const { openStore } = await import('@/lib/store/client');
  return (await openStore().user.create({ data: { name: randomUUID() } })).id;
}

/** @returns the id of a feed that has been read, with no items. */
export async function addFeed(): Promise<number> {
  const { openStore } = await import('@/lib/store/client');
  const name = randomUUID();
  const feed = { url: `https://${name}.example/feed`, host: `${name}.example`, title: name };
  return (await openStore().feed.create({ data: { ...feed, status: 'READY' } })).id;
}

/** @returns the id of an item that is stored as the newest. */
export async function addItem(feedId: number, publishedAt: Date, title = 'An item'): Promise<number> {
  const { openStore } = await import('@/lib/store/client');
  const identity = Buffer.from(randomUUID());
  const facts = { feedId, identity, contentHash: identity, title, html: '<p>Text</p>', excerpt: 'Text' };
  const item = await openStore().item.create({ data: { ...facts, publishedAt, sortAt: publishedAt } });
  return Number(item.id);
}

/** Subscribes a user to a feed, in a folder if one is given. */
export async function addSubscription(userId: number, feedId: number, folderId?: number): Promise<void> {
  const { openStore } = await import('@/lib/store/client');
  await openStore().subscription.create({ data: { userId, feedId, folderId: folderId ?? null } });
}
