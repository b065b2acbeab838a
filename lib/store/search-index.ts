import { type BulkTransaction, inBulkTransaction } from './bulk-client';
import { openStore } from './client';
import { Prisma } from './generated/client';

/** Spells INDX: whoever holds it makes items searchable, everybody else goes on. */
const INDEX_LOCK = 0x494e4458;
/** As many items as one transaction takes. */
const BATCH = 50;
/** A backlog is counted up to here. */
const COUNTED = 100_000;
/** How much of an article is searched. */
const MAX_HTML = 200_000;

export interface UnindexedItem {
  id: number;
  feedId: number;
  title: string;
  author: string | null;
  html: string;
  /** The text of its own page, where a reader has wanted that. */
  fullHtml: string | null;
  sortAt: Date;
}

/** What waits, oldest first. An item that has gone meanwhile, or waits twice, counts all the same. */
function takeQueued(tx: BulkTransaction) {
  return tx.query<{ queueIds: string[]; items: UnindexedItem[] }>(Prisma.sql`
    WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${INDEX_LOCK}::bigint) AS mine), queued AS MATERIALIZED (
      SELECT q.id, q.item_id FROM item_search_queue q WHERE (SELECT mine FROM turn) ORDER BY q.id LIMIT ${BATCH}::int
    )
    SELECT ARRAY(SELECT id FROM queued) AS "queueIds", ARRAY(
      SELECT jsonb_build_object('id', i.id, 'feedId', i.feed_id, 'title', i.title, 'author', i.author,
        'html', left(i.html, ${MAX_HTML}::int), 'fullHtml', left(f.html, ${MAX_HTML}::int), 'sortAt', i.sort_at)
      FROM items i LEFT JOIN full_texts f ON f.item_id = i.id WHERE i.id IN (SELECT item_id FROM queued)
    ) AS items`);
}

/**
 * Makes items searchable that are new or have changed, the longest waiting first. One process at a time does so: two
 * could write an older state of an item over a newer one.
 *
 * @param toVector writes what an item is found by, as the text of a tsvector.
 * @returns how many had waited; 0 also while another process is at it.
 */
export async function indexItems(toVector: (item: UnindexedItem) => Promise<string>): Promise<number> {
  return inBulkTransaction(async (tx) => {
    const [queued] = await takeQueued(tx);
    if (queued === undefined || queued.queueIds.length === 0) return 0;
    const items = queued.items.map((item) => ({ ...item, sortAt: new Date(item.sortAt) }));
    const vectors: string[] = [];
    for (const item of items) vectors.push(await toVector(item));
    await tx.execute(Prisma.sql`
      INSERT INTO item_search (item_id, feed_id, sort_at, vector)
      SELECT row.id, row.feed_id, row.sort_at, row.vector::tsvector
      FROM unnest(${items.map(({ id }) => id)}::bigint[], ${items.map(({ feedId }) => feedId)}::int[],
        ${items.map(({ sortAt }) => sortAt)}::timestamptz[], ${vectors}::text[]) AS row (id, feed_id, sort_at, vector)
      JOIN items ON items.id = row.id
      ON CONFLICT (item_id) DO UPDATE SET feed_id = EXCLUDED.feed_id, sort_at = EXCLUDED.sort_at,
        vector = EXCLUDED.vector`);
    await tx.execute(Prisma.sql`DELETE FROM item_search_queue WHERE id = ANY(${queued.queueIds}::bigint[])`);
    return queued.queueIds.length;
  });
}

/**
 * Puts what was written last into the index itself: until then, each search reads through all of it
 * (`gin_pending_list_limit`).
 */
export async function tidyIndex(): Promise<void> {
  await openStore().$queryRaw`SELECT gin_clean_pending_list('item_search_vector_idx')::int AS pages`;
}

/** @returns how many items wait to be made searchable, counted up to 100,000, and for how many seconds the first has. */
export async function measureIndexLag(): Promise<{ waiting: number; oldestSeconds: number }> {
  const [row] = await openStore().$queryRaw<{ waiting: number; oldestSeconds: number | null }[]>`
    SELECT (SELECT count(*) FROM (SELECT 1 FROM item_search_queue LIMIT ${COUNTED}) AS queued)::int AS waiting,
      (SELECT extract(epoch FROM now() - queued_at) FROM item_search_queue ORDER BY id LIMIT 1)::float8
        AS "oldestSeconds"`;
  return { waiting: row?.waiting ?? 0, oldestSeconds: Math.max(0, row?.oldestSeconds ?? 0) };
}
