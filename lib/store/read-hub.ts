import { openStore } from './client';
import type { HubView } from './settings-views';

/** @returns null when the feed names no hub, or is none of the user's. */
export async function readFeedHub(userId: number, feedId: number): Promise<HubView | null> {
  const [hub] = await openStore().$queryRaw<HubView[]>`
    SELECT COALESCE(h.hub, f.hints->>'hubUrl') AS hub, COALESCE(lower(h.state::text), 'none') AS state,
      CASE WHEN h.lease_until > now() THEN h.lease_until END AS "leaseUntil", h.last_push_at AS "lastPushAt",
      h.ask_at AS "askAt", COALESCE(h.failures, 0) AS failures, h.error,
      COALESCE(h.missed_at > COALESCE(h.last_push_at, '-infinity'), false) AS missed
    FROM subscriptions s JOIN feeds f ON f.id = s.feed_id
    LEFT JOIN hub_subscriptions h ON h.feed_id = f.id
    WHERE s.user_id = ${userId} AND f.id = ${feedId} AND COALESCE(h.hub, f.hints->>'hubUrl') IS NOT NULL
    ORDER BY h.state = 'LEAVING', h.id DESC LIMIT 1`;
  return hub ?? null;
}
