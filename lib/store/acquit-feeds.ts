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
    UPDATE feeds SET failures = GREATEST(0, failures - charges),
      status = CASE WHEN failures > charges THEN status WHEN last_success_at IS NULL THEN 'QUEUED' ELSE 'READY' END,
      error_code = CASE WHEN failures > charges THEN error_code END,
      error_message = CASE WHEN failures > charges THEN error_message END,
      next_fetch_at = next_at, sweep_at = next_at, next_reason = ${reason}
    FROM (
      SELECT feed_id, count(*)::int AS charges, min(next_at) AS next_at
      FROM (VALUES ${Prisma.join(rows)}) AS charge (feed_id, next_at) GROUP BY feed_id
    ) AS charged
    WHERE id = feed_id AND status = 'FAILING' AND failures > 0 AND claim IS NULL`;
}
