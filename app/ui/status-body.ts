import type { FeedStatusView } from '@/lib/store/views';
import type { FeedStatusBody } from './feed-progress';

/** Makes of a feed's status what pages poll for (DESIGN section 6). */
export function toStatusBody(status: FeedStatusView, workersAlive: number): FeedStatusBody {
  return {
    ...status,
    lastFetchedAt: status.lastFetchedAt?.toISOString() ?? null,
    nextFetchAt: status.nextFetchAt?.toISOString() ?? null,
    workersAlive,
  };
}
