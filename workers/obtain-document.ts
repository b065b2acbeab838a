import { createHash } from 'node:crypto';
import { feedUrlForSite } from '@/lib/feed/known-sites';
import type { FeedCandidate, ReadOutcome } from '@/lib/feed/types';
import type { FetchedDocument, FetchResult } from '@/lib/net/fetch-feed';
import type { Failure } from '@/lib/ops/fetch-error';
import type { ClaimedFeed } from '@/lib/store/claims';
import type { FetchContext } from './fetch-context';
import type { StageReporter } from './report-stage';

/** Feeds that a page offers are tried in its order, up to this many; of guesses, each is one request more. */
const MAX_CANDIDATES = 5;

type ReadFeed = Extract<ReadOutcome, { kind: 'feed' }>;

/** What came of an attempt, before it is stored. */
export type Obtained =
  | {
      kind: 'feed';
      answer: FetchedDocument;
      document: ReadFeed;
      hash: Uint8Array;
      bytes: number;
      parseMs: number;
      url: string;
    }
  | { kind: 'unchanged'; answer: FetchResult; bytes: number }
  | { kind: 'failed'; answer: FetchResult; failure: Failure; bytes: number; parseMs: number | null };

interface Attempt {
  context: FetchContext;
  feed: ClaimedFeed;
  signal: AbortSignal;
  stage: StageReporter;
}

type Step =
  | Obtained
  | { kind: 'page'; answer: FetchedDocument; candidates: FeedCandidate[]; bytes: number; parseMs: number };

const sameBytes = (a: Uint8Array | null, b: Uint8Array) => a !== null && Buffer.compare(a, b) === 0;

async function obtainFrom(url: string, { context, feed, signal, stage }: Attempt): Promise<Step> {
  const own = url === feed.url;
  stage('CONNECTING');
  const answer = await context.fetch({
    url,
    etag: own ? feed.etag : null,
    lastModified: own ? feed.lastModified : null,
    signal,
    onDownload: () => stage('DOWNLOADING'),
  });
  if (answer.kind === 'not-modified') return { kind: 'unchanged', answer, bytes: 0 };
  if (answer.kind === 'failed') {
    return { kind: 'failed', answer, failure: answer.failure, bytes: 0, parseMs: null };
  }
  const bytes = answer.bytes.byteLength;
  const hash = createHash('sha256').update(answer.bytes).digest();
  if (own && sameBytes(feed.contentHash, hash)) return { kind: 'unchanged', answer, bytes };
  stage('PARSING');
  const begun = performance.now();
  const document = await context.read(answer.bytes, {
    contentType: answer.contentType,
    url: answer.url,
    now: context.now(),
  });
  const parseMs = Math.round(performance.now() - begun);
  if (document.kind === 'feed') return { kind: 'feed', answer, document, hash, bytes, parseMs, url };
  if (document.kind === 'page')
    return { kind: 'page', answer, candidates: document.candidates, bytes, parseMs };
  const failure = { code: document.code, message: document.message, network: false };
  return { kind: 'failed', answer, failure, bytes, parseMs };
}

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
 * feeds; where a feed has been read before, a page in its place is a failure.
 */
export async function obtainDocument(attempt: Attempt): Promise<Obtained> {
  const { feed } = attempt;
  const known = feed.lastSuccessAt === null ? feedUrlForSite(feed.url) : null;
  if (known !== null && known !== feed.url) {
    const step = await obtainFrom(known, attempt);
    if (step.kind === 'feed') return step;
  }
  const first = await obtainFrom(feed.url, attempt);
  if (first.kind !== 'page') return first;
  let failed: Obtained = {
    kind: 'failed',
    answer: first.answer,
    failure: feed.lastSuccessAt === null ? NO_FEED : PAGE_INSTEAD,
    bytes: first.bytes,
    parseMs: first.parseMs,
  };
  if (feed.lastSuccessAt !== null) return failed;
  for (const [index, candidate] of first.candidates.slice(0, MAX_CANDIDATES).entries()) {
    const step = await obtainFrom(candidate.url, attempt);
    if (step.kind === 'feed') return step;
    // Why the feed that the page names first cannot be read is worth telling; that a guess was wrong is not.
    if (index === 0 && !candidate.guessed && step.kind === 'failed')
      failed = blameCandidate(step, candidate.url);
  }
  return failed;
}

function blameCandidate(step: Extract<Obtained, { kind: 'failed' }>, url: string): Obtained {
  const message = `This page says that its feed is at ${url}, but: ${step.failure.message}`;
  return { ...step, failure: { ...step.failure, message } };
}
