import { openStore } from './client';
import { Prisma } from './generated/client';
import { archiveEnd } from './skip-archive';

export interface SubscribedFeed {
  feedId: number;
  /** Whether nobody had this feed before. */
  created: boolean;
  /** Whether it is to be fetched now, since a person waits for it. */
  wanted: boolean;
}

/** Nobody has it now, and it has slept until it was due, or has never been fetched and waits in the background. */
const IS_WANTED = Prisma.sql`(claim IS NULL OR claim_until < now())
  AND (sweep_at IS NULL AND next_fetch_at <= now() OR last_fetch_at IS NULL AND requested_at IS NULL)`;

/**
 * Finds or makes the feed at an address, and the user's subscription to it, in one statement: any number of
 * people may do so at the same moment. A new feed is QUEUED and due; so is one that has not been fetched yet, wherever in
 * a line it was, and one that nobody read for so long that it would be due by now.
 *
 * @param url normalised.
 * @param db the transaction that it is part of.
 */
export async function subscribeFeed(
  userId: number,
  url: string,
  host: string,
  db: Prisma.TransactionClient = openStore(),
): Promise<SubscribedFeed> {
  const rows = await db.$queryRaw<SubscribedFeed[]>`
    WITH known AS (
      SELECT feed_id AS id FROM feed_aliases WHERE url = ${url}
      UNION SELECT id FROM feeds WHERE url = ${url} AND NOT EXISTS (SELECT FROM feed_aliases WHERE url = ${url})
    ), made AS (
      INSERT INTO feeds (url, host)
      SELECT ${url}, ${host} WHERE NOT EXISTS (SELECT FROM known)
      ON CONFLICT (url) DO UPDATE SET url = EXCLUDED.url
      RETURNING id, xmax = 0 AS created
    ), asked AS (
      UPDATE feed_schedules SET requested_at = now(), next_fetch_at = now(), sweep_at = now()
      WHERE feed_id IN (SELECT id FROM known) AND ${IS_WANTED}
      RETURNING feed_id AS id
    ), woken AS (
      UPDATE feed_schedules SET sweep_at = next_fetch_at
      WHERE feed_id IN (SELECT id FROM known) AND sweep_at IS NULL AND NOT (${IS_WANTED})
    ), feed AS (
      SELECT id, created, created AS wanted FROM made
      UNION ALL SELECT id, false, EXISTS (SELECT FROM asked WHERE asked.id = known.id) FROM known
    ), subscribed AS (
      -- A feed that has just been made has no items: its next page has nothing to count.
      INSERT INTO subscriptions AS s (user_id, feed_id, offers, read_through_id, unread_count)
      SELECT ${userId}, id, (SELECT offers FROM feed_aliases WHERE url = ${url}), ${archiveEnd(Prisma.sql`feed.id`)},
        CASE WHEN created THEN 0 END
      FROM feed
      ON CONFLICT (user_id, feed_id) DO UPDATE SET offers = EXCLUDED.offers WHERE EXCLUDED.offers IS NOT NULL
    )
    SELECT id AS "feedId", created, wanted FROM feed LIMIT 1`;
  const feed = rows[0];
  if (feed === undefined) throw new Error('The statement that makes a feed returned none.');
  return feed;
}

/**
 * Makes a feed due now because a person asks for it, unless a worker has it already.
 *
 * @returns false when the user has no such feed.
 */
export async function requestFetch(userId: number, feedId: number): Promise<boolean> {
  const count = await openStore().$executeRaw`
    UPDATE feed_schedules SET
      requested_at = now(),
      next_fetch_at = CASE WHEN claim IS NULL OR claim_until < now() THEN now() ELSE next_fetch_at END,
      sweep_at = CASE WHEN claim IS NULL OR claim_until < now() THEN now() ELSE sweep_at END
    WHERE feed_id = ${feedId} AND feed_id IN (SELECT feed_id FROM subscriptions WHERE user_id = ${userId})`;
  return count > 0;
}
