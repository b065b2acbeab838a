import { openStore } from './client';
import type { Prisma } from './generated/client';
import type { EndedView } from './settings-views';

/** For how long what was ended can be brought back. */
const UNDO_FOR = '1 day';

export interface EndedSubscriptions {
  count: number;
  /** Brings them back, given to `restoreSubscriptions`; null when there were none. */
  undo: string | null;
}

/**
 * Ends subscriptions of a user, and remembers them as they were. Feeds, items, stars and read states stay; what nobody
 * subscribes to is no longer fetched.
 *
 * @param db the transaction that it is part of.
 */
export async function endSubscriptions(
  userId: number,
  feedIds: number[],
  db: Prisma.TransactionClient = openStore(),
): Promise<EndedSubscriptions> {
  const [row] = await db.$queryRaw<EndedSubscriptions[]>`
    WITH deed AS MATERIALIZED (SELECT gen_random_uuid() AS undo), ended AS (
      DELETE FROM subscriptions WHERE user_id = ${userId} AND feed_id = ANY(${feedIds}::int[]) RETURNING *
    ), noted AS (
      INSERT INTO ended_subscriptions (user_id, feed_id, undo, folder_id, folder_name, kept)
      SELECT user_id, feed_id, undo, folder_id, (SELECT name FROM folders WHERE id = folder_id), to_jsonb(ended)
      FROM ended, deed
      ON CONFLICT (user_id, feed_id) DO UPDATE SET undo = EXCLUDED.undo, ended_at = EXCLUDED.ended_at,
        folder_id = EXCLUDED.folder_id, folder_name = EXCLUDED.folder_name, kept = EXCLUDED.kept
    ), asleep AS (
      UPDATE feed_schedules f SET sweep_at = NULL
      WHERE feed_id IN (SELECT feed_id FROM ended)
        AND NOT EXISTS (SELECT FROM subscriptions s WHERE s.feed_id = f.feed_id AND user_id <> ${userId})
    )
    SELECT count(ended.id)::int AS count, (SELECT undo::text FROM deed WHERE EXISTS (SELECT FROM ended)) AS undo
    FROM ended`;
  return row ?? { count: 0, undo: null };
}

/**
 * Brings back subscriptions that were ended together, as they were: title, folder (made again if it is gone), what is
 * read. Whoever has subscribed again meanwhile gets the old ones' settings, and what was read in either stays read.
 *
 * @param undo from `endSubscriptions`.
 * @returns the ids of their feeds; none when it is too late, or they are not the user's.
 */
export async function restoreSubscriptions(userId: number, undo: string): Promise<number[]> {
  const rows = await openStore().$queryRaw<{ feedId: number }[]>`
    WITH wanted AS MATERIALIZED (
      DELETE FROM ended_subscriptions
      WHERE user_id = ${userId} AND undo = ${undo}::uuid AND ended_at > now() - ${UNDO_FOR}::interval RETURNING *
    ), made AS (
      INSERT INTO folders (user_id, name, position)
      SELECT ${userId}, folder_name, (SELECT COALESCE(max(position) + 1, 0) FROM folders WHERE user_id = ${userId})
      FROM wanted WHERE folder_id IS NULL AND folder_name IS NOT NULL GROUP BY folder_name
      ON CONFLICT (user_id, name) DO UPDATE SET name = EXCLUDED.name RETURNING id, name
    ), back AS (
      INSERT INTO subscriptions SELECT row.* FROM wanted LEFT JOIN made ON folder_id IS NULL AND made.name = folder_name,
        LATERAL jsonb_populate_record(NULL::subscriptions, jsonb_build_object('full_text', false) || kept || jsonb_build_object(
          'feed_id', feed_id, 'folder_id', COALESCE(folder_id, made.id), 'unread_count', NULL)) AS row
      ON CONFLICT (user_id, feed_id) DO UPDATE SET folder_id = EXCLUDED.folder_id, title = EXCLUDED.title,
        floor_minutes = EXCLUDED.floor_minutes, keep_days = EXCLUDED.keep_days, keep_items = EXCLUDED.keep_items,
        full_text = EXCLUDED.full_text,
        unread_count = NULL, read_through_id = GREATEST(subscriptions.read_through_id, EXCLUDED.read_through_id)
      RETURNING feed_id
    ), woken AS (
      UPDATE feed_schedules SET sweep_at = next_fetch_at
      WHERE feed_id IN (SELECT feed_id FROM back) AND sweep_at IS NULL
    )
    SELECT feed_id AS "feedId" FROM back ORDER BY feed_id`;
  return rows.map((row) => row.feedId);
}

/** @returns what the user can bring back, the latest first. */
export async function listEnded(userId: number): Promise<EndedView[]> {
  return openStore().$queryRaw<EndedView[]>`
    SELECT undo::text AS undo, max(ended_at) AS "endedAt", count(*)::int AS count,
      (array_agg(title ORDER BY lower(title)))[1:3] AS titles
    FROM (
      SELECT e.undo, e.ended_at, COALESCE(NULLIF(e.kept->>'title', ''), NULLIF(f.title, ''), f.host) AS title
      FROM ended_subscriptions e JOIN feeds f ON f.id = e.feed_id
      WHERE e.user_id = ${userId} AND e.ended_at > now() - ${UNDO_FOR}::interval
    ) AS ended
    GROUP BY undo ORDER BY max(ended_at) DESC LIMIT 20`;
}

/** Forgets what can no longer be brought back. */
export async function forgetEnded(): Promise<void> {
  await openStore().$executeRaw`
    DELETE FROM ended_subscriptions WHERE ended_at < now() - ${UNDO_FOR}::interval`;
}
