import type { FetchFeed } from '@/lib/net/fetch-feed';
import type { acquitFeeds } from '@/lib/store/acquit-feeds';
import type { claimFeeds, restHost } from '@/lib/store/claim-feeds';
import type { handBackFeed, postponeFeed, recordStage } from '@/lib/store/claims';
import type { writeMarks } from '@/lib/store/fetch-marks';
import type { finishFailed, finishUnchanged } from '@/lib/store/finish-fetch';
import type { finishRead } from '@/lib/store/finish-read';
import type { moveFeed } from '@/lib/store/move-feed';
import type { Politeness } from '@/lib/store/politeness';
import type { ClaimKeeper } from './claim-keeper';
import type { DocumentPool } from './document-pool';
import type { HostVisits } from './host-visits';
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
  visits: HostVisits;
  now: () => Date;
  /** From 0 to 1. */
  random: () => number;
  store: {
    acquitFeeds: typeof acquitFeeds;
    claimFeeds: typeof claimFeeds;
    restHost: typeof restHost;
    recordStage: typeof recordStage;
    handBackFeed: typeof handBackFeed;
    postponeFeed: typeof postponeFeed;
    moveFeed: typeof moveFeed;
    writeMarks: typeof writeMarks;
    finishRead: typeof finishRead;
    finishUnchanged: typeof finishUnchanged;
    finishFailed: typeof finishFailed;
  };
}
