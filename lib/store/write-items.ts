import type { NewItem } from '@/lib/feed/types';
import type { Prisma } from './generated/client';
import { toJson } from './json';

type Transaction = Prisma.TransactionClient;

/** As many rows as one statement takes: bounds its memory, not what is stored. */
const BATCH = 500;

export interface WrittenItems {
  inserted: number;
  updated: number;
}

function toRecord(item: NewItem) {
  return {
    identity: item.identity,
    content_hash: item.contentHash,
    url: item.url,
    title: item.title,
    author: item.author,
    published_at: item.publishedAt,
    sort_at: item.sortAt,
    html: item.html,
    excerpt: item.excerpt,
    enclosures: item.enclosures,
    categories: item.categories,
    thumbnail: item.thumbnail,
    comments_url: item.commentsUrl,
  };
}

/** Of the document's items, those that are not stored and those that are stored with other content. */
async function findChanges(tx: Transaction, feedId: number, items: NewItem[]) {
  const known = await tx.$queryRaw<{ identity: string; hash: string }[]>`
    SELECT encode(identity, 'hex') AS identity, encode(content_hash, 'hex') AS hash FROM items
    WHERE feed_id = ${feedId}
      AND identity = ANY(SELECT decode(hex, 'hex') FROM unnest(${items.map((item) => item.identity)}::text[]) AS hex)`;
  const hashes = new Map(known.map((row) => [row.identity, row.hash]));
  const fresh = items.filter((item) => !hashes.has(item.identity));
  const edited = items.filter((item) => {
    const hash = hashes.get(item.identity);
    return hash !== undefined && hash !== item.contentHash;
  });
  return { fresh, edited };
}

/** Oldest first, so that ids grow with time and a watermark means what it says. */
function insertItems(tx: Transaction, feedId: number, items: NewItem[]): Promise<number> {
  const ordered = [...items].sort((a, b) => a.sortAt.getTime() - b.sortAt.getTime());
  return tx.$executeRaw`
    INSERT INTO items (feed_id, identity, content_hash, url, title, author, published_at, sort_at, html, excerpt,
      enclosures, categories, thumbnail, comments_url)
    SELECT ${feedId}, decode(identity, 'hex'), decode(content_hash, 'hex'), url, title, author, published_at,
      sort_at, html, excerpt, enclosures, ARRAY(SELECT jsonb_array_elements_text(categories)), thumbnail, comments_url
    FROM jsonb_to_recordset(${toJson(ordered.map(toRecord))}::jsonb) AS item (
      identity text, content_hash text, url text, title text, author text, published_at timestamptz,
      sort_at timestamptz, html text, excerpt text, enclosures jsonb, categories jsonb, thumbnail text,
      comments_url text)
    ON CONFLICT (feed_id, identity) DO NOTHING`;
}

/** When it was published, and whether it was read, an edit does not change. */
function updateItems(tx: Transaction, feedId: number, items: NewItem[]): Promise<number> {
  return tx.$executeRaw`
    UPDATE items SET content_hash = decode(edit.content_hash, 'hex'), url = edit.url, title = edit.title,
      author = edit.author, html = edit.html, excerpt = edit.excerpt, enclosures = edit.enclosures,
      categories = ARRAY(SELECT jsonb_array_elements_text(edit.categories)), thumbnail = edit.thumbnail,
      comments_url = edit.comments_url, updated_at = now()
    FROM jsonb_to_recordset(${toJson(items.map(toRecord))}::jsonb) AS edit (
      identity text, content_hash text, url text, title text, author text, html text, excerpt text,
      enclosures jsonb, categories jsonb, thumbnail text, comments_url text)
    WHERE items.feed_id = ${feedId} AND items.identity = decode(edit.identity, 'hex')`;
}

/**
 * Stores what is new or edited among a document's items; the rest is not touched.
 *
 * @param items identities are unique within the list.
 */
export async function writeItems(tx: Transaction, feedId: number, items: NewItem[]): Promise<WrittenItems> {
  const written = { inserted: 0, updated: 0 };
  for (let start = 0; start < items.length; start += BATCH) {
    const { fresh, edited } = await findChanges(tx, feedId, items.slice(start, start + BATCH));
    if (fresh.length > 0) written.inserted += await insertItems(tx, feedId, fresh);
    if (edited.length > 0) written.updated += await updateItems(tx, feedId, edited);
  }
  return written;
}
