import type { ParseWarning } from '@/lib/feed/types';
import { Prisma } from './generated/client';
import { toText } from './json';

/** Attempts kept a feed, at least: a log that is longer is cut in one of so many writes. One that is shorter never was. */
export const LOG_LENGTH = 200;
const CUT_EVERY = 20;

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

export interface LoggedOutcome {
  outcome: 'UPDATED' | 'UNCHANGED' | 'FAILED';
  inserted: number;
  updated: number;
  errorCode: string | null;
  errorMessage: string | null;
  /** What was repaired. */
  warnings: ParseWarning[] | null;
}

/** The row of `attempts` below, as JSON takes it. */
export function toLogRow(feedId: number, log: AttemptLog, result: LoggedOutcome) {
  return {
    feed_id: feedId,
    started_at: log.startedAt,
    outcome: result.outcome,
    attempt: log.attempt,
    url: toText(log.url),
    http_status: log.httpStatus,
    bytes: log.bytes,
    connect_ms: log.connectMs,
    wait_ms: log.waitMs,
    download_ms: log.downloadMs,
    parse_ms: log.parseMs,
    save_ms: log.saveMs,
    total_ms: log.totalMs,
    new_items: result.inserted,
    updated_items: result.updated,
    error_code: result.errorCode,
    error_message: result.errorMessage === null ? null : toText(result.errorMessage),
    next_fetch_at: log.nextFetchAt,
    next_reason: log.nextReason,
    warnings: result.warnings,
  };
}

/** The columns of `toLogRow`, for jsonb_to_recordset. */
export const LOG_COLUMNS = Prisma.sql`feed_id int, started_at timestamptz, outcome fetch_outcome, attempt int, url text,
  http_status int, bytes int, connect_ms int, wait_ms int, download_ms int, parse_ms int, save_ms int, total_ms int,
  new_items int, updated_items int, error_code text, error_message text, next_fetch_at timestamptz, next_reason text,
  warnings jsonb`;

/** Writes the log of the attempts in the table expression `attempts` whose feed is in `done`, and cuts old ones. */
export const LOG_ATTEMPTS = Prisma.sql`
  logged AS (
    INSERT INTO fetches (feed_id, started_at, outcome, attempt, url, http_status, bytes, connect_ms, wait_ms,
      download_ms, parse_ms, save_ms, total_ms, new_items, updated_items, error_code, error_message, next_fetch_at,
      next_reason, warnings)
    SELECT feed_id, started_at, outcome, attempt, url, http_status, bytes, connect_ms, wait_ms, download_ms, parse_ms,
      save_ms, total_ms, new_items, updated_items, error_code, error_message, next_fetch_at, next_reason, warnings
    FROM attempts WHERE feed_id IN (SELECT id FROM done)
  ), cut AS (
    DELETE FROM fetches USING (
      SELECT done.id, (SELECT old.id FROM fetches old WHERE old.feed_id = done.id
        ORDER BY old.id DESC OFFSET ${LOG_LENGTH - 1} LIMIT 1) AS last
      FROM done WHERE random() * ${CUT_EVERY} < 1
    ) AS full_log WHERE fetches.feed_id = full_log.id AND fetches.id <= full_log.last
  )`;
