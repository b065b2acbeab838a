import { possibleIdentities } from '@/lib/feed/identify-items';
import type { NewItem } from '@/lib/feed/types';
import type { BulkTransaction } from './bulk-client';
import { Prisma } from './generated/client';

/** What is remembered of an item's identity: its first eight bytes, as PostgreSQL makes a number of them. */
export const MARK = Prisma.sql`('x' || encode(substr(identity, 1, 8), 'hex'))::bit(64)::bigint`;

/** The same, of an identity in hex. */
const toMark = (identity: string) => BigInt.asIntN(64, BigInt(`0x${identity.slice(0, 16)}`)).toString();

/**
 * The marks under which an item may have been forgotten: its identity, and those that it would have if the document told
 * its items apart by more. That by its guid alone is left out where the document gives several items the same one.
 */
function toMarks({ identity, names }: NewItem): string[] {
  return [identity, ...possibleIdentities(names).slice(1)].map(toMark);
}

/** @returns the items without those that the feed once had, and that retention has deleted. */
export async function dropForgotten(
  tx: BulkTransaction,
  feedId: number,
  items: NewItem[],
): Promise<NewItem[]> {
  if (items.length === 0) return items;
  const rows = await tx.query<{ mark: string }>(Prisma.sql`
    SELECT mark::text AS mark FROM forgotten_items
    WHERE feed_id = ${feedId} AND mark = ANY(${items.flatMap(toMarks)}::bigint[])`);
  if (rows.length === 0) return items;
  const forgotten = new Set(rows.map(({ mark }) => mark));
  return items.filter((item) => !toMarks(item).some((mark) => forgotten.has(mark)));
}
