import type { NewItem } from '@/lib/feed/types';
import type { BulkTransaction } from './bulk-client';
import { Prisma } from './generated/client';
import { toJson, toText } from './json';
import { recogniseItems } from './recognise-items';

/** As many rows as one statement takes: bounds its memory, not what is stored. */
const BATCH = 500;

export interface WrittenItems {
  inserted: number;
  updated: number;
}

const nullable = (text: string | null) => (text === null ? null : toText(text));
const toBytes = (hex: string) => Buffer.from(hex, 'hex');

function inBatches(items: NewItem[]): NewItem[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
    items.slice(index * BATCH, (index + 1) * BATCH),
  );
}

/** The columns of items as arrays, for unnest: PostgreSQL reads them in a third of the time that JSON takes. */
function toColumns(items: NewItem[]) {
  const column = <Value>(read: (item: NewItem) => Value) => items.map(read);
  return Prisma.sql`
    unnest(${column((item) => toBytes(item.identity))}::bytea[], ${column((item) => toBytes(item.contentHash))}::bytea[],
      ${column((item) => nullable(item.url))}::text[], ${column((item) => toText(item.title))}::text[],
      ${column((item) => nullable(item.author))}::text[],
      ${column((item) => item.publishedAt)}::timestamptz[], ${column((item) => item.sortAt)}::timestamptz[],
      ${column((item) => toText(item.html))}::text[], ${column((item) => toText(item.excerpt))}::text[],
      ${column((item) => toJson(item.enclosures))}::jsonb[], ${column((item) => toJson(item.categories))}::jsonb[],
      ${column((item) => nullable(item.thumbnail))}::text[], ${column((item) => nullable(item.commentsUrl))}::text[]
    ) WITH ORDINALITY AS item (identity, content_hash, url, title, author, published_at, sort_at, html, excerpt,
      enclosures, categories, thumbnail, comments_url, place)`;
}

/** Of the document's items, those that are not stored and those that are stored with other content. */
async function findChanges(tx: BulkTransaction, feedId: number, items: NewItem[]) {
  const known = await tx.query<{ identity: Buffer | null; hash: Buffer | null }>(Prisma.sql`
    SELECT identity, content_hash AS hash FROM items
    WHERE feed_id = ${feedId} AND identity = ANY(${items.map((item) => toBytes(item.identity))}::bytea[])
    UNION ALL (SELECT NULL, NULL FROM items WHERE feed_id = ${feedId} LIMIT 1)`);
  // A feed's first document needs no second look.
  if (known.length === 0) return { fresh: items, edited: [] };
  const hashes = new Map(known.map((row) => [row.identity?.toString('hex'), row.hash?.toString('hex')]));
  const isUnchanged = (item: NewItem) => hashes.get(item.identity) === item.contentHash;
  const changed = items.filter((item) => !isUnchanged(item));
  if (changed.length === 0) return { fresh: [], edited: [] };
  const unchanged = new Set(items.filter(isUnchanged).map(({ identity }) => identity));
  const found = await recogniseItems(tx, feedId, changed, unchanged);
  return {
    fresh: found.filter(({ hash }) => hash === null).map(({ item }) => item),
    edited: found
      .filter(({ item, hash }) => hash !== null && hash !== item.contentHash)
      .map(({ item }) => item),
  };
}

/** Oldest first, so that ids grow with time and a watermark means what it says. */
function insertItems(tx: BulkTransaction, feedId: number, items: NewItem[]): Promise<number> {
  const ordered = [...items].sort((a, b) => a.sortAt.getTime() - b.sortAt.getTime());
  return tx.execute(Prisma.sql`
    INSERT INTO items (feed_id, identity, content_hash, url, title, author, published_at, sort_at, html, excerpt,
      enclosures, categories, thumbnail, comments_url)
    SELECT ${feedId}::int, identity, content_hash, url, title, author, published_at, sort_at, html, excerpt, enclosures,
      ARRAY(SELECT jsonb_array_elements_text(categories)), thumbnail, comments_url
    FROM ${toColumns(ordered)} ORDER BY place
    ON CONFLICT (feed_id, identity) DO NOTHING`);
}

/** When it was published, and whether it was read, an edit does not change. */
function updateItems(tx: BulkTransaction, feedId: number, items: NewItem[]): Promise<number> {
  return tx.execute(Prisma.sql`
    UPDATE items SET content_hash = item.content_hash, url = item.url, title = item.title, author = item.author,
      html = item.html, excerpt = item.excerpt, enclosures = item.enclosures,
      categories = ARRAY(SELECT jsonb_array_elements_text(item.categories)), thumbnail = item.thumbnail,
      comments_url = item.comments_url, updated_at = now()
    FROM ${toColumns(items)}
    WHERE items.feed_id = ${feedId} AND items.identity = item.identity`);
}

/**
 * Stores what is new or edited among a document's items; the rest is not touched.
 *
 * @param items identities are unique within the list.
 */
export async function writeItems(
  tx: BulkTransaction,
  feedId: number,
  items: NewItem[],
): Promise<WrittenItems> {
  const written = { inserted: 0, updated: 0 };
  if (items.length === 0) return written;
  const { fresh, edited } = await findChanges(tx, feedId, items);
  for (const batch of inBatches(fresh)) written.inserted += await insertItems(tx, feedId, batch);
  for (const batch of inBatches(edited)) written.updated += await updateItems(tx, feedId, batch);
  return written;
}
