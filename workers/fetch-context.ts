import type { FetchFeed } from '@/lib/net/fetch-feed';
import type { claimFeed, handBackFeed, recordStage } from '@/lib/store/claims';
import type { finishFailed, finishRead, finishUnchanged } from '@/lib/store/finish-fetch';
import type { moveFeed } from '@/lib/store/move-feed';
import type { ClaimKeeper } from './claim-keeper';
import type { DocumentPool } from './document-pool';

/** What the job needs of the world: passed in, so that a test can pass in another. */
export interface FetchContext {
  fetch: FetchFeed;
  read: DocumentPool['read'];
  keeper: ClaimKeeper;
  now: () => Date;
  /** From 0 to 1. */
  random: () => number;
  store: {
    claimFeed: typeof claimFeed;
    recordStage: typeof recordStage;
    handBackFeed: typeof handBackFeed;
    moveFeed: typeof moveFeed;
    finishRead: typeof finishRead;
    finishUnchanged: typeof finishUnchanged;
    finishFailed: typeof finishFailed;
  };
}
