import type { FetchFeed } from '@/lib/net/fetch-feed';
import type { acquitFeeds } from '@/lib/store/acquit-feeds';
import type { claimFeeds, Politeness, restHost } from '@/lib/store/claim-feeds';
import type { handBackFeed, recordStage } from '@/lib/store/claims';
import type { writeMarks } from '@/lib/store/fetch-marks';
import type { finishFailed, finishUnchanged } from '@/lib/store/finish-fetch';
import type { finishRead } from '@/lib/store/finish-read';
import type { moveFeed } from '@/lib/store/move-feed';
import type { ClaimKeeper } from './claim-keeper';
import type { DocumentPool } from './document-pool';
import type { HubFollower } from './hubs/follow-hubs';
import type { OutageNotice } from './notice-outage';

/** What the job needs of the world: passed in, so that a test can pass in another. */
export interface FetchContext {
  fetch: FetchFeed;
  read: DocumentPool['read'];
  keeper: ClaimKeeper;
  hubs: HubFollower;
  outage: OutageNotice;
  politeness: Politeness;
  now: () => Date;
  /** From 0 to 1. */
  random: () => number;
  store: {
    acquitFeeds: typeof acquitFeeds;
    claimFeeds: typeof claimFeeds;
    restHost: typeof restHost;
    recordStage: typeof recordStage;
    handBackFeed: typeof handBackFeed;
    moveFeed: typeof moveFeed;
    writeMarks: typeof writeMarks;
    finishRead: typeof finishRead;
    finishUnchanged: typeof finishUnchanged;
    finishFailed: typeof finishFailed;
  };
}
