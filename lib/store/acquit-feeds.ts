import { openStore } from './client';
import { Prisma } from './generated/client';

/**
 * Takes back failures that feeds were charged with: it was our own network that was down.
 *
 * @param charges one for each failure, and when to try its feed again.
 * @param reason why then, in words.
 */
export async function acquitFeeds(
  charges: { feedId: number; nextAt: Date }[],
  reason: string,
): Promise<void> {
  const rows = charges.map(({ feedId, nextAt }) => Prisma.sql`(${feedId}::int, ${nextAt}::timestamptz)`);
  await openStore().$executeRaw`
    WITH acquitted AS (
      UPDATE feed_schedules s SET failures = GREATEST(0, failures - charges),
        next_fetch_at = next_at, sweep_at = next_at, slot_at = NULL, next_reason = ${reason}
      FROM feeds f, (
        SELECT feed_id, count(*)::int AS charges, min(next_at) AS next_at
        FROM (VALUES ${Prisma.join(rows)}) AS charge (feed_id, next_at) GROUP BY feed_id
      ) AS charged
      WHERE s.feed_id = charged.feed_id AND f.id = s.feed_id AND f.status = 'FAILING' AND s.failures > 0
        AND s.claim IS NULL
      RETURNING s.feed_id, s.failures, s.last_success_at
    )
    UPDATE feeds f SET error_code = NULL, error_message = NULL,
      status = CASE WHEN last_success_at IS NULL THEN 'QUEUED' ELSE 'READY' END::feed_status
    FROM acquitted a WHERE f.id = a.feed_id AND a.failures = 0`;
}
