import { inBulkTransaction } from './bulk-client';
import { openStore } from './client';
import { endSubscriptions } from './end-subscriptions';
import { Prisma } from './generated/client';
import { BURST } from './politeness';
import { type SubscribedFeed, subscribeFeed } from './subscribe-feed';

/** Spells WISH: whoever holds it counts what is wished for, and adds to it. */
const WISH_LOCK = 0x57495348;

export interface RequestedFetches {
  /** How many of the feeds are the user's. */
  count: number;
  /** Those that are wished for by now, in the order that they were asked for. */
  wished: number[];
}

/**
 * Makes feeds of a user due now, because a person asks for many at once; those that a worker has are only marked as
 * waited for. A wish needs no turn of its host, so that a host gets as many as a burst, with those that it has already,
 * and none while it rests: all others are due in the background, and take its turns.
 *
 * @param feedIds each once.
 */
export async function requestFetches(userId: number, feedIds: number[]): Promise<RequestedFetches> {
  const rows = await inBulkTransaction(async (tx) => {
    await tx.query(Prisma.sql`SELECT pg_advisory_xact_lock(${WISH_LOCK}::bigint)`);
    return tx.query<{ id: number; wish: boolean }>(Prisma.sql`
      WITH asked AS MATERIALIZED (
        SELECT feed_id, s.host, place, requested_at IS NOT NULL AS wished,
          COALESCE(claim IS NOT NULL AND claim_until >= now(), false) AS claimed
        FROM unnest(${feedIds}::int[]) WITH ORDINALITY AS given (feed_id, place)
        JOIN subscriptions USING (feed_id) JOIN feed_schedules s USING (feed_id) WHERE user_id = ${userId}
        ORDER BY s.feed_id FOR UPDATE OF s
      ), present AS (
        SELECT host, count(*) AS wishes FROM feed_schedules
        WHERE requested_at IS NOT NULL AND sweep_at IS NOT NULL AND host IN (SELECT host FROM asked) GROUP BY host
      ), ranked AS (
        SELECT *, row_number() OVER (PARTITION BY host, wished ORDER BY claimed DESC, place) AS rank FROM asked
      ), chosen AS (
        SELECT ranked.*, wished OR claimed OR (
            COALESCE(rest_until <= now(), true) AND rank <= ${BURST}::int - COALESCE(wishes, 0)) AS wish
        FROM ranked LEFT JOIN present USING (host) LEFT JOIN hosts USING (host)
      ), written AS (
        UPDATE feed_schedules s SET
          requested_at = CASE WHEN wish THEN now() END,
          next_fetch_at = CASE WHEN claimed THEN next_fetch_at ELSE now() END,
          sweep_at = CASE WHEN claimed THEN sweep_at ELSE now() END
        FROM chosen WHERE s.feed_id = chosen.feed_id
      )
      SELECT feed_id AS id, wish FROM chosen ORDER BY place`);
  });
  return { count: rows.length, wished: rows.filter(({ wish }) => wish).map(({ id }) => id) };
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

/**
 * Puts the feed found at the site of a lost one in its place, for one user: folder and title move over, and what
 * the user has read counts as read where the new feed has it too. Stars stay with the items that they were given
 * to. All or nothing; nobody else's rows are touched.
 *
 * @returns null when the user has no such feed, or another replacement has been found for it since.
 */
export async function exchangeFeed(userId: number, exchange: Exchange): Promise<SubscribedFeed | null> {
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
