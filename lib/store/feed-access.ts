import { openStore } from './client';
import type { Prisma } from './generated/client';
import { mergeFeeds } from './merge-feeds';
import { makeOwnAddress, readOwnMark } from './own-address';

/** How a feed is asked for, as far as its reader may see it: never the password. */
export interface FeedAccessView {
  hasPassword: boolean;
  userAgent: string | null;
  /** Whether the feed is this reader's alone. */
  own: boolean;
}

/** What is not given stays as it is; null clears it. */
export interface FeedAccessChange {
  /** Encrypted. */
  credentials?: Uint8Array<ArrayBuffer> | null;
  userAgent?: string | null;
}

/** `shared`: others read the feed as it is. `missing`: the user has no such feed. */
export type SavedAccess = { kind: 'saved'; feedId: number } | { kind: 'shared' } | { kind: 'missing' };

type Transaction = Prisma.TransactionClient;

interface HeldFeed {
  id: number;
  url: string;
  others: number;
  everRead: boolean;
}

/** @returns null when the user has no such feed. */
export async function readFeedAccess(userId: number, feedId: number): Promise<FeedAccessView | null> {
  const feed = await openStore().feed.findFirst({
    where: { id: feedId, subscriptions: { some: { userId } } },
    select: { url: true, userAgent: true, credentials: true },
  });
  if (feed === null) return null;
  return {
    hasPassword: feed.credentials !== null,
    userAgent: feed.userAgent,
    own: readOwnMark(feed.url) !== '',
  };
}

/**
 * Changes how a feed is asked for, and makes it due. A feed with a password gets a row of its own, at an address
 * that nobody else's subscription can find (`makeOwnAddress`), and keeps it when the password is cleared: what was
 * fetched with it is nobody else's. Items, states, stars and folder move along.
 *
 * @returns the feed's id, which is another one once it is the reader's own.
 */
export async function writeFeedAccess(
  userId: number,
  feedId: number,
  change: FeedAccessChange,
): Promise<SavedAccess> {
  return openStore().$transaction(async (tx) => {
    const feed = await holdFeed(tx, userId, feedId);
    if (feed === null) return { kind: 'missing' };
    const own = readOwnMark(feed.url) !== '';
    const secret = change.credentials != null && !own;
    // Whoever has never read it loses nothing when one reader goes on with a password.
    if (feed.others > 0 && (!secret || feed.everRead)) return { kind: 'shared' };
    const id = secret ? await makeOwn(tx, userId, feed) : feedId;
    await tx.feed.update({
      where: { id },
      data: { ...change, etag: null, lastModified: null, validatorsUrl: null, contentHash: null },
    });
    await tx.$executeRaw`
      UPDATE feed_schedules SET requested_at = now(), next_fetch_at = now(),
        sweep_at = CASE WHEN claim IS NULL OR claim_until < now() THEN now() ELSE sweep_at END
      WHERE feed_id = ${id}`;
    return { kind: 'saved', feedId: id };
  });
}

/** Locks the feed: nobody subscribes to it meanwhile. */
async function holdFeed(tx: Transaction, userId: number, feedId: number): Promise<HeldFeed | null> {
  await tx.$queryRaw`SELECT 1 FROM feed_schedules WHERE feed_id = ${feedId} FOR UPDATE`;
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM feeds WHERE id = ${feedId} AND EXISTS (
      SELECT FROM subscriptions WHERE feed_id = feeds.id AND user_id = ${userId}) FOR UPDATE`;
  if (locked.length === 0) return null;
  const [feed] = await tx.$queryRaw<HeldFeed[]>`
    SELECT id, url, last_success_at IS NOT NULL AS "everRead",
      (SELECT count(*)::int FROM subscriptions s WHERE s.feed_id = feeds.id AND user_id <> ${userId}) AS others
    FROM feeds JOIN feed_schedules ON feed_id = id WHERE id = ${feedId}`;
  return feed ?? null;
}

/** A new row, so that whoever subscribes at this moment ends up with the old one or with none. */
async function makeOwn(tx: Transaction, userId: number, feed: HeldFeed): Promise<number> {
  const [made] = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO feeds (url, host, site_url, title, description, language, icon, user_agent)
    SELECT ${makeOwnAddress(feed.url, userId)}, host, site_url, title, description, language, icon, user_agent
    FROM feeds WHERE id = ${feed.id}
    ON CONFLICT (url) DO UPDATE SET url = EXCLUDED.url RETURNING id`;
  if (made === undefined) throw new Error('The statement that makes a feed returned none.');
  if (feed.others === 0) {
    // They would lead others to it.
    await tx.$executeRaw`DELETE FROM feed_aliases WHERE feed_id = ${feed.id}`;
    await mergeFeeds(tx, feed.id, made.id);
  } else {
    await tx.$executeRaw`
      INSERT INTO subscriptions (user_id, feed_id, folder_id, title, floor_minutes, keep_days, keep_items, full_text)
      SELECT user_id, ${made.id}, folder_id, title, floor_minutes, keep_days, keep_items, full_text FROM subscriptions
      WHERE feed_id = ${feed.id} AND user_id = ${userId}
      ON CONFLICT (user_id, feed_id) DO NOTHING`;
    await tx.$executeRaw`DELETE FROM subscriptions WHERE feed_id = ${feed.id} AND user_id = ${userId}`;
  }
  return made.id;
}
