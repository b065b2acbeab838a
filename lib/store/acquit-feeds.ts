import { openStore } from './client';

/**
 * Takes back the last failure that feeds were charged with: it was our own network that was down.
 *
 * @param next when to try them again, and why then.
 */
export async function acquitFeeds(feedIds: number[], next: { at: Date; reason: string }): Promise<void> {
  await openStore().$executeRaw`
    UPDATE feeds SET failures = failures - 1,
      status = CASE WHEN failures > 1 THEN status WHEN last_success_at IS NULL THEN 'QUEUED' ELSE 'READY' END,
      error_code = CASE WHEN failures > 1 THEN error_code END,
      error_message = CASE WHEN failures > 1 THEN error_message END,
      next_fetch_at = LEAST(next_fetch_at, ${next.at}), sweep_at = LEAST(sweep_at, ${next.at}),
      next_reason = ${next.reason}
    WHERE id = ANY(${feedIds}::int[]) AND status = 'FAILING' AND failures > 0 AND claim IS NULL`;
}
