import { openStore } from './client';

/**
 * Takes back the last failure that feeds were charged with: it was our own network that was down.
 *
 * @param next when to try them again, and why then.
 */
export async function acquitFeeds(feedIds: number[], next: { at: Date; reason: string }): Promise<void> {
  await openStore().$executeRaw`
    WITH acquitted AS (
      UPDATE feed_schedules s SET failures = failures - 1,
        next_fetch_at = LEAST(next_fetch_at, ${next.at}), sweep_at = LEAST(sweep_at, ${next.at}),
        next_reason = ${next.reason}
      FROM feeds f
      WHERE f.id = s.feed_id AND s.feed_id = ANY(${feedIds}::int[]) AND f.status = 'FAILING' AND s.failures > 0
        AND s.claim IS NULL
      RETURNING s.feed_id, s.failures, s.last_success_at
    )
    UPDATE feeds f SET error_code = NULL, error_message = NULL,
      status = CASE WHEN last_success_at IS NULL THEN 'QUEUED' ELSE 'READY' END::feed_status
    FROM acquitted a WHERE f.id = a.feed_id AND a.failures = 0`;
}
