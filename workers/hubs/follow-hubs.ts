import { randomBytes } from 'node:crypto';
import type { FeedHints } from '@/lib/feed/types';
import type { Env } from '@/lib/ops/env';
import { log } from '@/lib/ops/log';
import { isPushed, leaveHubs, noteFetch, wantHub } from '@/lib/store/hubs';
import { findCallbackBase } from './callback-base';

/** A fetch that succeeded. */
interface HubFetch {
  feedId: number;
  startedAt: Date;
  /** When the fetch before it started that succeeded. */
  previousAt: Date | null;
  /** What the feed said before. */
  former: FeedHints | null;
  /** What it says now; null when it has not changed. */
  hints: FeedHints | null;
  foundNew: boolean;
}

/** What a feed's fetches have to do with its hub. Feeds without one cost nothing. */
export interface HubFollower {
  /** Whether a hub tells of the feed's changes, so that asking its server can wait. */
  isPushed(feedId: number, hints: FeedHints | null): Promise<boolean>;
  /** To be called once the fetch is stored. Never rejects: the feed is right as it is. */
  follow(fetch: HubFetch): Promise<void>;
}

const NOBODY: HubFollower = { isPushed: async () => false, follow: async () => undefined };

/** @returns a follower that does nothing where no hub can call us. */
export function createHubFollower(env: Env): HubFollower {
  if (findCallbackBase(env) === null) return NOBODY;
  return {
    isPushed: async (feedId, hints) => (findHub(hints) === null ? false : isPushed(feedId)),
    async follow(fetch) {
      try {
        await note(fetch);
      } catch (error) {
        log.warn({ err: error, feedId: fetch.feedId }, 'What a hub is for could not be written down.');
      }
    },
  };
}

/** Both are needed: the hub knows the feed by the address that the feed gives itself (WebSub, section 4). */
function findHub(hints: FeedHints | null): { hub: string; topic: string } | null {
  if (!hints?.hubUrl || !hints.selfUrl) return null;
  return /^https?:/.test(hints.hubUrl) ? { hub: hints.hubUrl, topic: hints.selfUrl } : null;
}

async function note({ feedId, former, hints, ...fetch }: HubFetch): Promise<void> {
  const hub = findHub(hints ?? former);
  if (hub !== null && hints !== null) {
    await wantHub(feedId, hub.hub, hub.topic, randomBytes(24).toString('base64url'));
  }
  if (hub === null && findHub(former) !== null) await leaveHubs(feedId);
  if (hub !== null) await noteFetch({ feedId, ...fetch });
}
