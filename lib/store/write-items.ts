import type { NewItem } from '@/lib/feed/types';
import type { BulkTransaction } from './bulk-client';
import { dropForgotten } from './forgotten-items';
import { Prisma } from './generated/client';
import { toJson, toText } from './json';
import { recogniseItems } from './recognise-items';
import { skipArchives, UNREAD_AT_FIRST } from './skip-archive';

/** As many rows as one statement takes: bounds its memory, not what is stored. */
const BATCH = 500;

/** The items of a feed, as its document has them. */
export interface DocumentItems {
  feedId: number;
  /** Identities are unique within the list. */
  items: NewItem[];
  /** Whether the feed has no items yet. */
  first: boolean;
}

export interface WrittenItems {
  inserted: number;
  updated: number;
}

/** An item on its way into its feed. */
interface Row {
  feedId: number;
  item: NewItem;
}

const nullable = (text: string | null) => (text === null ? null : toText(text));
const toBytes = (hex: string) => Buffer.from(hex, 'hex');

function inBatches(rows: Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, index) =>
    rows.slice(index * BATCH, (index + 1) * BATCH),
  );
}

/** PostgreSQL's own notation of an array: as JSON it would take a query an item to make one of it. */
function toArray(texts: string[]): string {
  return `{${texts.map((text) => `"${toText(text).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/** The columns of items as arrays, for unnest: PostgreSQL reads them in a third of the time that JSON takes. */
function toColumns(rows: Row[]) {
  const column = <Value>(read: (item: NewItem) => Value) => rows.map(({ item }) => read(item));
  return Prisma.sql`
    unnest(${rows.map(({ feedId }) => feedId)}::int[], ${column((item) => item.identity)}::text[],
      ${column((item) => item.contentHash)}::text[], ${column((item) => nullable(item.url))}::text[],
      ${column((item) => toText(item.title))}::text[], ${column((item) => nullable(item.author))}::text[],
      ${column((item) => item.publishedAt)}::timestamptz[], ${column((item) => item.sortAt)}::timestamptz[],
      ${column((item) => toText(item.html))}::text[], ${column((item) => toText(item.excerpt))}::text[],
      ${column((item) => toJson(item.enclosures))}::jsonb[], ${column((item) => toArray(item.categories))}::text[],
      ${column((item) => nullable(item.thumbnail))}::text[], ${column((item) => nullable(item.commentsUrl))}::text[]
    ) WITH ORDINALITY AS item (feed_id, identity, content_hash, url, title, author, published_at, sort_at, html, excerpt,
      enclosures, categories, thumbnail, comments_url, place)`;
}

interface KnownItem {
  feedId: number;
  identity: Buffer;
  hash: Buffer;
}

/** What is stored of the documents' items. One index look-up each, however little is known of the table yet. */
function findKnown(tx: BulkTransaction, documents: DocumentItems[]): Promise<KnownItem[]> {
  const wanted = documents.flatMap(({ feedId, items }) => items.map((item) => ({ feedId, item })));
  if (wanted.length === 0) return Promise.resolve([]);
  return tx.query<KnownItem>(Prisma.sql`
    SELECT wanted.feed_id AS "feedId", known.identity, known.hash
    FROM unnest(${wanted.map(({ feedId }) => feedId)}::int[],
      ${wanted.map(({ item }) => toBytes(item.identity))}::bytea[]) AS wanted (feed_id, identity)
    CROSS JOIN LATERAL (
      SELECT i.identity, i.content_hash AS hash FROM items i
      WHERE i.feed_id = wanted.feed_id AND i.identity = wanted.identity LIMIT 1
    ) AS known`);
}

interface Changes {
  fresh: NewItem[];
  edited: NewItem[];
}

/** Of a document's items, those that are not stored and those that are stored with other content. */
async function findChanges(
  tx: BulkTransaction,
  { feedId, items, first }: DocumentItems,
  known: KnownItem[],
): Promise<Changes> {
  if (first) return { fresh: items, edited: [] };
  const hashes = new Map(known.map(({ identity, hash }) => [identity.toString('hex'), hash.toString('hex')]));
  const isUnchanged = (item: NewItem) => hashes.get(item.identity) === item.contentHash;
  const changed = items.filter((item) => !isUnchanged(item));
  if (changed.length === 0) return { fresh: [], edited: [] };
  const unchanged = new Set(items.filter(isUnchanged).map(({ identity }) => identity));
  const found = await recogniseItems(tx, feedId, changed, unchanged);
  return {
    fresh: await dropForgotten(
      tx,
      feedId,
      found.filter(({ hash }) => hash === null).map(({ item }) => item),
    ),
    edited: found
      .filter(({ item, hash }) => hash !== null && hash !== item.contentHash)
      .map(({ item }) => item),
  };
}

/** Feeds, each as often as a row of it was written. */
type Written = { feedId: number; count: number }[];

/**
 * Of each feed the oldest first, so that ids grow with time and a watermark means what it says. They wait to be made
 * searchable: a trigger would do the same for more.
 */
function insertItems(tx: BulkTransaction, rows: Row[]): Promise<Written> {
  return tx.query(Prisma.sql`
    WITH inserted AS (
      INSERT INTO items (feed_id, identity, content_hash, url, title, author, published_at, sort_at, html, excerpt,
        enclosures, categories, thumbnail, comments_url)
      SELECT feed_id, decode(identity, 'hex'), decode(content_hash, 'hex'), url, title, author, published_at, sort_at,
        html, excerpt, enclosures, categories::text[], thumbnail, comments_url
      FROM ${toColumns(rows)} ORDER BY place
      ON CONFLICT (feed_id, identity) DO NOTHING RETURNING feed_id, id
    ), queued AS (
      INSERT INTO item_search_queue (item_id) SELECT id FROM inserted
    )
    SELECT feed_id AS "feedId", count(*)::int AS count FROM inserted GROUP BY feed_id`);
}

/** When it was published, and whether it was read, an edit does not change. */
function updateItems(tx: BulkTransaction, rows: Row[]): Promise<Written> {
  return tx.query(Prisma.sql`
    WITH updated AS (
      UPDATE items SET content_hash = decode(item.content_hash, 'hex'), url = item.url, title = item.title,
        author = item.author, html = item.html, excerpt = item.excerpt, enclosures = item.enclosures,
        categories = item.categories::text[], thumbnail = item.thumbnail, comments_url = item.comments_url,
        updated_at = now()
      FROM ${toColumns(rows)}
      WHERE items.feed_id = item.feed_id AND items.identity = decode(item.identity, 'hex') RETURNING items.feed_id
    )
    SELECT feed_id AS "feedId", count(*)::int AS count FROM updated GROUP BY feed_id`);
}

/**
 * Stores what is new or edited among the items of documents; the rest is not touched.
 *
 * @param documents of different feeds.
 * @returns what was written of each, in the same order.
 */
export async function writeItems(tx: BulkTransaction, documents: DocumentItems[]): Promise<WrittenItems[]> {
  const later = documents.filter(({ first }) => !first);
  const known = new Map(later.map(({ feedId }): [number, KnownItem[]] => [feedId, []]));
  for (const item of await findKnown(tx, later)) known.get(item.feedId)?.push(item);
  const fresh: Row[] = [];
  const edited: Row[] = [];
  for (const document of documents) {
    const { feedId } = document;
    const changes = await findChanges(tx, document, known.get(feedId) ?? []);
    const oldestFirst = [...changes.fresh].sort((a, b) => a.sortAt.getTime() - b.sortAt.getTime());
    fresh.push(...oldestFirst.map((item) => ({ feedId, item })));
    edited.push(...changes.edited.map((item) => ({ feedId, item })));
  }
  const written = new Map(documents.map(({ feedId }) => [feedId, { inserted: 0, updated: 0 }]));
  const add = (rows: Written, what: keyof WrittenItems) => {
    for (const { feedId, count } of rows) {
      const each = written.get(feedId);
      if (each !== undefined) each[what] += count;
    }
  };
  for (const batch of inBatches(fresh)) add(await insertItems(tx, batch), 'inserted');
  for (const batch of inBatches(edited)) add(await updateItems(tx, batch), 'updated');
  const archives = documents.filter(({ first, items }) => first && items.length > UNREAD_AT_FIRST);
  if (archives.length > 0)
    await skipArchives(
      tx,
      archives.map(({ feedId }) => feedId),
    );
  return documents.map(({ feedId }) => written.get(feedId) ?? { inserted: 0, updated: 0 });
}
