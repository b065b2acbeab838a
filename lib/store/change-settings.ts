import { sayFloor } from '@/lib/feed/schedule';
import { openStore } from './client';
import type { SubscriptionSettings } from './settings-views';

/**
 * Sets what a reader wants of one of their subscriptions, in one statement.
 *
 * @returns false when there is no such subscription, or no such folder.
 */
export async function writeSubscription(
  userId: number,
  feedId: number,
  { title, folderId, floorMinutes, keepDays, keepItems, fullText }: SubscriptionSettings,
): Promise<boolean> {
  const rows = await openStore().$queryRaw<{ changed: boolean }[]>`
    UPDATE subscriptions s SET title = ${title}, folder_id = ${folderId}::int, floor_minutes = ${floorMinutes},
      keep_days = ${keepDays}::int, keep_items = ${keepItems}::int, full_text = ${fullText}
    FROM subscriptions old
    WHERE s.user_id = ${userId} AND s.feed_id = ${feedId} AND old.id = s.id
      AND (${folderId}::int IS NULL OR EXISTS (
        SELECT FROM folders WHERE id = ${folderId}::int AND user_id = ${userId}))
    RETURNING old.floor_minutes <> s.floor_minutes AS changed`;
  if (rows[0]?.changed) await applyFloor(userId, feedId);
  return rows.length > 0;
}

/**
 * Brings the time of a feed's next fetch in line with what its readers wish by now: later, or as soon as it may be where
 * it had been put off for their sake. A wish of one reader changes nothing while another has none. Whoever waits in the
 * host's line leaves it: at its head it would be in the way of those that are due.
 */
async function applyFloor(userId: number, feedId: number): Promise<void> {
  const store = openStore();
  const [wish] = await store.$queryRaw<{ minutes: number }[]>`
    SELECT min(floor_minutes) AS minutes FROM subscriptions
    WHERE feed_id = ${feedId} AND feed_id IN (SELECT feed_id FROM subscriptions WHERE user_id = ${userId})`;
  const minutes = wish?.minutes ?? 0;
  await store.$executeRaw`
    WITH wanted AS (
      SELECT feed_id, GREATEST(now(), last_fetch_at + GREATEST(${minutes}, 60) * interval '1 minute') AS soonest,
        last_fetch_at + ${minutes} * interval '1 minute' AS allowed, next_reason LIKE 'its readers want%' AS put_off
      FROM feed_schedules WHERE feed_id = ${feedId}
    )
    UPDATE feed_schedules f SET next_fetch_at = due, sweep_at = due, slot_at = NULL,
      next_reason = CASE WHEN ${minutes} > 0 THEN ${sayFloor(minutes * 60_000)} ELSE 'its readers want it more often' END
    FROM wanted, LATERAL (SELECT CASE WHEN put_off THEN soonest ELSE allowed END AS due) AS next
    WHERE f.feed_id = wanted.feed_id AND requested_at IS NULL AND sweep_at IS NOT NULL AND (claim IS NULL OR claim_until < now())
      AND (put_off OR next_fetch_at < due)`;
}
