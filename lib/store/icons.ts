import { openStore } from './client';

/** Rows looked at in one round; of each host one feed is chosen. */
const ROUND = 200;

/** A feed whose icon is to be looked for. */
export interface IconLookup {
  feedId: number;
  /** Of the feed. */
  url: string;
  siteUrl: string | null;
  /** The address of the picture that the feed itself names. */
  icon: string | null;
  /** The icon it has now. */
  iconId: number | null;
}

/**
 * Takes feeds whose icon is due, one of each host: those that others of their host stand in front of come minutes
 * later, so that no server is asked for a hundred pages at once. Feeds that nobody reads wait a month, and those of
 * hosts that rest until they have rested. Whoever takes one has five minutes; then it is due again.
 *
 * @param limit at most this many.
 */
export async function claimIconLookups(limit: number): Promise<IconLookup[]> {
  return openStore().$queryRaw<IconLookup[]>`
    WITH due AS (
      SELECT id, host, icon_due_at FROM feeds WHERE icon_due_at <= now()
      ORDER BY icon_due_at LIMIT ${ROUND} FOR UPDATE SKIP LOCKED
    ), ranked AS (
      SELECT id, row_number() OVER (PARTITION BY due.host ORDER BY icon_due_at, id) AS place,
        EXISTS (SELECT FROM subscriptions s WHERE s.feed_id = due.id) AS wanted,
        COALESCE(hosts.rest_until > now(), false) AS resting
      FROM due LEFT JOIN hosts ON hosts.host = due.host
    ), chosen AS (
      SELECT id FROM ranked WHERE place = 1 AND wanted AND NOT resting LIMIT ${limit}
    ), put_off AS (
      UPDATE feeds SET icon_due_at = now() + CASE
        WHEN NOT wanted THEN interval '30 days'
        WHEN resting THEN interval '1 hour'
        ELSE interval '1 minute' * (1 + 9 * random()) END
      FROM ranked WHERE feeds.id = ranked.id AND (place > 1 OR NOT wanted OR resting)
    )
    UPDATE feeds SET icon_due_at = now() + interval '5 minutes' FROM chosen WHERE feeds.id = chosen.id
    RETURNING feeds.id AS "feedId", url, site_url AS "siteUrl", icon, icon_id AS "iconId"`;
}

export interface NewIcon {
  /** SHA-256 of the picture as it came. */
  hash: Uint8Array;
  png32: Uint8Array;
  png64: Uint8Array;
}

/**
 * Stores a picture; those that are the same share a row.
 *
 * @returns its id.
 */
export async function storeIcon({ hash, png32, png64 }: NewIcon): Promise<number> {
  const rows = await openStore().$queryRaw<{ id: number }[]>`
    INSERT INTO icons (hash, png32, png64) VALUES (${hash}, ${png32}, ${png64})
    ON CONFLICT (hash) DO UPDATE SET hash = EXCLUDED.hash RETURNING id`;
  const [icon] = rows;
  if (icon === undefined) throw new Error('The statement that stores an icon returned none.');
  return icon.id;
}

/** Gives a feed its icon, for a month; the one that it had goes when no other feed shows it. */
export async function assignIcon({ feedId, iconId: former }: IconLookup, iconId: number): Promise<void> {
  await openStore().$executeRaw`
    UPDATE feeds SET icon_id = (SELECT id FROM icons WHERE id = ${iconId}),
      icon_due_at = now() + interval '30 days' * (1 + 0.1 * random())
    WHERE id = ${feedId}`;
  if (former === null || former === iconId) return;
  await openStore().$executeRaw`
    DELETE FROM icons WHERE id = ${former} AND NOT EXISTS (SELECT FROM feeds WHERE icon_id = ${former})`;
}

/** No icon was found: the feed keeps what it has, and is looked at again in a week. */
export async function postponeIcon(feedId: number): Promise<void> {
  await openStore().$executeRaw`
    UPDATE feeds SET icon_due_at = now() + interval '7 days' * (1 + 0.1 * random()) WHERE id = ${feedId}`;
}

/** A server rests that is to be asked for a feed's icon, be it another one than the feed's own: not before `until`. */
export async function putOffIcon(feedId: number, until: Date): Promise<void> {
  await openStore().$executeRaw`UPDATE feeds SET icon_due_at = ${until} WHERE id = ${feedId}`;
}

/**
 * @param key as `ICON_KEY` makes it.
 * @returns the PNG file, which everybody may see; null when there is no such icon.
 */
export async function readIcon(key: string, size: 32 | 64): Promise<Uint8Array<ArrayBuffer> | null> {
  const [, number = '', hash = ''] = /^([1-9]\d{0,8})-([0-9a-f]{8})$/.exec(key) ?? [];
  if (number === '') return null;
  const rows = await openStore().$queryRaw<{ png: Uint8Array<ArrayBuffer> }[]>`
    SELECT CASE ${size}::int WHEN 32 THEN png32 ELSE png64 END AS png FROM icons
    WHERE id = ${Number(number)} AND left(encode(hash, 'hex'), 8) = ${hash}`;
  return rows[0]?.png ?? null;
}
