import { openStore } from './client';
import { ICON_KEY } from './icon-key';
import { readOwnMark } from './own-address';
import type { FeedSettingsView } from './settings-views';

/** @returns null when the user has no such feed. */
export async function readFeedSettings(userId: number, feedId: number): Promise<FeedSettingsView | null> {
  const [row] = await openStore().$queryRaw<Omit<FeedSettingsView, 'own'>[]>`
    SELECT f.id, NULLIF(s.title, '') AS title, s.folder_id AS "folderId", s.floor_minutes AS "floorMinutes",
      s.keep_days AS "keepDays", s.keep_items AS "keepItems", s.full_text AS "fullText",
      COALESCE(NULLIF(f.title, ''), f.host) AS "feedTitle", f.url, f.host, ${ICON_KEY} AS icon,
      f.credentials IS NOT NULL AS "hasPassword", f.user_agent AS "userAgent",
      EXISTS (SELECT FROM subscriptions o WHERE o.feed_id = f.id AND o.user_id <> ${userId}) AS shared,
      (SELECT min(floor_minutes) FROM subscriptions o WHERE o.feed_id = f.id) AS "sharedFloorMinutes"
    FROM subscriptions s JOIN feeds f ON f.id = s.feed_id WHERE s.user_id = ${userId} AND f.id = ${feedId}`;
  return row === undefined ? null : { ...row, own: readOwnMark(row.url) !== '' };
}
