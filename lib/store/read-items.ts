import type { Enclosure } from '@/lib/feed/types';
import { openStore } from './client';
import { writeIconKey } from './icon-key';
import type { ItemView } from './views';

/** @returns an item of a feed that the user subscribes to, or that the user has starred; else null. */
export async function readItem(userId: number, itemId: number): Promise<ItemView | null> {
  const item = await openStore().item.findFirst({
    where: {
      id: itemId,
      OR: [
        { feed: { subscriptions: { some: { userId } } } },
        { states: { some: { userId, starredAt: { not: null } } } },
      ],
    },
    omit: { identity: true, contentHash: true },
    include: {
      states: { where: { userId } },
      feed: {
        include: {
          subscriptions: { where: { userId }, select: { title: true, readThroughId: true, fullText: true } },
          storedIcon: { select: { id: true, hash: true } },
        },
      },
    },
  });
  if (item === null) return null;
  const { feed } = item;
  const [subscription] = feed.subscriptions;
  const [state] = item.states;
  return {
    id: itemId,
    feedId: item.feedId,
    feedTitle: subscription?.title || feed.title || feed.host,
    feedIcon: feed.storedIcon && writeIconKey(feed.storedIcon),
    title: item.title,
    author: item.author,
    url: item.url,
    excerpt: item.excerpt,
    thumbnail: item.thumbnail,
    publishedAt: item.publishedAt,
    sortAt: item.sortAt,
    read: state?.read ?? (subscription === undefined || item.id <= subscription.readThroughId),
    starred: state !== undefined && state.starredAt !== null,
    html: item.html,
    // Written by writeItems, from an Enclosure[].
    enclosures: item.enclosures as unknown as Enclosure[],
    categories: item.categories,
    commentsUrl: item.commentsUrl,
    feedLanguage: feed.language,
    wantsFullText: subscription?.fullText ?? false,
  };
}
