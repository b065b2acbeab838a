import type { FeedOffer } from '@/lib/feed/types';
import { openStore } from './client';
import type { Prisma } from './generated/client';
import { toJson } from './json';
import { mergeFeeds } from './merge-feeds';
import { readOwnMark } from './own-address';

/** `kept`: the feed stays at its address. `lost`: another worker has it, and nothing was written. */
export type MovedFeed =
  | { kind: 'renamed' }
  | { kind: 'merged'; feedId: number }
  | { kind: 'kept' }
  | { kind: 'lost' };

export interface Move {
  feedId: number;
  /** Token of the claim. */
  token: string;
  url: string;
  host: string;
  /** The feed moves only where another has the new address already. */
  onlyMerge?: boolean;
  /** What the site at the feed's old address offers: each reader who has typed that is asked. */
  offers?: FeedOffer[];
}

type Transaction = Prisma.TransactionClient;

/**
 * Gives a feed another address: that of the feed found at a site, or the one it has moved to for good. Its old
 * address becomes an alias. If another feed has the new address already, this one is merged into it:
 * subscriptions, states and stars move along, and its pages lead there. A feed of one reader's own stays that.
 */
export async function moveFeed(move: Move): Promise<MovedFeed> {
  return openStore().$transaction(
    async (tx) => {
      const other = await findOther(tx, move);
      // Both in one order, so that two merges never wait for each other.
      const schedules = await tx.$queryRaw<{ id: number; claimed: boolean }[]>`
        SELECT feed_id AS id, COALESCE(claim = ${move.token}::uuid, false) AS claimed FROM feed_schedules
        WHERE feed_id IN (${move.feedId}, ${other ?? move.feedId}) ORDER BY feed_id FOR UPDATE`;
      const locked = await tx.$queryRaw<{ id: number; url: string }[]>`
        SELECT id, url FROM feeds WHERE id IN (${move.feedId}, ${other ?? move.feedId}) ORDER BY id FOR UPDATE`;
      const feed = locked.find(({ id }) => id === move.feedId);
      const held = schedules.some(({ id, claimed }) => id === move.feedId && claimed);
      if (feed === undefined || !held) return { kind: 'lost' };
      const offers = move.offers?.length ? toJson(move.offers) : null;
      if (offers !== null) {
        await tx.$executeRaw`UPDATE subscriptions SET offers = ${offers}::jsonb WHERE feed_id = ${move.feedId}`;
      }
      if (readOwnMark(feed.url) !== '') return renameOwn(tx, move, feed.url);
      if (other === null) return move.onlyMerge ? { kind: 'kept' } : rename(tx, move, feed.url);
      if (!locked.some(({ id }) => id === other)) return { kind: 'kept' };
      await mergeFeeds(tx, move.feedId, other);
      await tx.$executeRaw`
        INSERT INTO feed_aliases (url, feed_id, former_id, offers)
        VALUES (${feed.url}, ${other}, ${move.feedId}, ${offers}::jsonb)
        ON CONFLICT (url) DO UPDATE SET feed_id = EXCLUDED.feed_id, former_id = EXCLUDED.former_id,
          offers = EXCLUDED.offers`;
      return { kind: 'merged', feedId: other };
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
}

async function findOther(tx: Transaction, { feedId, url }: Move): Promise<number | null> {
  const [other] = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM feeds WHERE url = ${url} AND id <> ${feedId}
    UNION ALL SELECT feed_id FROM feed_aliases WHERE url = ${url} AND feed_id <> ${feedId} LIMIT 1`;
  return other?.id ?? null;
}

async function rename(
  tx: Transaction,
  { feedId, url, host, offers }: Move,
  oldUrl: string,
): Promise<MovedFeed> {
  await tx.$executeRaw`DELETE FROM feed_aliases WHERE url = ${url} AND feed_id = ${feedId}`;
  await tx.$executeRaw`
    UPDATE feeds SET url = ${url}, host = ${host}, moved_to = NULL, moved_count = 0,
      validators_url = COALESCE(validators_url, url)
    WHERE id = ${feedId}`;
  await tx.$executeRaw`
    INSERT INTO feed_aliases (url, feed_id, offers)
    VALUES (${oldUrl}, ${feedId}, ${offers?.length ? toJson(offers) : null}::jsonb)
    ON CONFLICT (url) DO UPDATE SET feed_id = EXCLUDED.feed_id, offers = EXCLUDED.offers`;
  return { kind: 'renamed' };
}

/** No alias: nobody else may be led here. The password stays behind when the origin changes. */
async function renameOwn(tx: Transaction, move: Move, oldUrl: string): Promise<MovedFeed> {
  const url = move.url + readOwnMark(oldUrl);
  const taken = await tx.feed.count({ where: { url } });
  if (taken > 0 || move.onlyMerge) return { kind: 'kept' };
  const sameOrigin = new URL(url).origin === new URL(oldUrl).origin;
  await tx.feed.update({
    where: { id: move.feedId },
    data: { url, host: move.host, movedTo: null, movedCount: 0, ...(!sameOrigin && { credentials: null }) },
  });
  return { kind: 'renamed' };
}
