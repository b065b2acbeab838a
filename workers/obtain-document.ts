import { chooseOffers } from '@/lib/feed/choose-offers';
import { feedUrlForSite } from '@/lib/feed/known-sites';
import type { FeedCandidate } from '@/lib/feed/types';
import { describeFailure, type Failure } from '@/lib/ops/fetch-error';
import { confirmNewAddress } from './confirm-new-address';
import {
  type ObtainAttempt,
  type Obtained,
  type ObtainedFailure,
  obtainFrom,
  type Step,
} from './obtain-from';
import { seekReplacement } from './seek-replacement';
import { unlockCredentials } from './unlock-credentials';

export type { Obtained };

/** Feeds that a page offers are tried in its order, up to this many; of guesses, each is one request more. */
const MAX_CANDIDATES = 5;

const NO_FEED: Failure = {
  code: 'not-a-feed',
  message: 'This is a web page, and it does not say where its feed is.',
  network: false,
};
const PAGE_INSTEAD: Failure = {
  code: 'not-a-feed',
  message: 'There is a web page where the feed used to be.',
  network: false,
};

/**
 * Fetches and reads a feed. Where a person gave the address of a site, follows what the site says about its
 * feeds; where a feed has been read before, a page in its place is a failure, and the feed is looked for once it
 * is lost.
 */
export async function obtainDocument(attempt: Omit<ObtainAttempt, 'credentials'>): Promise<Obtained> {
  const { feed } = attempt;
  const credentials = feed.credentials === null ? null : unlockCredentials(feed.credentials);
  if (feed.credentials !== null && credentials === null) return failUnasked(feed.url);
  const unlocked = { ...attempt, credentials };
  const { obtained, candidates } = await obtainFirst(unlocked);
  if (obtained.kind === 'feed') return confirmNewAddress(unlocked, obtained);
  return obtained.kind === 'failed' ? seekReplacement(unlocked, obtained, candidates) : obtained;
}

interface FirstObtained {
  obtained: Obtained;
  /** Feeds that a page names which is in the place of a feed. */
  candidates: FeedCandidate[];
}

async function obtainFirst(attempt: ObtainAttempt): Promise<FirstObtained> {
  const { feed } = attempt;
  const known = feed.lastSuccessAt === null ? feedUrlForSite(feed.url) : null;
  if (known !== null && known !== feed.url) {
    const step = await obtainFrom(known, attempt);
    if (step.kind === 'feed') return { obtained: step, candidates: [] };
  }
  const first = await obtainFrom(feed.url, attempt);
  if (first.kind !== 'page') return { obtained: first, candidates: [] };
  if (feed.lastSuccessAt === null) return { obtained: await discover(attempt, first), candidates: [] };
  return { obtained: failPage(first, PAGE_INSTEAD), candidates: first.candidates };
}

/** Goes on from a site's page to the first of its feeds that can be read. */
async function discover(attempt: ObtainAttempt, page: Extract<Step, { kind: 'page' }>): Promise<Obtained> {
  let failed: Obtained = failPage(page, NO_FEED);
  for (const [index, candidate] of page.candidates.slice(0, MAX_CANDIDATES).entries()) {
    const step = await obtainFrom(candidate.url, attempt);
    if (step.kind === 'feed') return { ...step, offers: chooseOffers(page.candidates, candidate.url) };
    if (step.kind === 'failed' && step.rests)
      return candidate.guessed ? step : blameCandidate(step, candidate.url);
    // Why the feed that the page names first cannot be read is worth telling; that a guess was wrong is not.
    if (index === 0 && !candidate.guessed && step.kind === 'failed')
      failed = blameCandidate(step, candidate.url);
  }
  return failed;
}

function failPage(
  { answer, bytes, parseMs }: Extract<Step, { kind: 'page' }>,
  failure: Failure,
): ObtainedFailure {
  return { kind: 'failed', answer, failure, bytes, parseMs };
}

function blameCandidate(step: ObtainedFailure, url: string): ObtainedFailure {
  const message = `This page says that its feed is at ${url}, but: ${step.failure.message}`;
  return { ...step, failure: { ...step.failure, message } };
}

/** A password that cannot be decrypted: the server is not bothered without it. */
function failUnasked(url: string): ObtainedFailure {
  const failure = describeFailure('locked-password', new URL(url).host);
  const timings = { connectMs: null, waitMs: null, downloadMs: null };
  const nothing = { redirects: [], status: null, received: 0, retryAfter: null, freshFor: null };
  return {
    kind: 'failed',
    answer: { kind: 'failed', failure, url, timings, ...nothing },
    failure,
    bytes: 0,
    parseMs: null,
  };
}
