import { type AttemptLog, LOG_ATTEMPTS, LOG_COLUMNS, type LoggedOutcome, toLogRow } from './attempt-log';
import { batchWrites } from './batch-writes';
import { queryBulk } from './bulk-client';
import { Prisma } from './generated/client';
import type { FeedStatus } from './generated/enums';
import { toJson } from './json';

/** A feed that is claimed. */
export interface Held {
  feedId: number;
  /** Token of the claim: without it nothing is written. */
  token: string;
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
  const done = await queryBulk<{ id: number }>(Prisma.sql`
    WITH attempts AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${toJson(rows)}::jsonb)
        AS attempt (${LOG_COLUMNS}, token uuid, status feed_status, charged boolean)
    ), held AS MATERIALIZED (
      SELECT a.* FROM feed_schedules s JOIN attempts a ON a.feed_id = s.feed_id AND a.token = s.claim
      ORDER BY s.feed_id FOR UPDATE OF s
    ), done AS (
      UPDATE feed_schedules s SET
        failures = CASE WHEN a.outcome = 'UNCHANGED' THEN 0 WHEN charged THEN a.attempt ELSE s.failures END,
        last_fetch_at = a.started_at, last_total_ms = a.total_ms,
        last_success_at = CASE WHEN a.outcome = 'UNCHANGED' THEN a.started_at ELSE s.last_success_at END,
        next_fetch_at = a.next_fetch_at, next_reason = a.next_reason, sweep_at = a.next_fetch_at,
        claim = NULL, claim_until = NULL, stage = NULL, requested_at = NULL
      FROM held a WHERE s.feed_id = a.feed_id
      RETURNING s.feed_id AS id
    ), noted AS (
      UPDATE feeds f SET
        status = CASE WHEN charged THEN a.status ELSE 'QUEUED' END,
        error_code = CASE WHEN charged THEN a.error_code ELSE f.error_code END,
        error_message = CASE WHEN charged THEN a.error_message ELSE f.error_message END
      FROM held a WHERE f.id = a.feed_id AND CASE WHEN charged
        THEN (f.status, f.error_code, f.error_message) IS DISTINCT FROM (a.status, a.error_code, a.error_message)
        ELSE f.status = 'FETCHING' END
    ), ${LOG_ATTEMPTS}
    SELECT id FROM done`);
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
