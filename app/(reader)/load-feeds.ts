import { cache } from 'react';
import type { NavFeed } from '@/app/ui/feed-nav';
import { listSubscriptions } from '@/lib/store/read-feeds';

/** The reader's feeds as the navigation shows them: read once a request, whoever asks. */
export const loadFeeds = cache((userId: number): Promise<NavFeed[]> => listSubscriptions(userId));
