import { type Dispatcher, interceptors } from 'undici';
import { describeFailure, describeStatus, type Failure } from '@/lib/ops/fetch-error';
import { classifyError } from './classify-error';
import { createDispatcher } from './dispatcher';
import { type Exchange, exchange } from './exchange';
import { readFreshness, readHeader, readRetryAfter } from './headers';

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
  'application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.6, */*;q=0.5';

export interface FeedRequest {
  url: string;
  /** Validators of the document last read, for a conditional request (RFC 9110 section 13). */
  etag: string | null;
  lastModified: string | null;
  /** Ends the request early: the worker is stopping. */
  signal: AbortSignal;
  /** Called when a server has begun to answer. */
  onDownload?: () => void;
}

/** Milliseconds each part took, over all redirects. */
interface FetchTimings {
  connectMs: number;
  waitMs: number;
  downloadMs: number;
}

interface Redirect {
  from: string;
  status: number;
}

interface Answer {
  /** The address that answered, after redirects. */
  url: string;
  redirects: Redirect[];
  status: number | null;
  timings: FetchTimings;
  /** Seconds that the server wants to be left alone for: Retry-After. */
  retryAfter: number | null;
  /** Seconds that the answer is fresh for: Cache-Control or Expires. */
  freshFor: number | null;
}

export interface FetchedDocument extends Answer {
  kind: 'document';
  bytes: Uint8Array;
  contentType: string | null;
  etag: string | null;
  lastModified: string | null;
}

export type FetchResult =
  | FetchedDocument
  | (Answer & { kind: 'not-modified' })
  | (Answer & { kind: 'failed'; failure: Failure });

export type FetchFeed = (request: FeedRequest) => Promise<FetchResult>;

export interface FetcherOptions {
  userAgent: string;
  connectTimeoutMs: number;
  /** From the first connection on, redirects included. */
  totalTimeoutMs: number;
  /** Of the body, once unpacked. */
  maxBytes: number;
  /** CIDRs of FETCH_ALLOW_NETWORKS. */
  allowNetworks: string[];
}

/** The state of one fetch, from address to address. */
interface Trip {
  url: URL;
  redirects: Redirect[];
  timings: FetchTimings;
}

function createHeaders(request: FeedRequest, userAgent: string, encodings: string): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': userAgent,
    accept: ACCEPT,
    'accept-encoding': encodings,
  };
  if (request.etag !== null) headers['if-none-match'] = request.etag;
  if (request.lastModified !== null) headers['if-modified-since'] = request.lastModified;
  return headers;
}

function noAnswer(trip: Trip, failure: Failure): FetchResult {
  return {
    kind: 'failed',
    failure,
    url: trip.url.href,
    redirects: trip.redirects,
    status: null,
    timings: trip.timings,
    retryAfter: null,
    freshFor: null,
  };
}

/** The next address, or why there is none: too many, not HTTP, or from a secure one to an insecure one. */
function followRedirect(trip: Trip, status: number, location: string | null): URL | Failure {
  const { url, redirects } = trip;
  if (redirects.length > MAX_REDIRECTS) return describeFailure('redirect-loop', url.host);
  if (location === null || !URL.canParse(location, url)) return describeFailure('bad-redirect', url.host);
  const next = new URL(location, url);
  const downgrade = url.protocol === 'https:' && next.protocol === 'http:';
  if (!/^https?:$/.test(next.protocol) || downgrade) return describeFailure('bad-redirect', url.host);
  if (redirects.some(({ from }) => from === next.href) && status !== 303) {
    return describeFailure('redirect-loop', url.host);
  }
  next.username = '';
  next.password = '';
  return next;
}

function toResult(trip: Trip, answer: Exchange): FetchResult {
  const { status, headers } = answer;
  const now = Date.now();
  const common = {
    url: trip.url.href,
    redirects: trip.redirects,
    status,
    timings: trip.timings,
    retryAfter: readRetryAfter(headers, now),
    freshFor: readFreshness(headers, now),
  };
  if (status === 304) return { kind: 'not-modified', ...common };
  if (status !== 200 && status !== 203 && status !== 226) {
    return { kind: 'failed', failure: describeStatus(status), ...common };
  }
  return {
    kind: 'document',
    ...common,
    bytes: answer.bytes,
    contentType: readHeader(headers, 'content-type'),
    etag: readHeader(headers, 'etag'),
    lastModified: readHeader(headers, 'last-modified'),
  };
}

function addTimings(timings: FetchTimings, answer: Exchange): void {
  timings.connectMs += answer.connectMs;
  timings.waitMs += answer.waitMs;
  timings.downloadMs += answer.downloadMs;
}

async function travel(
  dispatcher: Dispatcher,
  request: FeedRequest,
  headers: Record<string, string>,
  limit: TimeLimit,
): Promise<FetchResult> {
  const signal = AbortSignal.any([request.signal, limit.signal]);
  const trip: Trip = {
    url: new URL(request.url),
    redirects: [],
    timings: { connectMs: 0, waitMs: 0, downloadMs: 0 },
  };
  for (;;) {
    let answer: Exchange;
    try {
      const onHeaders = () => request.onDownload?.();
      answer = await exchange(dispatcher, {
        url: trip.url,
        headers,
        signal,
        onStart: limit.start,
        onHeaders,
      });
    } catch (error) {
      const failure = classifyError(error, trip.url.host);
      if (failure === null || request.signal.aborted) throw error;
      return noAnswer(trip, failure);
    }
    addTimings(trip.timings, answer);
    if (!REDIRECTS.has(answer.status)) return toResult(trip, answer);
    trip.redirects.push({ from: trip.url.href, status: answer.status });
    const next = followRedirect(trip, answer.status, readHeader(answer.headers, 'location'));
    if ('code' in next) return noAnswer(trip, next);
    trip.url = next;
  }
}

/** A time that runs once it is started: waiting for a connection to a busy host is not the host's fault. */
interface TimeLimit {
  signal: AbortSignal;
  start: () => void;
  end: () => void;
}

function limitTime(milliseconds: number): TimeLimit {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    start() {
      timer ??= setTimeout(() => controller.abort(new DOMException('', 'TimeoutError')), milliseconds);
    },
    end: () => clearTimeout(timer),
  };
}

export interface Fetcher {
  /**
   * Fetches a document over HTTP. Every answer and every failure of the network is a value.
   *
   * @throws the reason of `request.signal` when that ended it; anything else thrown is a bug.
   */
  fetch: FetchFeed;
  close(): Promise<void>;
}

/** Opens the pool of connections that feeds are fetched through. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const agent = createDispatcher(options);
  const dispatcher = agent.compose(
    interceptors.decompress({ maxSize: options.maxBytes, skipErrorResponses: false }),
  );
  return {
    async fetch(request) {
      const limit = limitTime(options.totalTimeoutMs);
      const attempt = (encodings: string) =>
        travel(dispatcher, request, createHeaders(request, options.userAgent, encodings), limit);
      try {
        const result = await attempt('gzip, br, deflate');
        // Some servers claim an encoding that they do not use: ask once more, for none.
        const garbled = result.kind === 'failed' && result.failure.code === 'bad-encoding';
        return garbled ? await attempt('identity') : result;
      } finally {
        limit.end();
      }
    },
    close: () => agent.destroy(),
  };
}
