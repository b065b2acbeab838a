import { type Dispatcher, interceptors } from 'undici';
import {
  describeChallenge,
  describeFailure,
  describeLogin,
  describeStatus,
  type Failure,
} from '@/lib/ops/fetch-error';
import { recogniseChallenge } from './challenge';
import { isProxied } from './choose-proxy';
import { classifyError } from './classify-error';
import { createDispatcher, type DispatcherOptions } from './dispatcher';
import { type Exchange, exchange } from './exchange';
import {
  type Freshness,
  readFreshness,
  readHeader,
  readLocation,
  readLoginSchemes,
  readRetryAfter,
  readValidator,
} from './headers';
import { refuseUnreachable, skipInterim } from './interceptors';
import { type Meter, startMeter } from './meter';
import { followRedirect, isRedirect, type Redirect } from './redirect';
import { type Credentials, createHeaders, hasValidators, type RequestParts } from './request-headers';
import { limitTime, type TimeLimit } from './time-limit';

export interface FeedRequest {
  url: string;
  /** Validators of the document last read, for a conditional request (RFC 9110 section 13). */
  etag: string | null;
  lastModified: string | null;
  /** The address that gave them, and the only one that gets them back; `url` unless told. */
  validatorsUrl?: string | null;
  /** Sent instead of our own. */
  userAgent?: string | null;
  /** For the origin of `url` only. */
  credentials?: Credentials | null;
  /** Ends the request early: the worker is stopping. */
  signal: AbortSignal;
  /** Waits until the server may be asked, before each request; the fetch ends with what it rejects with. */
  enter?: (host: string) => Promise<void>;
  /** Called before each request, and when it has a connection: may end the fetch through `signal`. */
  onAsk?: () => void;
  /** Called when a server has begun to answer, with something else than another address. */
  onDownload?: () => void;
}

/** Milliseconds each part took, over all requests; null for what none of them came to. */
interface FetchTimings {
  connectMs: number | null;
  waitMs: number | null;
  downloadMs: number | null;
}

interface Answer {
  /** The address that answered, after redirects. */
  url: string;
  redirects: Redirect[];
  /** Of the last request, like what follows; null when no answer had begun. */
  status: number | null;
  /** Bytes of the body that came, unpacked, be it the whole or not. */
  received: number;
  timings: FetchTimings;
  /** Seconds that the server wants to be left alone for: Retry-After. */
  retryAfter: number | null;
  /** How long the answer is fresh: Cache-Control or Expires. */
  freshFor: Freshness | null;
}

/** Validators of an answer, as sent. */
interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export interface FetchedDocument extends Answer, Validators {
  kind: 'document';
  bytes: Uint8Array;
  contentType: string | null;
  /** The Link header (RFC 8288), as sent. */
  link: string | null;
  /** Whether this is only what is new since the validators that were sent (RFC 3229); they are of the whole. */
  delta: boolean;
}

export type FetchResult =
  | FetchedDocument
  | (Answer & Validators & { kind: 'not-modified' })
  | (Answer & { kind: 'failed'; failure: Failure });

export type FetchFeed = (request: FeedRequest) => Promise<FetchResult>;

export interface FetcherOptions extends Omit<DispatcherOptions, 'maxBytes'> {
  userAgent: string;
  maxRedirects: number;
  /** Of the body, once unpacked. */
  maxBytes: number;
}

/** The state of one fetch, from address to address. */
interface Trip {
  request: FeedRequest;
  options: FetcherOptions;
  dispatcher: Dispatcher;
  limit: TimeLimit;
  encodings: string;
  start: URL;
  url: URL;
  redirects: Redirect[];
  status: number | null;
  received: number;
  timings: FetchTimings;
}

/** Compressions that nobody asked for: the decompressor leaves them as they are. */
const STILL_PACKED = /\b(?:zstd|dcb|dcz|bzip2|xz|lzma|exi|pack200-gzip)\b/i;

function toParts({ request, options, encodings, start, url }: Trip): RequestParts {
  return {
    url,
    start,
    encodings,
    userAgent: request.userAgent ?? options.userAgent,
    credentials: request.credentials ?? null,
    etag: request.etag,
    lastModified: request.lastModified,
    validatorsUrl: request.validatorsUrl ?? start.href,
  };
}

/** Where it led to, and how far it came. */
function describeTrip({ url, redirects, status, received, timings }: Trip) {
  return { url: url.href, redirects, status, received, timings };
}

function noAnswer(trip: Trip, failure: Failure): FetchResult {
  return { kind: 'failed', failure, ...describeTrip(trip), retryAfter: null, freshFor: null };
}

/** Why an answer is neither a document nor the word that it has not changed; null when it is. */
function findFailure(trip: Trip, { status, headers, bytes }: Exchange): Failure | null {
  const { url, redirects, request } = trip;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 65_536)).toString('latin1');
  const challenge = recogniseChallenge({ url, redirected: redirects.length > 0, status, headers, body });
  if (challenge !== null) return describeChallenge(challenge.kind, challenge.by);
  if (status === 304) return hasValidators(toParts(trip)) ? null : describeStatus(status);
  if (status === 401) {
    const schemes = readLoginSchemes(headers);
    const known = schemes.length === 0 || schemes.some((scheme) => /^basic$/i.test(scheme));
    if (!known) return describeLogin(schemes);
    if (request.credentials && url.origin === trip.start.origin)
      return describeFailure('wrong-password', url.host);
  }
  if (status !== 200 && status !== 203 && status !== 226) return describeStatus(status);
  const packed = STILL_PACKED.test(readHeader(headers, 'content-encoding') ?? '');
  return packed ? describeFailure('bad-encoding', url.host) : null;
}

function toResult(trip: Trip, answer: Exchange): FetchResult {
  const { status, headers, bytes } = answer;
  const now = Date.now();
  const common = {
    ...describeTrip(trip),
    retryAfter: readRetryAfter(headers, now),
    freshFor: readFreshness(headers, now),
  };
  const failure = findFailure(trip, answer);
  if (failure !== null) return { kind: 'failed', failure, ...common };
  const etag = readValidator(headers, 'etag');
  const lastModified = readValidator(headers, 'last-modified');
  if (status === 304) return { kind: 'not-modified', etag, lastModified, ...common };
  const contentType = readHeader(headers, 'content-type');
  const link = readHeader(headers, 'link');
  return { kind: 'document', bytes, contentType, link, etag, lastModified, delta: status === 226, ...common };
}

const add = (sum: number | null, part: number | null) => (part === null ? sum : (sum ?? 0) + part);

/** Keeps what is known of a request that has ended, well or not. */
function record(trip: Trip, meter: Meter): void {
  const { status, received, connectMs, waitMs, downloadMs } = meter.read();
  Object.assign(trip, { status, received });
  trip.timings.connectMs = add(trip.timings.connectMs, connectMs);
  trip.timings.waitMs = add(trip.timings.waitMs, waitMs);
  trip.timings.downloadMs = add(trip.timings.downloadMs, downloadMs);
}

/** Asks the trip's present address; a failure of the network is a value. */
async function ask(trip: Trip): Promise<Exchange | Failure> {
  const { request, limit, url, options } = trip;
  limit.pause();
  await request.enter?.(url.host);
  limit.start();
  request.onAsk?.();
  request.signal.throwIfAborted();
  const meter = startMeter();
  try {
    return await exchange(trip.dispatcher, {
      url,
      meter,
      headers: createHeaders(toParts(trip)),
      signal: AbortSignal.any([request.signal, limit.signal]),
      onStart() {
        // It may have waited for its connection for as long as this process was suspended.
        request.onAsk?.();
      },
      onHeaders: () => request.onDownload?.(),
    });
  } catch (error) {
    const failure = classifyError(error, url.host, isProxied(url, options.proxy));
    if (failure === null || request.signal.aborted) throw error;
    return failure;
  } finally {
    record(trip, meter);
  }
}

async function travel(trip: Trip): Promise<FetchResult> {
  const { request, redirects, options } = trip;
  for (;;) {
    const answer = await ask(trip);
    // A body that was cut off by the signal is told by its status alone.
    request.signal.throwIfAborted();
    if ('code' in answer) return noAnswer(trip, answer);
    if (!isRedirect(answer.status)) return toResult(trip, answer);
    redirects.push({ from: trip.url.href, status: answer.status });
    const next = followRedirect(trip.url, redirects, readLocation(answer.headers), options.maxRedirects);
    if ('code' in next) return noAnswer(trip, next);
    trip.url = next;
  }
}

type TripParts = Pick<Trip, 'request' | 'options' | 'dispatcher' | 'limit' | 'encodings' | 'timings'>;

function beginTrip(trip: TripParts): Trip {
  const start = new URL(trip.request.url);
  // Never sent; the address of a feed of one's own has one (lib/store/feed-access.ts).
  start.hash = '';
  return { ...trip, start, url: start, redirects: [], status: null, received: 0 };
}

export interface Fetcher {
  /**
   * Fetches a document over HTTP. Every answer and every failure of the network is a value.
   *
   * @throws the reason of `request.signal` when that ended it, and what `request.enter` rejects with; anything else
   *   thrown is a bug.
   */
  fetch: FetchFeed;
  close(): Promise<void>;
}

/** Opens the pool of connections that feeds are fetched through. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const agent = createDispatcher(options);
  const dispatcher = agent.compose(
    skipInterim,
    interceptors.decompress({ maxSize: options.maxBytes, skipErrorResponses: false }),
    refuseUnreachable(options.allowNetworks),
  );
  return {
    async fetch(request) {
      const limit = limitTime(options.totalTimeoutMs);
      const timings = { connectMs: null, waitMs: null, downloadMs: null };
      const attempt = (encodings: string) =>
        travel(beginTrip({ request, options, dispatcher, limit, encodings, timings }));
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
