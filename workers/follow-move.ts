import { arePermanent } from '@/lib/net/redirect';
import type { ClaimedFeed } from '@/lib/store/claims';
import type { FetchMarks } from '@/lib/store/fetch-marks';
import type { Move, MovedFeed } from '@/lib/store/move-feed';
import { readConfirmedAddress } from './confirm-new-address';
import { countMove, FETCHES_TO_MOVE, type MoveCount } from './count-move';
import type { FetchContext } from './fetch-context';
import type { Obtained } from './obtain-from';

/** What ends an attempt before anything else is stored; null: it goes on. */
type Ended = 'merged' | 'lost' | null;

interface Attempt {
  context: FetchContext;
  feed: ClaimedFeed;
  token: string;
}

const withoutMark = (url: string) => url.replace(/#.*$/, '');

const toEnd = ({ kind }: MovedFeed): Ended => (kind === 'merged' || kind === 'lost' ? kind : null);

function move(
  { context, feed, token }: Attempt,
  url: string,
  how: Pick<Move, 'onlyMerge' | 'offers'> = {},
): Promise<MovedFeed> {
  return context.store.moveFeed({ feedId: feed.id, token, url, host: new URL(url).host, ...how });
}

/** What a person typed may lead to a feed that is here already, or be a site whose feed was found. */
async function settleFirst(attempt: Attempt, obtained: Obtained): Promise<Ended> {
  const { feed } = attempt;
  if (feed.lastSuccessAt !== null || obtained.kind !== 'feed') return null;
  const { answer, url, offers = [] } = obtained;
  if (arePermanent(answer.redirects)) {
    const ended = toEnd(await move(attempt, answer.url, { onlyMerge: true }));
    if (ended !== null) return ended;
  }
  return url === feed.url ? null : toEnd(await move(attempt, url, { offers }));
}

function countEvidence(feed: ClaimedFeed, obtained: Obtained): MoveCount {
  const { answer } = obtained;
  return countMove(feed, {
    url: withoutMark(obtained.kind === 'feed' ? obtained.url : feed.url),
    read: obtained.kind !== 'failed',
    redirects: answer.redirects,
    answered: answer.url,
    stated: obtained.kind === 'feed' ? obtained.stated : readConfirmedAddress(feed, answer.url),
  });
}

/** Validators as they are from now on, where the document itself is not stored. */
function readValidators(feed: ClaimedFeed, { kind, answer }: Obtained): Partial<FetchMarks> {
  if (kind === 'failed') {
    // What was read last is not what is there now: ask for all of it until it can be read again.
    const outdated = answer.kind === 'document' && (feed.etag !== null || feed.lastModified !== null);
    return outdated ? { etag: null, lastModified: null, validatorsUrl: null } : {};
  }
  if (kind === 'feed' || answer.kind === 'failed') return {};
  // A 304 may say anew what has changed of them (RFC 9110 section 15.4.5).
  const kept = answer.kind === 'not-modified' ? feed : { etag: null, lastModified: null };
  return {
    etag: answer.etag ?? kept.etag,
    lastModified: answer.lastModified ?? kept.lastModified,
    validatorsUrl: answer.url,
  };
}

function readReplacement(feed: ClaimedFeed, obtained: Obtained, now: Date): Partial<FetchMarks> {
  if (obtained.kind !== 'failed') return { replacement: null };
  if (obtained.sought === undefined) return {};
  return { replacement: obtained.sought ?? feed.replacement, soughtAt: now };
}

function findChanges(feed: ClaimedFeed, marks: Partial<FetchMarks>): Partial<FetchMarks> {
  const known: Record<string, unknown> = {
    ...feed,
    validatorsUrl: feed.validatorsUrl ?? withoutMark(feed.url),
  };
  return Object.fromEntries(Object.entries(marks).filter(([name, value]) => known[name] !== value));
}

/**
 * Follows where a fetch has led, before its outcome is stored: the feed's address changes once permanent redirects
 * have held for a few fetches, and what is known of its validators and of a replacement is brought up to date. In
 * a quiet life nothing of it changes, and nothing is written.
 */
export async function followMove(attempt: Attempt, obtained: Obtained): Promise<Ended> {
  const { context, feed, token } = attempt;
  const ended = await settleFirst(attempt, obtained);
  if (ended !== null) return ended;
  let count = countEvidence(feed, obtained);
  if (count.movedTo !== null && count.movedCount >= FETCHES_TO_MOVE) {
    const moved = await move(attempt, count.movedTo);
    const left = toEnd(moved);
    if (left !== null) return left;
    if (moved.kind === 'renamed') count = { movedTo: null, movedCount: 0 };
  }
  const changes = findChanges(feed, {
    ...count,
    ...readValidators(feed, obtained),
    ...readReplacement(feed, obtained, context.now()),
  });
  if (Object.keys(changes).length === 0) return null;
  return (await context.store.writeMarks(feed.id, token, changes)) ? null : 'lost';
}
