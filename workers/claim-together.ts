import { batchWrites } from '@/lib/store/batch-writes';
import type { ClaimRequest } from '@/lib/store/claim-feeds';
import type { ClaimedFeed } from '@/lib/store/claims';

/**
 * Claims one round at a time: what is asked for during a round goes into the next. Rounds at the same time would wait
 * for each other's hosts, and there are as many reasons to claim as fetches that end.
 *
 * @param claim claims what all of them ask for.
 * @returns how to claim: each gets what it has asked for, and nobody the same.
 */
export function claimTogether(
  claim: (request: ClaimRequest) => Promise<ClaimedFeed[]>,
): (request: ClaimRequest) => Promise<ClaimedFeed[]> {
  return batchWrites(async (requests: ClaimRequest[]) => {
    const feedIds = [...new Set(requests.flatMap((request) => request.feedIds))];
    const hosts = [...new Set(requests.flatMap((request) => request.hosts))];
    const askers = new Map<number | string, ClaimedFeed[]>();
    const claimed = requests.map((request): ClaimedFeed[] => {
      const own: ClaimedFeed[] = [];
      for (const key of [...request.feedIds, ...request.hosts]) if (!askers.has(key)) askers.set(key, own);
      return own;
    });
    for (const feed of await claim({ feedIds, hosts }))
      (askers.get(feed.id) ?? askers.get(feed.host))?.push(feed);
    return claimed;
  });
}
