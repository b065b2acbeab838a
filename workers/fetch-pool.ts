import { log } from '@/lib/ops/log';
import { metrics } from '@/lib/ops/metrics';
import type { ClaimedFeed } from '@/lib/store/claims';
import type { FetchContext } from './fetch-context';
import { fetchFeed } from './fetch-feed';
import { createRoom } from './room';

export interface FetchPool {
  /** Takes feeds that people wait for, at once; resolves when they are ours, or are not to be had. */
  fetch(feedIds: number[]): Promise<void>;
  /** Takes feeds in the background, as many as there is room for at a time; resolves when all are ours. */
  refresh(feedIds: number[], signal: AbortSignal): Promise<void>;
  /** Takes nothing more, and waits for what is at work; tells it to end after `limitMs`. */
  finish(limitMs: number): Promise<void>;
}

/**
 * The fetches of this process. A job ends when its feeds are claimed: from then on the rows say whose they are, and a
 * slow server holds no job. A fetch that ends takes the next feed in its host's line along.
 *
 * @param size fetches in the background at a time; those of people come on top.
 */
export function createFetchPool(context: FetchContext, size: number): FetchPool {
  const room = createRoom(size);
  const stopping = new AbortController();
  const atWork = new Set<Promise<void>>();
  let closed = false;

  const begin = (feed: ClaimedFeed, leave: () => void) => {
    const work = fetchFeed(context, feed, stopping.signal)
      .then((outcome) => log.debug({ feedId: feed.id, outcome }, 'fetched'))
      .catch((error: unknown) => log.error({ err: error, feedId: feed.id }, 'A fetch failed on a bug.'))
      .finally(() => {
        atWork.delete(work);
        metrics.atWork.set(atWork.size);
        leave();
        followUp(feed.host);
      });
    atWork.add(work);
    metrics.atWork.set(atWork.size);
  };

  let hosts = new Set<string>();
  let following = false;
  /** The hosts that have just answered may be asked again: for all of them at once, one round at a time. */
  const followUp = (host: string) => {
    hosts.add(host);
    if (following) return;
    following = true;
    const round = async () => {
      while (hosts.size > 0 && !closed) {
        const free = [...hosts];
        hosts = new Set();
        const next = await context.store.claimWaiting(free, context.politeness);
        for (const feed of next) begin(feed, room.enter());
      }
    };
    round()
      .catch((error: unknown) =>
        log.warn({ err: error }, 'Waiting feeds could not be taken; the sweep will.'),
      )
      .finally(() => {
        following = false;
      });
  };

  return {
    async fetch(feedIds) {
      for (const feed of await context.store.claimFeeds(feedIds, context.politeness))
        begin(feed, () => undefined);
    },
    async refresh(feedIds, signal) {
      for (let start = 0; start < feedIds.length && !closed; ) {
        const leave = await room.take(feedIds.length - start, signal);
        const wanted = feedIds.slice(start, start + leave.length);
        const claimed = await context.store.claimFeeds(wanted, context.politeness).catch((error: unknown) => {
          for (const unused of leave) unused();
          throw error;
        });
        for (const [index, unused] of leave.entries()) {
          const feed = claimed[index];
          if (feed === undefined) unused();
          else begin(feed, unused);
        }
        start += leave.length;
      }
    },
    async finish(limitMs) {
      closed = true;
      const timer = setTimeout(() => stopping.abort(new Error('the worker is stopping')), limitMs);
      while (atWork.size > 0) await Promise.all(atWork);
      clearTimeout(timer);
    },
  };
}
