import { createHash } from 'node:crypto';
import type { FeedCandidate, FeedOffer, ReadOutcome } from '@/lib/feed/types';
import type { FetchedDocument, FetchResult } from '@/lib/net/fetch-feed';
import type { Credentials } from '@/lib/net/request-headers';
import type { Failure } from '@/lib/ops/fetch-error';
import type { ClaimedFeed } from '@/lib/store/claims';
import type { FetchContext } from './fetch-context';
import type { StageReporter } from './report-stage';
import { letRest } from './rest-host';

/** What one attempt works with. */
export interface ObtainAttempt {
  context: FetchContext;
  feed: ClaimedFeed;
  /** Decrypted; for the feed's own origin only. */
  credentials: Credentials | null;
  signal: AbortSignal;
  stage: StageReporter;
  /** Waits until a server may be asked. */
  enter: (host: string) => Promise<void>;
}

export interface ObtainedFeed {
  kind: 'feed';
  answer: FetchedDocument;
  document: Extract<ReadOutcome, { kind: 'feed' }>;
  /** Null where the answer is only a part of the document (RFC 3229). */
  hash: Uint8Array | null;
  bytes: number;
  parseMs: number;
  /** The address that was asked: the feed's own, or that of the feed found at a site. */
  url: string;
  /** Where the document says that it lives from now on, if the same document has been seen there. */
  stated: string | null;
  /** What the site offers that it was found at, where there is a choice: this one first. */
  offers?: FeedOffer[];
}

export interface ObtainedFailure {
  kind: 'failed';
  answer: FetchResult;
  failure: Failure;
  bytes: number;
  parseMs: number | null;
  /** Whether the server wants to be left alone. */
  rests?: boolean;
  /** Set if the feed was looked for at its site: the address found there, or null. */
  sought?: string | null;
}

/** What came of an attempt, before it is stored. */
export type Obtained =
  | ObtainedFeed
  | { kind: 'unchanged'; answer: FetchResult; bytes: number }
  | ObtainedFailure;

export type Step =
  | Obtained
  | { kind: 'page'; answer: FetchedDocument; candidates: FeedCandidate[]; bytes: number; parseMs: number };

const sameBytes = (a: Uint8Array | null, b: Uint8Array) => a !== null && Buffer.compare(a, b) === 0;

/** What the feed knows of an address: everything of its own one, nothing of others. */
function toRequest(url: string, { feed, credentials }: ObtainAttempt) {
  const own = url === feed.url;
  const known = own ? feed : { etag: null, lastModified: null, validatorsUrl: null };
  return {
    url,
    etag: known.etag,
    lastModified: known.lastModified,
    validatorsUrl: known.validatorsUrl,
    userAgent: feed.userAgent,
    credentials: new URL(url).origin === new URL(feed.url).origin ? credentials : null,
  };
}

/** Fetches and reads what is at one address. */
export async function obtainFrom(url: string, attempt: ObtainAttempt): Promise<Step> {
  const { context, feed, signal, stage, enter } = attempt;
  stage('CONNECTING');
  // A process that was suspended wakes up between two requests as well as anywhere: the next is somebody else's to make.
  const onAsk = () => context.keeper.check(feed.token);
  const onDownload = () => stage('DOWNLOADING');
  const answer = await context.fetch({ ...toRequest(url, attempt), signal, enter, onAsk, onDownload });
  if (answer.kind === 'not-modified') return { kind: 'unchanged', answer, bytes: 0 };
  if (answer.kind === 'failed') {
    const rests = await letRest({ ...context, restHost: context.store.restHost }, answer);
    return { kind: 'failed', answer, failure: answer.failure, bytes: answer.received, parseMs: null, rests };
  }
  const bytes = answer.bytes.byteLength;
  const hash = answer.delta ? null : createHash('sha256').update(answer.bytes).digest();
  if (url === feed.url && hash !== null && sameBytes(feed.contentHash, hash)) {
    return { kind: 'unchanged', answer, bytes };
  }
  stage('PARSING');
  const begun = performance.now();
  const { contentType, link } = answer;
  const options = { contentType, link, url: answer.url, now: context.now() };
  const document = await context.read(answer.bytes, options);
  const parseMs = Math.round(performance.now() - begun);
  switch (document.kind) {
    case 'feed':
      return { kind: 'feed', answer, document, hash, bytes, parseMs, url, stated: null };
    case 'page':
      return { kind: 'page', answer, candidates: document.candidates, bytes, parseMs };
    case 'error': {
      const failure = { code: document.code, message: document.message, network: false };
      return { kind: 'failed', answer, failure, bytes, parseMs };
    }
  }
}
