import { openStore } from './client';
import type { Prisma } from './generated/client';

export type MovedFeed = { kind: 'renamed' } | { kind: 'merged'; feedId: number } | { kind: 'lost' };

/**
 * Gives a feed another address: that of the feed found at a site, or the one it has moved to for good. Its old
 * address becomes an alias. If another feed has the new address already, this one is merged into it:
 * subscriptions, states and stars move along, and its pages lead there.
 *
 * @param token of the claim; without it nothing is written (`lost`).
 */
export async function moveFeed(feedId: number, token: string, url: string, host: string): Promise<MovedFeed> {
  return openStore().$transaction(async (tx) => {
    const [feed] = await tx.$queryRaw<{ url: string }[]>`
      SELECT url FROM feeds WHERE id = ${feedId} AND claim = ${token}::uuid FOR UPDATE`;
    if (feed === undefined) return { kind: 'lost' };
    const [other] = await tx.$queryRaw<{ id: number }[]>`
      SELECT id FROM feeds WHERE url = ${url} AND id <> ${feedId}
      UNION ALL SELECT feed_id FROM feed_aliases WHERE url = ${url} AND feed_id <> ${feedId} LIMIT 1`;
    if (other === undefined) {
      await tx.$executeRaw`DELETE FROM feed_aliases WHERE url = ${url} AND feed_id = ${feedId}`;
      await tx.$executeRaw`UPDATE feeds SET url = ${url}, host = ${host} WHERE id = ${feedId}`;
      await tx.$executeRaw`
        INSERT INTO feed_aliases (url, feed_id) VALUES (${feed.url}, ${feedId})
        ON CONFLICT (url) DO UPDATE SET feed_id = EXCLUDED.feed_id`;
      return { kind: 'renamed' };
    }
    await mergeInto(tx, feedId, other.id);
    await tx.$executeRaw`
      INSERT INTO feed_aliases (url, feed_id, former_id) VALUES (${feed.url}, ${other.id}, ${feedId})
      ON CONFLICT (url) DO UPDATE SET feed_id = EXCLUDED.feed_id, former_id = EXCLUDED.former_id`;
    return { kind: 'merged', feedId: other.id };
  });
}

/** Everything of one feed goes to another: what both have is kept once. */
async function mergeInto(tx: Prisma.TransactionClient, from: number, into: number): Promise<void> {
  await tx.$executeRaw`SELECT FROM feeds WHERE id = ${into} FOR UPDATE`;
  await tx.$executeRaw`UPDATE feed_aliases SET feed_id = ${into} WHERE feed_id = ${from}`;
  await tx.$executeRaw`
    INSERT INTO subscriptions (user_id, feed_id, folder_id, title)
    SELECT user_id, ${into}, folder_id, title FROM subscriptions WHERE feed_id = ${from}
    ON CONFLICT (user_id, feed_id) DO NOTHING`;
  const moved = await tx.$executeRaw`
    UPDATE items SET feed_id = ${into} WHERE feed_id = ${from} AND NOT EXISTS (
      SELECT FROM items kept WHERE kept.feed_id = ${into} AND kept.identity = items.identity)`;
  await tx.$executeRaw`
    INSERT INTO item_states (user_id, item_id, read, starred_at)
    SELECT state.user_id, kept.id, state.read, state.starred_at
    FROM item_states state
    JOIN items old ON old.id = state.item_id AND old.feed_id = ${from}
    JOIN items kept ON kept.feed_id = ${into} AND kept.identity = old.identity
    ON CONFLICT (user_id, item_id) DO UPDATE SET
      read = COALESCE(item_states.read, EXCLUDED.read),
      starred_at = COALESCE(item_states.starred_at, EXCLUDED.starred_at)`;
  await tx.$executeRaw`DELETE FROM feeds WHERE id = ${from}`;
  await tx.$executeRaw`
    UPDATE feeds SET item_count = item_count + ${moved}, sweep_at = COALESCE(sweep_at, next_fetch_at)
    WHERE id = ${into}`;
}
