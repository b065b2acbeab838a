import { Prisma } from './generated/client';

type Transaction = Prisma.TransactionClient;

/** Items that both feeds have, by identity: `old_id` goes, `kept_id` stays. */
const pairs = (from: number, into: number) => Prisma.sql`
  pairs AS (
    SELECT old.id AS old_id, kept.id AS kept_id FROM items old
    JOIN items kept ON kept.feed_id = ${into} AND kept.identity = old.identity
    WHERE old.feed_id = ${from}
  )`;

/** Readers of the feed that goes, with their watermarks there (`through`) and at the other (`kept_through`). */
const readers = (from: number, into: number) => Prisma.sql`
  readers AS (
    SELECT old.user_id, old.read_through_id AS through, kept.read_through_id AS kept_through
    FROM subscriptions old
    LEFT JOIN subscriptions kept ON kept.user_id = old.user_id AND kept.feed_id = ${into}
    WHERE old.feed_id = ${from}
  )`;

/**
 * What is known of an item that both feeds have: read if it was read in either, unless it was marked unread in
 * one; starred since it was starred in either.
 */
async function mergeStates(tx: Transaction, from: number, into: number): Promise<void> {
  await tx.$executeRaw`
    WITH ${pairs(from, into)}, ${readers(from, into)}, wanted AS (
      SELECT reader.user_id, kept_id, COALESCE(kept.starred_at, old.starred_at) AS starred_at,
        COALESCE(kept_through, through) AS watermark, old.user_id IS NOT NULL AS had,
        CASE WHEN old.read = false OR (kept.read = false AND kept_through IS NOT NULL) THEN false
          ELSE COALESCE(old.read, old_id <= through)
            OR (kept_through IS NOT NULL AND COALESCE(kept.read, kept_id <= kept_through)) END AS read
      FROM readers reader CROSS JOIN pairs
      LEFT JOIN item_states old ON old.user_id = reader.user_id AND old.item_id = old_id
      LEFT JOIN item_states kept ON kept.user_id = reader.user_id AND kept.item_id = kept_id
    )
    INSERT INTO item_states (user_id, item_id, read, starred_at)
    SELECT user_id, kept_id, read, starred_at FROM wanted WHERE had OR read <> (kept_id <= watermark)
      OR EXISTS (SELECT FROM item_states s WHERE s.user_id = wanted.user_id AND s.item_id = kept_id)
    ON CONFLICT (user_id, item_id) DO UPDATE SET read = EXCLUDED.read, starred_at = EXCLUDED.starred_at`;
  // Stars outlive subscriptions.
  await tx.$executeRaw`
    WITH ${pairs(from, into)}
    INSERT INTO item_states (user_id, item_id, read, starred_at)
    SELECT old.user_id, kept_id, old.read, old.starred_at FROM item_states old JOIN pairs ON old_id = old.item_id
    WHERE NOT EXISTS (SELECT FROM subscriptions s WHERE s.user_id = old.user_id AND s.feed_id = ${from})
    ON CONFLICT (user_id, item_id) DO UPDATE SET
      read = COALESCE(item_states.read, EXCLUDED.read),
      starred_at = COALESCE(item_states.starred_at, EXCLUDED.starred_at)`;
}

/** Whoever reads both keeps the other feed's watermark: what it would say otherwise of this one's items is noted. */
function keepReading(tx: Transaction, from: number, into: number): Promise<number> {
  return tx.$executeRaw`
    WITH ${readers(from, into)}
    INSERT INTO item_states (user_id, item_id, read)
    SELECT user_id, item.id, item.id <= through FROM readers
    JOIN items item ON item.feed_id = ${from} AND (item.id <= through) <> (item.id <= kept_through)
    WHERE NOT EXISTS (SELECT FROM items kept WHERE kept.feed_id = ${into} AND kept.identity = item.identity)
    ON CONFLICT (user_id, item_id) DO UPDATE SET read = COALESCE(item_states.read, EXCLUDED.read)`;
}

/**
 * To readers of one feed only, items that only the other has are history as far as they are older than what they
 * have: no flood of unread ones. Newer ones are unread.
 */
function settleStrangeItems(tx: Transaction, readersOf: number, other: number): Promise<number> {
  return tx.$executeRaw`
    WITH newest AS (SELECT max(sort_at) AS at FROM items WHERE feed_id = ${readersOf}), strange AS (
      SELECT item.id, COALESCE(item.sort_at <= newest.at, false) AS old FROM newest, items item
      WHERE item.feed_id = ${other} AND NOT EXISTS (
        SELECT FROM items own WHERE own.feed_id = ${readersOf} AND own.identity = item.identity)
    )
    INSERT INTO item_states (user_id, item_id, read)
    SELECT reader.user_id, strange.id, strange.old FROM subscriptions reader
    JOIN strange ON strange.old <> (strange.id <= reader.read_through_id)
    WHERE reader.feed_id = ${readersOf} AND NOT EXISTS (
      SELECT FROM subscriptions also WHERE also.user_id = reader.user_id AND also.feed_id = ${other})
    ON CONFLICT (user_id, item_id) DO UPDATE SET read = COALESCE(item_states.read, EXCLUDED.read)`;
}

function moveSubscriptions(tx: Transaction, from: number, into: number): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO subscriptions AS kept (user_id, feed_id, folder_id, title, read_through_id, floor_minutes, keep_days,
      keep_items, full_text, offers, created_at)
    SELECT user_id, ${into}, folder_id, title, read_through_id, floor_minutes, keep_days, keep_items, full_text, offers,
      created_at
    FROM subscriptions WHERE feed_id = ${from}
    ON CONFLICT (user_id, feed_id) DO UPDATE SET
      folder_id = COALESCE(kept.folder_id, EXCLUDED.folder_id),
      title = COALESCE(kept.title, EXCLUDED.title),
      floor_minutes = GREATEST(kept.floor_minutes, EXCLUDED.floor_minutes),
      keep_days = COALESCE(kept.keep_days, EXCLUDED.keep_days),
      keep_items = COALESCE(kept.keep_items, EXCLUDED.keep_items),
      full_text = kept.full_text OR EXCLUDED.full_text,
      offers = COALESCE(kept.offers, EXCLUDED.offers),
      created_at = LEAST(kept.created_at, EXCLUDED.created_at)`;
}

/** What is remembered of either feed is remembered of the one that is left: what was deleted, and what can be undone. */
async function mergeMemory(tx: Transaction, from: number, into: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO forgotten_items (feed_id, mark) SELECT ${into}, mark FROM forgotten_items WHERE feed_id = ${from}
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    UPDATE ended_subscriptions ended SET feed_id = ${into} WHERE feed_id = ${from} AND NOT EXISTS (
      SELECT FROM ended_subscriptions kept WHERE kept.feed_id = ${into} AND kept.user_id = ended.user_id)`;
}

/**
 * Merges a feed into another and deletes it. Subscriptions, folders, items, read states and stars move along, so
 * that each reader has read what they had read, and nothing else; what both have is kept once. The cost grows
 * with readers times items where the two feeds differ: a merge is rare.
 *
 * @param tx holds the locks of both feeds' rows, of `feed_schedules` too.
 */
export async function mergeFeeds(tx: Transaction, from: number, into: number): Promise<void> {
  await tx.$executeRaw`UPDATE feed_aliases SET feed_id = ${into} WHERE feed_id = ${from}`;
  await mergeStates(tx, from, into);
  await keepReading(tx, from, into);
  await settleStrangeItems(tx, from, into);
  await settleStrangeItems(tx, into, from);
  await moveSubscriptions(tx, from, into);
  await mergeMemory(tx, from, into);
  const moved = await tx.$executeRaw`
    UPDATE items SET feed_id = ${into} WHERE feed_id = ${from} AND NOT EXISTS (
      SELECT FROM items kept WHERE kept.feed_id = ${into} AND kept.identity = items.identity)`;
  // What failed or was gone has just been read, under the other name: it is worth a new try.
  await tx.$executeRaw`
    UPDATE feed_schedules SET next_fetch_at = CASE WHEN again THEN now() ELSE next_fetch_at END,
      sweep_at = CASE WHEN again THEN now() ELSE COALESCE(sweep_at, next_fetch_at) END
    FROM (SELECT status IN ('FAILING', 'GONE') AND (claim IS NULL OR claim_until < now()) AS again
      FROM feeds JOIN feed_schedules ON feed_id = id WHERE id = ${into}) state
    WHERE feed_id = ${into}`;
  await tx.$executeRaw`
    UPDATE feeds kept SET item_count = kept.item_count + ${moved},
      last_item_at = GREATEST(kept.last_item_at, old.last_item_at), icon_id = COALESCE(kept.icon_id, old.icon_id)
    FROM feeds old WHERE old.id = ${from} AND kept.id = ${into}`;
  await tx.$executeRaw`UPDATE subscriptions SET unread_count = NULL WHERE feed_id = ${into}`;
  await tx.$executeRaw`DELETE FROM feeds WHERE id = ${from}`;
}
