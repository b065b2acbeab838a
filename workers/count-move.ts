import { arePermanent, type Redirect } from '@/lib/net/redirect';

/** Fetches in a row that have to say that a feed lives elsewhere now. */
export const FETCHES_TO_MOVE = 3;
/** Longer addresses could not be stored as a feed's (lib/service/feed-address.ts). */
const MAX_LENGTH = 2048;

export interface MoveCount {
  movedTo: string | null;
  movedCount: number;
}

export interface MoveEvidence {
  /** The address that the feed has. */
  url: string;
  /** Whether a feed was read, or has not changed. */
  read: boolean;
  redirects: Redirect[];
  /** Where they led. */
  answered: string;
  /** Where the document says that it lives now, confirmed. */
  stated: string | null;
}

const NOWHERE: MoveCount = { movedTo: null, movedCount: 0 };

/**
 * Counts in how many fetches in a row a feed was found to have moved to the same address for good: through
 * redirects that are all permanent (RFC 9110 sections 15.4.2 and 15.4.9), or by its own word. One temporary
 * redirect, or none, begins anew; failures say nothing, unless a temporary redirect led to them.
 */
export function countMove(before: MoveCount, evidence: MoveEvidence): MoveCount {
  const { url, read, redirects, answered, stated } = evidence;
  const permanent = arePermanent(redirects);
  if (!read) return redirects.length > 0 && !permanent ? NOWHERE : before;
  const target = permanent ? answered : redirects.length === 0 ? stated : null;
  if (target === null || target === url || target.length > MAX_LENGTH) return NOWHERE;
  return { movedTo: target, movedCount: before.movedTo === target ? before.movedCount + 1 : 1 };
}
