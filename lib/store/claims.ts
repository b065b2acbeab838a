import { batchWrites } from './batch-writes';
import { queryBulk } from './bulk-client';
import { Prisma } from './generated/client';
import type { FetchStage } from './generated/enums';

export type { FetchStage };

/** A claim that is not renewed ends after this long; the sweep then gives the feed to another worker. */
export const CLAIM_MS = 20_000;

/** How often a worker renews the claims it holds. */
export const RENEW_EVERY_MS = 5000;

/** What a worker needs to know to fetch a feed. */
export interface ClaimedFeed {
  id: number;
  url: string;
  host: string;
  /** Of the claim: only its holder may write the outcome. */
  token: string;
  /** When the claim was made, by this process' own `performance.now()`: it holds for `CLAIM_MS` unless renewed. */
  heldFrom: number;
  etag: string | null;
  lastModified: string | null;
  /** The address that gave them; null where it is the feed's own. */
  validatorsUrl: string | null;
  contentHash: Uint8Array | null;
  failures: number;
  lastSuccessAt: Date | null;
  createdAt: Date;
  siteUrl: string | null;
  movedTo: string | null;
  movedCount: number;
  replacement: string | null;
  soughtAt: Date | null;
  userAgent: string | null;
  /** Encrypted (lib/ops/secrets.ts). */
  credentials: Uint8Array | null;
  /** Whether a person is waiting for it. */
  requested: boolean;
  hints: unknown;
  /** The smallest among its readers' wishes (Subscription.floorMinutes). */
  floorMinutes: number;
  /** Publishing times of the newest items, newest first. */
  recent: Date[];
}

/**
 * Keeps claims alive while their fetches go on. One that has run out is not brought back: its place at the host may be
 * another feed's by now.
 *
 * @returns the tokens that still hold.
 */
export async function renewClaims(tokens: string[]): Promise<string[]> {
  const rows = await queryBulk<{ claim: string }>(Prisma.sql`
    UPDATE feed_schedules SET
      claim_until = now() + ${CLAIM_MS}::int * interval '1 millisecond',
      sweep_at = now() + ${CLAIM_MS}::int * interval '1 millisecond'
    WHERE claim = ANY(${tokens}::uuid[]) AND claim_until > now() RETURNING claim`);
  return rows.map((row) => row.claim);
}

/** Gives a feed back as it was, due now: the worker is stopping. */
export async function handBackFeed(feedId: number, token: string): Promise<void> {
  await queryBulk(Prisma.sql`
    WITH freed AS (
      UPDATE feed_schedules SET claim = NULL, claim_until = NULL, stage = NULL, sweep_at = now()
      WHERE feed_id = ${feedId} AND claim = ${token}::uuid RETURNING feed_id
    )
    UPDATE feeds SET status = 'QUEUED' FROM freed WHERE id = feed_id AND status = 'FETCHING'`);
}

/**
 * Gives a feed back that could not be fetched to the end, and through no fault of its own.
 *
 * @param until when it is due again.
 * @param reason why then, in words.
 */
export async function postponeFeed(
  feedId: number,
  token: string,
  until: Date,
  reason: string,
): Promise<void> {
  await queryBulk(Prisma.sql`
    WITH freed AS (
      UPDATE feed_schedules SET claim = NULL, claim_until = NULL, stage = NULL, sweep_at = ${until},
        next_fetch_at = ${until}, next_reason = ${reason}
      WHERE feed_id = ${feedId} AND claim = ${token}::uuid RETURNING feed_id
    )
    UPDATE feeds SET status = 'QUEUED' FROM freed WHERE id = feed_id AND status = 'FETCHING'`);
}

interface Doing {
  feedId: number;
  token: string;
  stage: FetchStage;
}

const writeStages = batchWrites(async (list: Doing[]) => {
  await queryBulk(Prisma.sql`
    UPDATE feed_schedules s SET stage = doing.stage::fetch_stage, stage_since = now()
    FROM unnest(${list.map(({ feedId }) => feedId)}::int[], ${list.map(({ token }) => token)}::uuid[],
      ${list.map(({ stage }) => stage)}::text[]) AS doing (feed_id, token, stage)
    WHERE s.feed_id = doing.feed_id AND s.claim = doing.token`);
  return list.map(() => undefined);
});

/** Says what the worker is doing, for whoever is watching. */
export function recordStage(feedId: number, token: string, stage: FetchStage): Promise<void> {
  return writeStages({ feedId, token, stage });
}
