import { randomUUID } from 'node:crypto';
import { type NextFetch, scheduleAfterFailure, scheduleAfterSuccess } from '@/lib/feed/schedule';
import type { FeedHints } from '@/lib/feed/types';
import { describeFailure, type Failure } from '@/lib/ops/fetch-error';
import { log } from '@/lib/ops/log';
import { metrics } from '@/lib/ops/metrics';
import type { ClaimedFeed } from '@/lib/store/claims';
import type { AttemptLog } from '@/lib/store/finish-fetch';
import type { FetchContext } from './fetch-context';
import { type Obtained, obtainDocument } from './obtain-document';
import { reportStages, type StageReporter } from './report-stage';

/** What became of a job. `skipped`: not due, or another worker has it; `lost`: taken over while at work. */
export type FetchFeedOutcome =
  | 'updated'
  | 'unchanged'
  | 'failed'
  | 'merged'
  | 'skipped'
  | 'lost'
  | 'handed-back';

interface Attempt {
  context: FetchContext;
  feed: ClaimedFeed;
  token: string;
  startedAt: Date;
  begun: number;
  stage: StageReporter;
}

/**
 * Fetches one feed: claim, fetch, read, store, schedule. Whatever happens, the row says what and when next.
 *
 * @param signal ends the work early; the feed is then handed back as it was.
 * @throws on a bug only, after recording it.
 */
export async function fetchFeed(
  context: FetchContext,
  feedId: number,
  signal: AbortSignal,
): Promise<FetchFeedOutcome> {
  const token = randomUUID();
  const startedAt = context.now();
  const feed = await context.store.claimFeed(feedId, token);
  if (feed === null) return 'skipped';
  const lost = new AbortController();
  const { stage, end } = reportStages(feed.requested, (name) =>
    context.store.recordStage(feedId, token, name),
  );
  const attempt: Attempt = { context, feed, token, startedAt, begun: performance.now(), stage };
  context.keeper.keep(token, () => lost.abort(new Error('another worker has the feed')));
  try {
    const outcome = await work(attempt, AbortSignal.any([signal, lost.signal]));
    metrics.fetchSeconds.observe({ outcome }, (performance.now() - attempt.begun) / 1000);
    return outcome;
  } catch (error) {
    if (lost.signal.aborted) return 'lost';
    if (signal.aborted) {
      await context.store.handBackFeed(feedId, token);
      return 'handed-back';
    }
    await recordBug(attempt);
    throw error;
  } finally {
    end();
    context.keeper.release(token);
  }
}

async function work(attempt: Attempt, signal: AbortSignal): Promise<FetchFeedOutcome> {
  const { context, feed, stage } = attempt;
  const obtained = await obtainDocument({ context, feed, signal, stage });
  signal.throwIfAborted();
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
  const { answer, document, url } = obtained;
  stage('SAVING');
  if (url !== feed.url) {
    const moved = await context.store.moveFeed(feed.id, token, url, new URL(url).host);
    if (moved.kind !== 'renamed') return moved.kind;
  }
  const begun = performance.now();
  const recent = [...document.items.map((item) => item.sortAt), ...feed.recent];
  const next = scheduleRead(attempt, recent, document.feed.hints, obtained);
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
  return 'updated';
}

async function saveUnchanged(
  attempt: Attempt,
  obtained: Extract<Obtained, { kind: 'unchanged' }>,
): Promise<FetchFeedOutcome> {
  const { context, feed, token } = attempt;
  // Written by finishRead, from FeedHints.
  const hints = feed.hints as FeedHints | null;
  const next = scheduleRead(attempt, feed.recent, hints, obtained);
  const held = await context.store.finishUnchanged(
    { feedId: feed.id, token },
    toLog(attempt, obtained, next),
  );
  if (!held) return 'lost';
  count('unchanged', '');
  return 'unchanged';
}

async function saveFailure(
  attempt: Attempt,
  obtained: Extract<Obtained, { kind: 'failed' }>,
): Promise<FetchFeedOutcome> {
  const { context, feed, token } = attempt;
  const { failure } = obtained;
  const gone = failure.code === 'http-410';
  const next = gone
    ? { at: null, reason: 'the feed is gone for good' }
    : scheduleAfterFailure({
        now: context.now(),
        failures: feed.failures + 1,
        retryAfter: obtained.answer.retryAfter,
        random: context.random(),
      });
  const held = await context.store.finishFailed(
    { feedId: feed.id, token },
    { status: gone ? 'GONE' : 'FAILING', code: failure.code, message: failure.message },
    toLog(attempt, obtained, next),
  );
  if (!held) return 'lost';
  log.info(
    { feedId: feed.id, url: feed.url, code: failure.code, attempt: feed.failures + 1 },
    failure.message,
  );
  count('failed', failure.code);
  return 'failed';
}

/** A bug of ours is a failure like others to whoever reads the feed. */
async function recordBug(attempt: Attempt): Promise<void> {
  const failure: Failure = describeFailure('internal', '');
  const { url } = attempt.feed;
  const timings = { connectMs: 0, waitMs: 0, downloadMs: 0 };
  const answer = { url, redirects: [], status: null, timings, retryAfter: null, freshFor: null };
  await saveFailure(attempt, {
    kind: 'failed',
    answer: { kind: 'failed', failure, ...answer },
    failure,
    bytes: 0,
    parseMs: null,
  });
}

function scheduleRead(
  { context }: Attempt,
  recent: Date[],
  hints: FeedHints | null,
  { answer }: Obtained,
): NextFetch {
  const { freshFor, retryAfter } = answer;
  return scheduleAfterSuccess({
    now: context.now(),
    recent: newestFirst(recent).slice(0, 20),
    hints,
    freshFor,
    retryAfter,
    random: context.random(),
  });
}

/** Each time once: an item that is stored already is in the document too. */
function newestFirst(dates: Date[]): Date[] {
  return [...new Set(dates.map((date) => date.getTime()))]
    .sort((a, b) => b - a)
    .map((time) => new Date(time));
}

function toLog(
  { feed, startedAt, begun }: Attempt,
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
    totalMs: Math.round(performance.now() - begun),
    nextFetchAt: next.at,
    nextReason: next.reason,
  };
}

function count(outcome: string, code: string): void {
  metrics.fetches.inc({ outcome, code });
}
