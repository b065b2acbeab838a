import { openStore } from './client';
import { readOwnMark } from './own-address';

/** So many items are held in memory at a time. */
const PAGE = 500;

/** What a reader has done with one item. */
export interface ExportedState {
  id: number;
  feed: string;
  url: string | null;
  title: string | null;
  publishedAt: string | null;
  /** Null: as `readThrough` of the subscription says. */
  read: boolean | null;
  starredAt: string | null;
}

const withoutMark = (url: string) => url.slice(0, url.length - readOwnMark(url).length);

/** @returns who a user is, and which feeds they follow; never a password. */
export async function exportSubscriptions(userId: number) {
  const user = await openStore().user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      name: true,
      email: true,
      createdAt: true,
      folders: { select: { name: true }, orderBy: { id: 'asc' } },
      subscriptions: {
        orderBy: { id: 'asc' },
        select: {
          title: true,
          readThroughId: true,
          floorMinutes: true,
          keepDays: true,
          keepItems: true,
          fullText: true,
          createdAt: true,
          folder: { select: { name: true } },
          feed: { select: { url: true, siteUrl: true, title: true } },
        },
      },
    },
  });
  return {
    user: { name: user.name, email: user.email, createdAt: user.createdAt.toISOString() },
    folders: user.folders.map(({ name }) => name),
    subscriptions: user.subscriptions.map(
      ({ feed, folder, title, readThroughId, createdAt, ...settings }) => ({
        url: withoutMark(feed.url),
        site: feed.siteUrl,
        title: title ?? feed.title,
        folder: folder?.name ?? null,
        ...settings,
        /** Items up to this id are read, unless `items` says otherwise. */
        readThrough: Number(readThroughId),
        since: createdAt.toISOString(),
      }),
    ),
  };
}

/** Reads what a user has starred, read and marked unread, a page at a time, in the order of the items. */
export async function* exportStates(userId: number): AsyncGenerator<ExportedState[]> {
  let after = 0n;
  for (;;) {
    const rows = await openStore().itemState.findMany({
      where: { userId, itemId: { gt: after } },
      orderBy: { itemId: 'asc' },
      take: PAGE,
      select: {
        itemId: true,
        read: true,
        starredAt: true,
        item: { select: { url: true, title: true, publishedAt: true, feed: { select: { url: true } } } },
      },
    });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.itemId;
    yield rows.map(({ itemId, read, starredAt, item }) => ({
      id: Number(itemId),
      feed: withoutMark(item.feed.url),
      url: item.url,
      title: item.title,
      publishedAt: item.publishedAt?.toISOString() ?? null,
      read,
      starredAt: starredAt?.toISOString() ?? null,
    }));
  }
}
