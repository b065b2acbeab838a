import { log } from '@/lib/ops/log';
import { metrics } from '@/lib/ops/metrics';
import type { ClaimRequest } from '@/lib/store/claim-feeds';
import type { ClaimedFeed } from '@/lib/store/claims';
import { claimTogether } from './claim-together';
import type { FetchContext } from './fetch-context';
import { fetchFeed } from './fetch-feed';
import { lendPlaces } from './lend-places';
import { createRoom, type Room } from './room';

/** A server that has not answered by then is not to hold others up. */
const SLOW_MS = 100;

/** So many fetches for each place may wait without one. */
const LENT = 2;

export interface FetchPool {
  /** Takes feeds that people wait for, at once; resolves when they are ours, or are not to be had. */
  fetch(feedIds: number[]): Promise<void>;
  /** Takes many feeds that people wait for, as many as there is room for at a time; resolves when all are ours. */
  fetchMany(feedIds: number[], signal: AbortSignal): Promise<void>;
  /** Takes feeds in the background, as many as there is room for at a time; resolves when all are ours. */
  refresh(feedIds: number[], signal: AbortSignal): Promise<void>;
  /** Whether those that wait for their host are left where they are, when a fetch there ends. */
  pause(paused: boolean): void;
  /** A request to a host has ended: takes those that wait for it. */
  followUp(host: string): void;
  /** How many feeds are being fetched. */
  countAtWork(): number;
  /**
   * Takes nothing more by itself, and waits for what is at work; tells it to end after `limitMs`, whatever else hangs.
   *
   * @param lastJobs resolves when the queue hands over no more feeds.
   */
  finish(limitMs: number, lastJobs: Promise<unknown>): Promise<void>;
}

/**
 * The fetches of this process. A job ends when its feeds are claimed: from then on the rows say whose they are, and a
 * slow server holds no job. A fetch that ends takes the next feed in its host's line along.
 *
 * @param size fetches in the background at a time; as many of feeds that people wait for come on top, and those that
 *   one person has just asked for, one by one.
 */
export function createFetchPool(context: FetchContext, size: number): FetchPool {
  const background = createRoom(size);
  const wanted = createRoom(size);
  const lender = lendPlaces({ afterMs: SLOW_MS, most: LENT * size });
  const stopping = new AbortController();
  const atWork = new Set<Promise<void>>();
  /** What is claimed while this process stops must not be left behind. */
  const claiming = new Set<Promise<void>>();
  const { store, politeness } = context;
  const claim = claimTogether((request) => store.claimFeeds(request, politeness));
  /** No places are filled any more; what a person waits for is still taken from the queue, which has forgotten it. */
  let closing = false;
  let closed = false;
  let paused = false;

  /** @param place what it takes up; a feed that one person waits for takes up none. */
  const begin = (feed: ClaimedFeed, place?: { room: Room; leave: () => void }) => {
    const tenant = place && lender.watch(place.room, place.leave);
    const work = fetchFeed(context, feed, stopping.signal, tenant)
      .then((outcome) => log.debug({ feedId: feed.id, outcome }, 'fetched'))
      .catch((error: unknown) => log.error({ err: error, feedId: feed.id }, 'A fetch failed on a bug.'))
      .finally(() => {
        atWork.delete(work);
        metrics.atWork.set(atWork.size);
        tenant?.end();
        followUp(feed.host);
      });
    atWork.add(work);
    metrics.atWork.set(atWork.size);
  };

  /** Whoever ends a job, or the queue, does not wait for what it is claiming: that is followed here until it is at work. */
  const claimAndBegin = (request: ClaimRequest, beginAll: (feeds: ClaimedFeed[]) => void): Promise<void> => {
    const begun = claim(request).then(beginAll);
    const followed = begun.catch(() => undefined).finally(() => claiming.delete(followed));
    claiming.add(followed);
    return begun;
  };

  const followUp = (host: string) => {
    if (closing || paused) return;
    claimAndBegin({ feedIds: [], hosts: [host] }, (feeds) => {
      for (const feed of feeds) {
        const room = feed.requested ? wanted : background;
        begin(feed, { room, leave: room.enter() });
      }
    }).catch((error: unknown) =>
      log.warn({ err: error }, 'Waiting feeds could not be taken; the sweep will.'),
    );
  };

  const take = async (room: Room, feedIds: number[], signal: AbortSignal) => {
    for (let start = 0; start < feedIds.length && !closing; ) {
      const leave = await room.take(feedIds.length - start, signal);
      const leaveAll = () => {
        for (const unused of leave) unused();
      };
      if (closing) return leaveAll();
      const asked = feedIds.slice(start, start + leave.length);
      await claimAndBegin({ feedIds: asked, hosts: [] }, (claimed) => {
        for (const [index, unused] of leave.entries()) {
          const feed = claimed[index];
          if (feed === undefined) unused();
          else begin(feed, { room, leave: unused });
        }
      }).catch((error: unknown) => {
        leaveAll();
        throw error;
      });
      start += leave.length;
    }
  };

  return {
    async fetch(feedIds) {
      if (closed) return;
      await claimAndBegin({ feedIds, hosts: [] }, (feeds) => {
        for (const feed of feeds) begin(feed);
      });
    },
    fetchMany: (feedIds, signal) => take(wanted, feedIds, signal),
    refresh: (feedIds, signal) => take(background, feedIds, signal),
    pause(on) {
      paused = on;
    },
    followUp,
    countAtWork: () => atWork.size,
    async finish(limitMs, lastJobs) {
      closing = true;
      const timer = setTimeout(() => stopping.abort(new Error('the worker is stopping')), limitMs);
      const late = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
      await Promise.race([Promise.allSettled([lastJobs]), late]);
      closed = true;
      while (atWork.size + claiming.size > 0) await Promise.all([...atWork, ...claiming]);
      clearTimeout(timer);
      lender.stop();
    },
  };
}
