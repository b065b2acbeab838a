import { possibleIdentities } from '@/lib/feed/identify-items';
import type { NewItem } from '@/lib/feed/types';
import type { BulkTransaction } from './bulk-client';
import { Prisma } from './generated/client';

/** An item as it is stored. */
export interface StoredItem {
  id: string;
  /** Hex SHA-256. */
  identity: string;
  /** Hex SHA-256 of its content. */
  hash: string;
  url: string | null;
  title: string;
}

/** An item of the document and the row that it is. */
export interface Match {
  item: NewItem;
  row: StoredItem;
  /** The more, the surer. */
  weight: number;
}

/** How sure it is that a row is this item; 0 is not sure enough to write one over the other. */
function weigh(item: NewItem, row: StoredItem, possible: string[]): number {
  const place = possible.indexOf(row.identity);
  // Guid and link together, or title and date with them, name one item.
  if (place > 0) return 5 + place;
  if (row.identity === item.identity) return 4;
  if (place < 0) return 0;
  // Several items share the guid, or the link: what else the row says decides.
  const sameTitle = item.title === row.title ? 1 : 0;
  const sameUrl = item.names.id !== null && item.url !== null && item.url === row.url ? 2 : 0;
  return sameUrl + sameTitle;
}

/**
 * Finds the rows of items whose document may tell them apart differently than before: a guid that was one item's is
 * now on several, or the other way round.
 *
 * @param items new, or edited.
 * @param rows stored items under any identity that those may have.
 * @returns each row at most once, and each item.
 */
export function matchItems(items: readonly NewItem[], rows: readonly StoredItem[]): Match[] {
  const byIdentity = new Map(rows.map((row) => [row.identity, row]));
  const matches = items.flatMap((item) => {
    const possible = possibleIdentities(item.names);
    return [...new Set([...possible, item.identity])].flatMap((identity) => {
      const row = byIdentity.get(identity);
      const weight = row ? weigh(item, row, possible) : 0;
      return row && weight > 0 ? [{ item, row, weight }] : [];
    });
  });
  const matched = new Set<NewItem>();
  const taken = new Set<StoredItem>();
  return matches
    .sort((a, b) => b.weight - a.weight)
    .filter(({ item, row }) => {
      if (matched.has(item) || taken.has(row)) return false;
      matched.add(item);
      taken.add(row);
      return true;
    });
}

/**
 * The identity that a row has from now on. One that names a single item stays, whatever else the document calls the
 * item for now; one that several items of the document share gives way to what tells them apart.
 */
export function settleIdentity({ item, row }: Match): string {
  return possibleIdentities(item.names)[0] === row.identity ? item.identity : row.identity;
}

/**
 * Gives items the identities that they are stored under, so that none is stored twice, nor loses its star or read
 * mark, when its document tells its items apart by other fields than before.
 *
 * @param items those that are not stored as they are, under identities that nothing else of the document has.
 * @param accounted identities of the document's other items.
 * @returns the items, and the hash of what is stored of each that is.
 */
export async function recogniseItems(
  tx: BulkTransaction,
  feedId: number,
  items: readonly NewItem[],
  accounted: ReadonlySet<string>,
): Promise<{ item: NewItem; hash: string | null }[]> {
  const toBytes = (hex: string) => Buffer.from(hex, 'hex');
  const possible = new Set(items.flatMap(({ identity, names }) => [identity, ...possibleIdentities(names)]));
  const sought = [...possible].filter((identity) => !accounted.has(identity));
  const rows = await tx.query<Omit<StoredItem, 'identity' | 'hash'> & { identity: Buffer; hash: Buffer }>(
    Prisma.sql`
      SELECT id::text AS id, identity, content_hash AS hash, url, title FROM items
      WHERE feed_id = ${feedId} AND identity = ANY(${sought.map(toBytes)}::bytea[])`,
  );
  const stored = rows.map((row) => ({
    ...row,
    identity: row.identity.toString('hex'),
    hash: row.hash.toString('hex'),
  }));
  const matches = matchItems(items, stored);
  const moves = matches.filter((match) => settleIdentity(match) !== match.row.identity);
  if (moves.length > 0)
    await tx.execute(Prisma.sql`
      UPDATE items SET identity = move.identity
      FROM unnest(${moves.map(({ row }) => row.id)}::bigint[],
        ${moves.map((move) => toBytes(settleIdentity(move)))}::bytea[]) AS move (id, identity)
      WHERE items.id = move.id`);
  const found = new Map(matches.map((match) => [match.item, match]));
  return items.map((item) => {
    const match = found.get(item);
    if (!match) return { item, hash: null };
    return { item: { ...item, identity: settleIdentity(match) }, hash: match.row.hash };
  });
}
