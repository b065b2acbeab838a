import { cache } from 'react';
import type { NavFeed } from '@/app/ui/feed-nav';
import { readNavFeeds } from '@/lib/service/read-nav-feeds';
import { readOverview } from '@/lib/store/count-unread';

/** What every page shows of the reader's feeds: read once a request, whoever asks. */
export const loadOverview = cache(async (userId: number) => {
  const overview = await readOverview(userId);
  const feeds: NavFeed[] = await readNavFeeds(userId, overview.feedsVersion);
  return { ...overview, feeds };
});
