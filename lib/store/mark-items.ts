import { openStore } from './client';
import { Prisma } from './generated/client';

export interface ItemMarks {
  userId: number;
  itemIds: number[];
  /** Left as it is where undefined. */
  read?: boolean | undefined;
  starred?: boolean | undefined;
}

/**
 * Marks items of a user read or unread, starred or not. What is not the user's to see is left out. A state is written
 * even where the watermark says the same: so that undoing what was done to all leaves alone what was done to one.
 *
 * @returns how many items were the user's.
 */
export async function writeMarks({ userId, itemIds, read, starred }: ItemMarks): Promise<number> {
  const star = starred ? Prisma.sql`COALESCE(st.starred_at, now())` : Prisma.sql`NULL::timestamptz`;
  return openStore().$executeRaw`
    INSERT INTO item_states AS old (user_id, item_id, read, read_at, starred_at)
    SELECT ${userId}, i.id,
      ${read === undefined ? Prisma.sql`st.read` : Prisma.sql`${read}::boolean`},
      ${read === undefined ? Prisma.sql`st.read_at` : Prisma.sql`now()`},
      ${starred === undefined ? Prisma.sql`st.starred_at` : star}
    FROM items i LEFT JOIN item_states st ON st.item_id = i.id AND st.user_id = ${userId}
    WHERE i.id = ANY(${itemIds}::bigint[]) AND (st.starred_at IS NOT NULL
      OR EXISTS (SELECT FROM subscriptions s WHERE s.feed_id = i.feed_id AND s.user_id = ${userId}))
    ORDER BY i.id
    ON CONFLICT (user_id, item_id) DO UPDATE SET
      read = ${read === undefined ? Prisma.sql`old.read` : Prisma.sql`EXCLUDED.read`},
      read_at = ${read === undefined ? Prisma.sql`old.read_at` : Prisma.sql`EXCLUDED.read_at`},
      starred_at = ${starred === undefined ? Prisma.sql`old.starred_at` : Prisma.sql`EXCLUDED.starred_at`}`;
}
