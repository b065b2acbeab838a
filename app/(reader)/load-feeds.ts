import { cache } from 'react';
import type { NavFeed } from '@/app/ui/feed-nav';
import { listSubscriptions } from '@/lib/store/read-feeds';

/** The reader's feeds as the navigation shows them: read once a request, whoever asks. */
export const loadFeeds = cache(async (userId: number): Promise<NavFeed[]> => {
  const feeds = await listSubscriptions(userId);
  return feeds.map(({ feedId, title, status }) => ({ id: feedId, title, status }));
});
