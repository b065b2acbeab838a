import type { FeedHints, NewItem, ParseWarning } from '@/lib/feed/types';
import { openStore } from './client';
import type { Prisma } from './generated/client';
import type { FeedStatus } from './generated/enums';
import { toJson, toText } from './json';
import { type WrittenItems, writeItems } from './write-items';

/** Attempts kept a feed. */
const LOG_LENGTH = 200;

type Transaction = Prisma.TransactionClient;

/** What every attempt leaves in the log, whatever became of it. */
export interface AttemptLog {
  startedAt: Date;
  attempt: number;
  /** The address that answered, after redirects. */
  url: string;
  httpStatus: number | null;
  bytes: number;
  connectMs: number | null;
  waitMs: number | null;
  downloadMs: number | null;
  parseMs: number | null;
  saveMs: number | null;
  totalMs: number;
  nextFetchAt: Date | null;
  nextReason: string;
}

interface Held {
  feedId: number;
  /** Token of the claim: without it nothing is written. */
  token: string;
}

/** What a feed says of itself, as read from its document. */
interface FeedFacts {
  siteUrl: string | null;
  title: string | null;
  description: string | null;
  language: string | null;
  icon: string | null;
  hints: FeedHints;
  warnings: ParseWarning[];
}

export interface ReadFeed extends Held {
  facts: FeedFacts;
  items: NewItem[];
  etag: string | null;
  lastModified: string | null;
  /** The address that gave the validators. */
  validatorsUrl: string;
  /** Null where it is not that of the whole document. */
  contentHash: Uint8Array | null;
  /** Called with the numbers known once the items are stored. */
  log: (saved: WrittenItems) => AttemptLog;
}

const nullable = (text: string | null) => (text === null ? null : toText(text));

/** Locks the feed for its claim's holder. */
async function holdsClaim(tx: Transaction, { feedId, token }: Held): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM feeds WHERE id = ${feedId} AND claim = ${token}::uuid FOR UPDATE`;
  return rows.length > 0;
}

interface LoggedOutcome {
  outcome: 'UPDATED' | 'UNCHANGED' | 'FAILED';
  inserted: number;
  updated: number;
  errorCode: string | null;
  errorMessage: string | null;
}

async function logAttempt(
  tx: Transaction,
  feedId: number,
  log: AttemptLog,
  result: LoggedOutcome,
): Promise<void> {
  await tx.$executeRaw`
    WITH old AS (
      DELETE FROM fetches WHERE feed_id = ${feedId} AND id <= (
        SELECT id FROM fetches WHERE feed_id = ${feedId} ORDER BY id DESC OFFSET ${LOG_LENGTH - 1} LIMIT 1)
    )
    INSERT INTO fetches (feed_id, started_at, outcome, attempt, url, http_status, bytes, connect_ms, wait_ms,
      download_ms, parse_ms, save_ms, total_ms, new_items, updated_items, error_code, error_message,
      next_fetch_at, next_reason)
    VALUES (${feedId}, ${log.startedAt}, ${result.outcome}::fetch_outcome, ${log.attempt}, ${toText(log.url)},
      ${log.httpStatus}, ${log.bytes}, ${log.connectMs}, ${log.waitMs}, ${log.downloadMs}, ${log.parseMs},
      ${log.saveMs}, ${log.totalMs}, ${result.inserted}, ${result.updated}, ${result.errorCode},
      ${nullable(result.errorMessage)}, ${log.nextFetchAt}, ${log.nextReason})`;
}

/**
 * Stores a document that was read: its items, what it says of itself, the attempt, and the next time, all or
 * nothing.
 *
 * @returns null when the claim was lost: another worker has the feed, and nothing was written.
 */
export async function finishRead(read: ReadFeed): Promise<WrittenItems | null> {
  const { feedId, facts } = read;
  return openStore().$transaction(
    async (tx) => {
      if (!(await holdsClaim(tx, read))) return null;
      const saved = await writeItems(tx, feedId, read.items);
      const log = read.log(saved);
      await tx.$executeRaw`
        UPDATE feeds SET status = 'READY', site_url = COALESCE(${nullable(facts.siteUrl)}, site_url),
          title = COALESCE(${nullable(facts.title)}, title), description = ${nullable(facts.description)},
          language = ${nullable(facts.language)}, icon = ${nullable(facts.icon)}, etag = ${nullable(read.etag)},
          last_modified = ${nullable(read.lastModified)}, validators_url = ${toText(read.validatorsUrl)},
          content_hash = ${read.contentHash},
          hints = ${toJson(facts.hints)}::jsonb, warnings = ${toJson(facts.warnings)}::jsonb,
          item_count = item_count + ${saved.inserted}, failures = 0, error_code = NULL, error_message = NULL,
          last_fetch_at = ${log.startedAt}, last_success_at = ${log.startedAt}, next_fetch_at = ${log.nextFetchAt},
          next_reason = ${log.nextReason}, sweep_at = ${log.nextFetchAt}, claim = NULL, claim_until = NULL,
          stage = NULL, requested_at = NULL, icon_due_at = COALESCE(icon_due_at, now())
        WHERE id = ${feedId}`;
      await logAttempt(tx, feedId, log, {
        outcome: 'UPDATED',
        ...saved,
        errorCode: null,
        errorMessage: null,
      });
      return saved;
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
}

/**
 * Records that the document is what it was: one small write.
 *
 * @returns false when the claim was lost.
 */
export async function finishUnchanged(held: Held, log: AttemptLog): Promise<boolean> {
  return openStore().$transaction(async (tx) => {
    const count = await tx.$executeRaw`
      UPDATE feeds SET status = 'READY', failures = 0, error_code = NULL, error_message = NULL,
        last_fetch_at = ${log.startedAt}, last_success_at = ${log.startedAt}, next_fetch_at = ${log.nextFetchAt},
        next_reason = ${log.nextReason}, sweep_at = ${log.nextFetchAt}, claim = NULL, claim_until = NULL,
        stage = NULL, requested_at = NULL
      WHERE id = ${held.feedId} AND claim = ${held.token}::uuid`;
    if (count === 0) return false;
    await logAttempt(tx, held.feedId, log, {
      outcome: 'UNCHANGED',
      inserted: 0,
      updated: 0,
      errorCode: null,
      errorMessage: null,
    });
    return true;
  });
}

export interface FailedFetch {
  status: Extract<FeedStatus, 'FAILING' | 'GONE'>;
  code: string;
  message: string;
}

/**
 * Records that an attempt failed, why, and when the next one is. Items that are there stay.
 *
 * @returns false when the claim was lost.
 */
export async function finishFailed(held: Held, failed: FailedFetch, log: AttemptLog): Promise<boolean> {
  return openStore().$transaction(async (tx) => {
    const count = await tx.$executeRaw`
      UPDATE feeds SET status = ${failed.status}::feed_status, failures = ${log.attempt},
        error_code = ${failed.code}, error_message = ${toText(failed.message)}, last_fetch_at = ${log.startedAt},
        next_fetch_at = ${log.nextFetchAt}, next_reason = ${log.nextReason}, sweep_at = ${log.nextFetchAt},
        claim = NULL, claim_until = NULL, stage = NULL, requested_at = NULL
      WHERE id = ${held.feedId} AND claim = ${held.token}::uuid`;
    if (count === 0) return false;
    await logAttempt(tx, held.feedId, log, {
      outcome: 'FAILED',
      inserted: 0,
      updated: 0,
      errorCode: failed.code,
      errorMessage: failed.message,
    });
    return true;
  });
}
