import { openStore } from './client';
import { endSubscriptions } from './end-subscriptions';
import type { Prisma } from './generated/client';
import { subscribeFeed } from './subscribe-feed';

/**
 * Makes feeds of a user due now, because a person asks for them, in one statement; those that a worker has are
 * only marked as waited for.
 *
 * @returns the ids of those that are the user's.
 */
export async function requestFetches(userId: number, feedIds: number[]): Promise<number[]> {
  const rows = await openStore().$queryRaw<{ id: number }[]>`
    UPDATE feed_schedules SET
      requested_at = now(),
      next_fetch_at = CASE WHEN claim IS NULL OR claim_until < now() THEN now() ELSE next_fetch_at END,
      sweep_at = CASE WHEN claim IS NULL OR claim_until < now() THEN now() ELSE sweep_at END
    WHERE feed_id IN (SELECT feed_id FROM subscriptions WHERE user_id = ${userId} AND feed_id = ANY(${feedIds}::int[]))
    RETURNING feed_id AS id`;
  return rows.map((row) => row.id);
}

export interface Exchange {
  /** The feed that the user leaves. */
  feedId: number;
  /** Its `replacement` as the user was shown it. */
  replacement: string;
  /** The same, normalised. */
  url: string;
  host: string;
}

export interface ExchangedFeed {
  feedId: number;
  /** Whether nobody had this feed before. */
  created: boolean;
}

/**
 * Puts the feed found at the site of a lost one in its place, for one user: folder and title move over, and what
 * the user has read counts as read where the new feed has it too. Stars stay with the items that they were given
 * to. All or nothing; nobody else's rows are touched.
 *
 * @returns null when the user has no such feed, or another replacement has been found for it since.
 */
export async function exchangeFeed(userId: number, exchange: Exchange): Promise<ExchangedFeed | null> {
  const { feedId, replacement, url, host } = exchange;
  return openStore().$transaction(async (tx) => {
    const held = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM subscriptions s JOIN feeds f ON f.id = s.feed_id AND f.replacement = ${replacement}
      WHERE s.user_id = ${userId} AND s.feed_id = ${feedId} FOR UPDATE OF s`;
    if (held.length === 0) return null;
    const found = await subscribeFeed(userId, url, host, tx);
    // Its own address by now: there is nothing to leave.
    if (found.feedId === feedId) return found;
    await carryOver(tx, userId, feedId, found.feedId);
    await endSubscriptions(userId, [feedId], tx);
    return found;
  });
}

async function carryOver(
  tx: Prisma.TransactionClient,
  userId: number,
  from: number,
  into: number,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE subscriptions s SET folder_id = COALESCE(s.folder_id, old.folder_id), title = COALESCE(s.title, old.title),
      floor_minutes = GREATEST(s.floor_minutes, old.floor_minutes), keep_days = COALESCE(s.keep_days, old.keep_days),
      keep_items = COALESCE(s.keep_items, old.keep_items), full_text = s.full_text OR old.full_text,
      unread_count = NULL
    FROM subscriptions old
    WHERE s.user_id = ${userId} AND s.feed_id = ${into} AND old.user_id = ${userId} AND old.feed_id = ${from}`;
  await tx.$executeRaw`
    INSERT INTO item_states (user_id, item_id, read)
    SELECT ${userId}, kept.id, true
    FROM items i
    JOIN subscriptions old ON old.feed_id = i.feed_id AND old.user_id = ${userId}
    JOIN items kept ON kept.feed_id = ${into} AND kept.identity = i.identity
    LEFT JOIN item_states state ON state.item_id = i.id AND state.user_id = ${userId}
    WHERE i.feed_id = ${from} AND COALESCE(state.read, i.id <= old.read_through_id)
    ON CONFLICT (user_id, item_id) DO UPDATE SET read = COALESCE(item_states.read, true)`;
}
