import {
  leaveAlone,
  type NextFetch,
  scheduleAfterFailure,
  scheduleAfterSuccess,
  scheduleInOutage,
} from '@/lib/feed/schedule';
import type { FeedHints } from '@/lib/feed/types';
import { describeFailure, type Failure } from '@/lib/ops/fetch-error';
import { log } from '@/lib/ops/log';
import { metrics } from '@/lib/ops/metrics';
import type { AttemptLog } from '@/lib/store/attempt-log';
import type { ClaimedFeed } from '@/lib/store/claims';
import type { FetchContext } from './fetch-context';
import { followMove } from './follow-move';
import { HostBusyError, type HostVisit } from './host-visits';
import { type Obtained, obtainDocument } from './obtain-document';
import { reportStages, type StageReporter } from './report-stage';

/**
 * What became of an attempt. `lost`: another worker took the feed over meanwhile. `postponed`: a server that it leads to
 * has no place for it.
 */
export type FetchFeedOutcome =
  | 'updated'
  | 'unchanged'
  | 'failed'
  | 'merged'
  | 'lost'
  | 'handed-back'
  | 'postponed';

interface Attempt {
  context: FetchContext;
  feed: ClaimedFeed;
  token: string;
  startedAt: Date;
  begun: number;
  /** Milliseconds in the lines of servers, which are no sign of how fast these are. */
  linedUpMs: number;
  stage: StageReporter;
  visit: HostVisit;
}

/**
 * Fetches a feed that has been claimed: fetch, read, store, schedule. Whatever happens, the row says what and when
 * next.
 *
 * @param signal ends the work early; the feed is then handed back as it was.
 * @param waiter told when a server is asked, and when it has begun to answer, each time.
 * @throws on a bug only, after recording it.
 */
export async function fetchFeed(
  context: FetchContext,
  feed: ClaimedFeed,
  signal: AbortSignal,
  waiter?: { asks(): void; answered(): void },
): Promise<FetchFeedOutcome> {
  const { id, token } = feed;
  const lost = new AbortController();
  const { stage, end } = reportStages(feed.requested, (name) => context.store.recordStage(id, token, name));
  const attempt: Attempt = {
    context,
    feed,
    token,
    startedAt: context.now(),
    begun: performance.now(),
    linedUpMs: 0,
    stage(name) {
      if (name === 'CONNECTING') waiter?.asks();
      if (name === 'DOWNLOADING') waiter?.answered();
      stage(name);
    },
    visit: context.visits.follow(feed),
  };
  context.keeper.keep(feed, () => lost.abort(new Error('the claim has run out, or is another worker’s')));
  try {
    const outcome = await work(attempt, AbortSignal.any([signal, lost.signal]));
    metrics.fetchSeconds.observe({ outcome }, (performance.now() - attempt.begun) / 1000);
    return outcome;
  } catch (error) {
    if (lost.signal.aborted) return 'lost';
    if (error instanceof HostBusyError) return postpone(attempt, error);
    if (signal.aborted) {
      await context.store.handBackFeed(id, token);
      return 'handed-back';
    }
    await recordBug(attempt);
    throw error;
  } finally {
    end();
    await attempt.visit.end();
    context.keeper.release(token);
  }
}

async function work(attempt: Attempt, signal: AbortSignal): Promise<FetchFeedOutcome> {
  const { context, feed, stage, visit } = attempt;
  const enter = async (host: string) => {
    const from = performance.now();
    try {
      await visit.enter(host, signal);
    } finally {
      attempt.linedUpMs += performance.now() - from;
    }
  };
  const obtained = await obtainDocument({ context, feed, signal, stage, enter });
  signal.throwIfAborted();
  const ended = await followMove(attempt, obtained);
  if (ended !== null) return ended;
  switch (obtained.kind) {
    case 'feed':
      return saveDocument(attempt, obtained);
    case 'unchanged':
      return saveUnchanged(attempt, obtained);
    case 'failed':
      return saveFailure(attempt, obtained);
  }
}

async function saveDocument(
  attempt: Attempt,
  obtained: Extract<Obtained, { kind: 'feed' }>,
): Promise<FetchFeedOutcome> {
  const { context, feed, token, stage } = attempt;
  const { answer, document } = obtained;
  stage('SAVING');
  context.outage.reached(feed.host, context.now().getTime());
  const begun = performance.now();
  const recent = [...document.items.map((item) => item.sortAt), ...feed.recent];
  const next = await scheduleRead(attempt, recent, document.feed.hints, obtained);
  const saved = await context.store.finishRead({
    feedId: feed.id,
    token,
    facts: { ...document.feed, siteUrl: document.feed.link },
    items: document.items,
    etag: answer.etag,
    lastModified: answer.lastModified,
    validatorsUrl: answer.url,
    contentHash: obtained.hash,
    log: () => ({ ...toLog(attempt, obtained, next), saveMs: Math.round(performance.now() - begun) }),
  });
  if (saved === null) return 'lost';
  count('updated', '');
  metrics.items.inc({ kind: 'new' }, saved.inserted);
  metrics.items.inc({ kind: 'updated' }, saved.updated);
  await followHub(attempt, document.feed.hints, saved.inserted > 0);
  return 'updated';
}

async function saveUnchanged(
  attempt: Attempt,
  obtained: Extract<Obtained, { kind: 'unchanged' }>,
): Promise<FetchFeedOutcome> {
  const { context, feed, token } = attempt;
  context.outage.reached(feed.host, context.now().getTime());
  // Written by finishRead, from FeedHints.
  const hints = feed.hints as FeedHints | null;
  const next = await scheduleRead(attempt, feed.recent, hints, obtained);
  const held = await context.store.finishUnchanged(
    { feedId: feed.id, token },
    toLog(attempt, obtained, next),
  );
  if (!held) return 'lost';
  count('unchanged', '');
  await followHub(attempt, null, false);
  return 'unchanged';
}

async function saveFailure(
  attempt: Attempt,
  obtained: Extract<Obtained, { kind: 'failed' }>,
): Promise<FetchFeedOutcome> {
  const { context, feed, token } = attempt;
  const { failure } = obtained;
  const gone = failure.code === 'http-410';
  const charged = !noticeOutage(attempt, obtained);
  const retry = charged ? scheduleFailure(attempt, obtained) : scheduleInOutage(clock(context));
  // Quiet hours are the feed's own: its host's other feeds have none of them.
  const hints = feed.hints as FeedHints | null;
  const quiet = charged ? leaveAlone(retry, hints, context.random()) : retry;
  const next = gone ? scheduleGone(attempt, obtained, quiet) : quiet;
  const held = await context.store.finishFailed(
    { feedId: feed.id, token },
    { status: gone ? 'GONE' : 'FAILING', code: failure.code, message: failure.message, charged },
    toLog(attempt, obtained, next),
  );
  if (!held) return 'lost';
  if (failure.network) await acquit(attempt, charged);
  log.info(
    { feedId: feed.id, url: feed.url, code: failure.code, attempt: feed.failures + 1, charged },
    failure.message,
  );
  count('failed', failure.code);
  return 'failed';
}

/** What is gone is asked for once more only while nobody could say whether its site has another feed in its place. */
function scheduleGone(
  { feed }: Attempt,
  { sought }: Extract<Obtained, { kind: 'failed' }>,
  { at }: NextFetch,
): { at: Date | null; reason: string } {
  return sought === undefined && feed.soughtAt === null
    ? { at, reason: 'the feed is gone; what there is in its place could not be seen yet' }
    : { at: null, reason: 'the feed is gone for good' };
}

const clock = ({ now, random }: FetchContext) => ({ now: now(), random: random() });

function scheduleFailure({ context, feed }: Attempt, { answer }: Obtained): NextFetch {
  const { retryAfter } = answer;
  const floorMs = feed.floorMinutes * 60_000;
  return scheduleAfterFailure({ ...clock(context), failures: feed.failures + 1, retryAfter, floorMs });
}

/** @returns whether this failure is one of many at once, so that it is our own network that is down. */
function noticeOutage(
  { context, feed }: Attempt,
  { failure }: Extract<Obtained, { kind: 'failed' }>,
): boolean {
  const now = context.now().getTime();
  const { host, failures, lastSuccessAt } = feed;
  if (failure.network)
    return context.outage.missed({ host, wasWell: failures === 0 && lastSuccessAt !== null, now });
  context.outage.reached(host, now);
  return false;
}

/** Feeds that were charged before it was plain that it is our own network: tried again soon, each at its own time. */
async function acquit({ context, feed }: Attempt, charged: boolean): Promise<void> {
  const at = context.now().getTime();
  const feedIds = context.outage.stored({ host: feed.host, feedId: feed.id, at, charged });
  if (feedIds.length === 0) return;
  const { reason } = scheduleInOutage(clock(context));
  const charges = feedIds.map((feedId) => ({ feedId, nextAt: scheduleInOutage(clock(context)).at }));
  await context.store.acquitFeeds(charges, reason);
}

/** Those that one server has no place for do not all come back at once, in milliseconds. */
const SPREAD_MS = 600_000;

/** Nothing was wrong with the feed, and nothing is charged. */
async function postpone(
  { context, feed, token }: Attempt,
  { host, until, reason }: HostBusyError,
): Promise<FetchFeedOutcome> {
  const spread = feed.requested ? 0 : SPREAD_MS * context.random();
  const why = reason ?? `it leads to ${host}, which is asked for enough already`;
  await context.store.postponeFeed(feed.id, token, new Date(until.getTime() + spread), why);
  return 'postponed';
}

/** A bug of ours is a failure like others to whoever reads the feed. */
async function recordBug(attempt: Attempt): Promise<void> {
  const failure: Failure = describeFailure('internal', '');
  const { url } = attempt.feed;
  const timings = { connectMs: null, waitMs: null, downloadMs: null };
  const nothing = { redirects: [], status: null, received: 0, retryAfter: null, freshFor: null };
  await saveFailure(attempt, {
    kind: 'failed',
    answer: { kind: 'failed', failure, url, timings, ...nothing },
    failure,
    bytes: 0,
    parseMs: null,
  });
}

async function scheduleRead(
  { context, feed }: Attempt,
  recent: Date[],
  hints: FeedHints | null,
  { answer }: Obtained,
): Promise<NextFetch> {
  const { freshFor, retryAfter } = answer;
  return scheduleAfterSuccess({
    now: context.now(),
    recent: newestFirst(recent).slice(0, 20),
    knownSince: feed.createdAt,
    hints,
    freshFor,
    retryAfter,
    pushed: await context.hubs.isPushed(feed.id, feed.hints as FeedHints | null),
    floorMs: feed.floorMinutes * 60_000,
    random: context.random(),
  });
}

function followHub({ context, feed, startedAt }: Attempt, hints: FeedHints | null, foundNew: boolean) {
  const { id: feedId, lastSuccessAt: previousAt } = feed;
  const former = feed.hints as FeedHints | null;
  return context.hubs.follow({ feedId, startedAt, previousAt, former, hints, foundNew });
}

/** Each time once: an item that is stored already is in the document too. */
function newestFirst(dates: Date[]): Date[] {
  return [...new Set(dates.map((date) => date.getTime()))]
    .sort((a, b) => b - a)
    .map((time) => new Date(time));
}

function toLog(
  { feed, startedAt, begun, linedUpMs }: Attempt,
  obtained: Obtained,
  next: { at: Date | null; reason: string },
): AttemptLog {
  const { answer } = obtained;
  return {
    startedAt,
    attempt: feed.failures + 1,
    url: answer.url,
    httpStatus: answer.status,
    bytes: obtained.bytes,
    ...answer.timings,
    parseMs: obtained.kind === 'unchanged' ? null : obtained.parseMs,
    saveMs: null,
    totalMs: Math.round(performance.now() - begun - linedUpMs),
    nextFetchAt: next.at,
    nextReason: next.reason,
  };
}

function count(outcome: string, code: string): void {
  metrics.fetches.inc({ outcome, code });
}
