import type { BulkTransaction } from './bulk-client';
import { Prisma } from './generated/client';

/** As many items of a feed, the newest, are unread to a reader who is new to it: an archive is not homework. */
export const UNREAD_AT_FIRST = 100;

/** The watermark of a reader who is new to a feed: the newest item that is history; 0 where none is. */
export const archiveEnd = (feedId: Prisma.Sql): Prisma.Sql => Prisma.sql`COALESCE((
  SELECT i.id FROM items i WHERE i.feed_id = ${feedId} ORDER BY i.id DESC OFFSET ${UNREAD_AT_FIRST} LIMIT 1), 0)`;

/**
 * Moves the watermarks of those who have waited for the first document of feeds: its older items are history.
 *
 * @param tx has stored the documents.
 */
export async function skipArchives(tx: BulkTransaction, feedIds: number[]): Promise<void> {
  await tx.execute(Prisma.sql`
    UPDATE subscriptions s SET read_through_id = ${archiveEnd(Prisma.sql`s.feed_id`)}, unread_count = NULL
    WHERE s.feed_id = ANY(${feedIds}::int[]) AND s.read_through_id = 0`);
}
