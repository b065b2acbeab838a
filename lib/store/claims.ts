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
  /** Publishing times of the newest items, newest first. */
  recent: Date[];
}

/**
 * Keeps claims alive while their fetches go on.
 *
 * @returns the tokens that still hold.
 */
export async function renewClaims(tokens: string[]): Promise<string[]> {
  const rows = await queryBulk<{ claim: string }>(Prisma.sql`
    UPDATE feed_schedules SET
      claim_until = now() + ${CLAIM_MS}::int * interval '1 millisecond',
      sweep_at = now() + ${CLAIM_MS}::int * interval '1 millisecond'
    WHERE claim = ANY(${tokens}::uuid[]) RETURNING claim`);
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

/** Says what the worker is doing, for whoever is watching. */
export async function recordStage(feedId: number, token: string, stage: FetchStage): Promise<void> {
  await queryBulk(Prisma.sql`
    UPDATE feed_schedules SET stage = ${stage}::fetch_stage, stage_since = now()
    WHERE feed_id = ${feedId} AND claim = ${token}::uuid`);
}
