import type { FeedHints, NewItem, ParseWarning } from '@/lib/feed/types';
import { type AttemptLog, LOG_ATTEMPTS, LOG_COLUMNS, type LoggedOutcome, toLogRow } from './attempt-log';
import { batchWrites } from './batch-writes';
import { type BulkTransaction, inBulkTransaction } from './bulk-client';
import { openStore } from './client';
import { Prisma } from './generated/client';
import type { FeedStatus } from './generated/enums';
import { toJson, toText } from './json';
import { type WrittenItems, writeItems } from './write-items';

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
async function holdsClaim(tx: BulkTransaction, { feedId, token }: Held): Promise<boolean> {
  const rows = await tx.query(Prisma.sql`
    SELECT 1 FROM feeds WHERE id = ${feedId} AND claim = ${token}::uuid FOR UPDATE`);
  return rows.length > 0;
}

/** The newest item's time, as far as this document tells. */
function findNewest(items: NewItem[]): Date | null {
  const newest = Math.max(...items.map((item) => item.sortAt.getTime()));
  return Number.isFinite(newest) ? new Date(newest) : null;
}

/**
 * Stores a document that was read: its items, what it says of itself, the attempt, and the next time, all or
 * nothing.
 *
 * @returns null when the claim was lost: another worker has the feed, and nothing was written.
 */
export async function finishRead(read: ReadFeed): Promise<WrittenItems | null> {
  const { feedId, facts, items } = read;
  return inBulkTransaction(async (tx) => {
    if (!(await holdsClaim(tx, read))) return null;
    const saved = await writeItems(tx, feedId, items);
    const log = read.log(saved);
    const { warnings } = facts;
    const row = toLogRow(feedId, log, {
      outcome: 'UPDATED',
      ...saved,
      errorCode: null,
      errorMessage: null,
      warnings: warnings.length === 0 ? null : warnings,
    });
    await tx.execute(Prisma.sql`
        WITH attempts AS MATERIALIZED (
          SELECT * FROM jsonb_to_recordset(${toJson([row])}::jsonb) AS attempt (${LOG_COLUMNS})
        ), done AS (
          UPDATE feeds SET status = 'READY', site_url = COALESCE(${nullable(facts.siteUrl)}, site_url),
            title = COALESCE(${nullable(facts.title)}, title), description = ${nullable(facts.description)},
            language = ${nullable(facts.language)}, icon = ${nullable(facts.icon)}, etag = ${nullable(read.etag)},
            last_modified = ${nullable(read.lastModified)}, validators_url = ${toText(read.validatorsUrl)},
            content_hash = ${read.contentHash},
            hints = ${toJson(facts.hints)}::jsonb, warnings = ${toJson(warnings)}::jsonb,
            item_count = item_count + ${saved.inserted}, last_item_at = GREATEST(last_item_at, ${findNewest(items)}),
            failures = 0, error_code = NULL, error_message = NULL, last_fetch_at = ${log.startedAt},
            last_success_at = ${log.startedAt}, last_total_ms = ${log.totalMs}, next_fetch_at = ${log.nextFetchAt},
            next_reason = ${log.nextReason}, sweep_at = ${log.nextFetchAt}, claim = NULL, claim_until = NULL,
            stage = NULL, requested_at = NULL, icon_due_at = COALESCE(icon_due_at, now())
          WHERE id = ${feedId} RETURNING id
        ), ${LOG_ATTEMPTS}
        SELECT id FROM done`);
    return saved;
  });
}

export interface FailedFetch {
  status: Extract<FeedStatus, 'FAILING' | 'GONE'>;
  code: string;
  message: string;
  /** Whether the attempt counts as a failure of the feed; not while our own network is down. */
  charged: boolean;
}

interface Ending extends Held {
  log: AttemptLog;
  failed: FailedFetch | null;
}

const UNCHANGED: LoggedOutcome = {
  outcome: 'UNCHANGED',
  inserted: 0,
  updated: 0,
  errorCode: null,
  errorMessage: null,
  warnings: null,
};

function toOutcome(failed: FailedFetch | null): LoggedOutcome {
  if (failed === null) return UNCHANGED;
  return { ...UNCHANGED, outcome: 'FAILED', errorCode: failed.code, errorMessage: failed.message };
}

/**
 * Records attempts that brought no document, all in one statement.
 *
 * @returns for each, whether its claim still held.
 */
async function writeEndings(endings: Ending[]): Promise<boolean[]> {
  const rows = endings.map(({ feedId, token, log, failed }) => ({
    ...toLogRow(feedId, log, toOutcome(failed)),
    token,
    status: failed?.status ?? 'READY',
    charged: failed?.charged ?? true,
  }));
  const done = await openStore().$queryRaw<{ id: number }[]>`
    WITH attempts AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${toJson(rows)}::jsonb)
        AS attempt (${LOG_COLUMNS}, token uuid, status feed_status, charged boolean)
    ), held AS MATERIALIZED (
      SELECT f.id FROM feeds f JOIN attempts a ON a.feed_id = f.id AND a.token = f.claim
      ORDER BY f.id FOR UPDATE OF f
    ), done AS (
      UPDATE feeds f SET
        status = CASE WHEN charged THEN a.status WHEN f.status = 'FETCHING' THEN 'QUEUED' ELSE f.status END,
        failures = CASE WHEN a.outcome = 'UNCHANGED' THEN 0 WHEN charged THEN a.attempt ELSE f.failures END,
        error_code = CASE WHEN charged THEN a.error_code ELSE f.error_code END,
        error_message = CASE WHEN charged THEN a.error_message ELSE f.error_message END,
        last_fetch_at = a.started_at, last_total_ms = a.total_ms,
        last_success_at = CASE WHEN a.outcome = 'UNCHANGED' THEN a.started_at ELSE f.last_success_at END,
        next_fetch_at = a.next_fetch_at, next_reason = a.next_reason, sweep_at = a.next_fetch_at,
        claim = NULL, claim_until = NULL, stage = NULL, requested_at = NULL
      FROM attempts a WHERE f.id = a.feed_id AND f.id IN (SELECT id FROM held)
      RETURNING f.id
    ), ${LOG_ATTEMPTS}
    SELECT id FROM done`;
  const written = new Set(done.map(({ id }) => id));
  return endings.map(({ feedId }) => written.has(feedId));
}

const writeEnding = batchWrites(writeEndings);

/**
 * Records that the document is what it was: one small write, together with those of others that end now.
 *
 * @returns false when the claim was lost.
 */
export function finishUnchanged(held: Held, log: AttemptLog): Promise<boolean> {
  return writeEnding({ ...held, log, failed: null });
}

/**
 * Records that an attempt failed, why, and when the next one is. Items that are there stay.
 *
 * @returns false when the claim was lost.
 */
export function finishFailed(held: Held, failed: FailedFetch, log: AttemptLog): Promise<boolean> {
  return writeEnding({ ...held, log, failed });
}
