import { log } from '@/lib/ops/log';
import { metrics } from '@/lib/ops/metrics';
import { forgetEnded } from '@/lib/store/end-subscriptions';
import { forgetHosts } from '@/lib/store/forget-hosts';
import { claimTrims, trimFeed } from '@/lib/store/retention';
import { startRounds } from '../run-rounds';

const EVERY_MS = 5000;
/** Feeds a round, one after the other: nobody waits for it, and fetches go first. */
const FEEDS = 25;
/** All hosts are held against all feeds: seldom. */
const HOSTS_EVERY_MS = 86_400_000;

/** Deletes what has been kept for long enough, a few feeds at a time. @returns how to stop. */
export function startTrims(): () => Promise<void> {
  let hostsAt = performance.now();
  return startRounds<number[]>({
    name: 'trims',
    everyMs: EVERY_MS,
    atOnce: 1,
    claim: async () => {
      await forgetEnded();
      if (performance.now() >= hostsAt) {
        hostsAt = performance.now() + HOSTS_EVERY_MS;
        log.debug({ gone: await forgetHosts() }, 'Hosts that nobody asks any more have gone.');
      }
      const feedIds = await claimTrims(FEEDS);
      return feedIds.length === 0 ? [] : [feedIds];
    },
    work: async (feedIds, signal) => {
      for (const feedId of feedIds) {
        if (signal.aborted) return;
        const gone = await trimFeed(feedId);
        if (gone > 0) log.info({ feedId, gone }, 'Items that were kept for long enough have gone.');
        metrics.items.inc({ kind: 'trimmed' }, gone);
      }
    },
  });
}
