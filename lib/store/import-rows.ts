import { inBulkTransaction } from './bulk-client';
import { openStore } from './client';
import { Prisma } from './generated/client';
import { type ClaimedImport, IMPORT_LEASE } from './imports';
import { toText } from './json';
import { archiveEnd } from './skip-archive';

/** Rows that one statement subscribes to. */
const BATCH = 200;
/** Feeds at the top of the list are due at once, so that there soon is something to read. */
const AT_ONCE = 50;
/** The others come due one after the other, in milliseconds: politeness apart, one worker reads some 100 a second. */
const APART_MS = 25;
/** From then on, a title counts as the reader's own, whatever the feed may call itself. */
const TITLES_WAIT = '7 days';

/** A row of a file, before anything is done about it. */
export interface NewImportRow {
  /** As the file has it. */
  address: string;
  title: string | null;
  siteUrl: string | null;
  folder: string | null;
  /** Normalised; null where the address cannot be used. */
  url: string | null;
  host: string | null;
  /** Why it cannot be used. */
  message: string | null;
}

const nullable = (text: string | null) => (text === null ? null : toText(text));

/**
 * Stores what was read from a file: rows and folders, all or nothing, in place of its bytes.
 *
 * @param file `folders` in the order that they are shown in; `message` says what there is to say about the file.
 */
export async function writeImportRows(
  { id, token }: ClaimedImport,
  file: { rows: NewImportRow[]; folders: string[]; message: string | null },
): Promise<void> {
  const column = (read: (row: NewImportRow) => string | null) => file.rows.map((row) => nullable(read(row)));
  await inBulkTransaction(async (tx) => {
    const [held] = await tx.query<{ userId: number }>(Prisma.sql`
      UPDATE imports SET status = 'WORKING', total = ${file.rows.length}::int, message = ${file.message}::text,
        bytes = NULL, started_at = now(), due_at = now() + ${IMPORT_LEASE}::interval
      WHERE id = ${id}::int AND claim = ${token}::uuid AND status = 'WAITING' RETURNING user_id AS "userId"`);
    if (held === undefined) return;
    await tx.execute(Prisma.sql`
      INSERT INTO import_rows (import_id, position, address, title, site_url, folder, url, host, message, outcome)
      SELECT ${id}::int, place, address, title, site_url, folder, url, host, message,
        CASE WHEN url IS NULL THEN 'REFUSED' ELSE 'WAITING' END::import_outcome
      FROM unnest(${column((row) => row.address)}::text[], ${column((row) => row.title)}::text[],
        ${column((row) => row.siteUrl)}::text[], ${column((row) => row.folder)}::text[],
        ${column((row) => row.url)}::text[], ${column((row) => row.host)}::text[],
        ${column((row) => row.message)}::text[]
      ) WITH ORDINALITY AS row (address, title, site_url, folder, url, host, message, place)`);
    await tx.execute(Prisma.sql`
      INSERT INTO folders (user_id, name, position)
      SELECT ${held.userId}::int, name, place + (
        SELECT COALESCE(max(position), 0) FROM folders WHERE user_id = ${held.userId}::int)
      FROM unnest(${file.folders.map(toText)}::text[]) WITH ORDINALITY AS folder (name, place)
      ON CONFLICT (user_id, name) DO NOTHING`);
  });
}

/**
 * Subscribes to the next rows of an import, in one statement: as `subscribeFeed` does for one address, but nobody waits
 * for these feeds, and they come due one after the other. What the reader had before stays as it is; a feed with a
 * password of the reader's own (`makeOwnAddress`) counts as the one at its address. The rows say what was done in the
 * same transaction, so that whoever goes on after a crash does nothing twice.
 *
 * @returns how many rows were done; null when the import is no longer ours.
 */
export async function subscribeNextRows({ id, token }: ClaimedImport): Promise<number | null> {
  const rows = await openStore().$queryRaw<{ held: boolean; done: number }[]>`
    WITH held AS (
      UPDATE imports SET due_at = now() + ${IMPORT_LEASE}::interval
      WHERE id = ${id} AND claim = ${token}::uuid AND status = 'WORKING' RETURNING user_id, started_at
    ), batch AS MATERIALIZED (
      SELECT r.position, r.url, r.host, r.title, r.folder, held.user_id, GREATEST(now(), held.started_at
        + ${APART_MS} * interval '1 millisecond' * (GREATEST(0, r.position - ${AT_ONCE}) + random())) AS due
      FROM import_rows r, held WHERE r.import_id = ${id} AND r.outcome = 'WAITING' ORDER BY r.position LIMIT ${BATCH}
    ), wanted AS MATERIALIZED (
      SELECT DISTINCT ON (url) url, host, due, user_id FROM batch ORDER BY url, position
    ), known AS MATERIALIZED (
      SELECT COALESCE(own.id, a.feed_id, f.id) AS id, wanted.url, wanted.due FROM wanted
      LEFT JOIN feeds own ON own.url = wanted.url || '#private-' || wanted.user_id
      LEFT JOIN feed_aliases a ON a.url = wanted.url
      LEFT JOIN feeds f ON f.url = wanted.url
      WHERE COALESCE(own.id, a.feed_id, f.id) IS NOT NULL
    ), made AS (
      INSERT INTO feeds (url, host)
      SELECT url, host FROM wanted WHERE url NOT IN (SELECT url FROM known) ORDER BY url
      ON CONFLICT (url) DO UPDATE SET url = EXCLUDED.url
      RETURNING id, url, xmax = 0 AS created
    ), scheduled AS (
      INSERT INTO feed_schedules (feed_id, host, next_fetch_at, sweep_at, requested_at)
      SELECT made.id, wanted.host, due, due, NULL FROM made JOIN wanted USING (url) WHERE created
    ), woken AS (
      -- It is late from now on, not since whoever left it.
      UPDATE feed_schedules s SET sweep_at = GREATEST(next_fetch_at, known.due),
        next_fetch_at = GREATEST(next_fetch_at, known.due) FROM known
      WHERE s.feed_id = known.id AND sweep_at IS NULL AND next_fetch_at IS NOT NULL
    ), feed AS (
      SELECT id, url FROM made UNION ALL SELECT id, url FROM known
    ), placed AS (
      SELECT batch.*, feed.id AS feed_id, row_number() OVER (PARTITION BY feed.id ORDER BY position) AS place
      FROM batch JOIN feed USING (url)
    ), subscribed AS (
      INSERT INTO subscriptions (user_id, feed_id, folder_id, title, read_through_id)
      SELECT placed.user_id, feed_id, folders.id, title, ${archiveEnd(Prisma.sql`feed_id`)} FROM placed
      LEFT JOIN folders ON folders.user_id = placed.user_id AND folders.name = placed.folder
      WHERE place = 1 ORDER BY placed.position
      ON CONFLICT (user_id, feed_id) DO NOTHING RETURNING feed_id
    ), done AS (
      UPDATE import_rows r SET feed_id = placed.feed_id,
        title_pending = place = 1 AND subscribed.feed_id IS NOT NULL AND r.title IS NOT NULL,
        outcome = CASE WHEN place > 1 OR EXISTS (
            SELECT FROM import_rows before WHERE before.import_id = ${id} AND before.feed_id = placed.feed_id
          ) THEN 'REPEATED' WHEN subscribed.feed_id IS NULL THEN 'KNOWN' ELSE 'ADDED' END::import_outcome
      FROM placed LEFT JOIN subscribed USING (feed_id)
      WHERE r.import_id = ${id} AND r.position = placed.position RETURNING r.position
    )
    SELECT EXISTS (SELECT FROM held) AS held, (SELECT count(*) FROM done)::int AS done`;
  const [result] = rows;
  return result?.held ? result.done : null;
}

/**
 * Takes titles that are what the feeds call themselves, now that they have been read, for no name of the reader's own:
 * they follow the feed when it changes its name. The import is due again while titles wait, ever later.
 */
export async function settleTitles({ id, token }: ClaimedImport): Promise<void> {
  await openStore().$executeRaw`
    WITH held AS (
      SELECT id, user_id, finished_at FROM imports WHERE id = ${id} AND claim = ${token}::uuid FOR UPDATE
    ), told AS MATERIALIZED (
      SELECT r.position, r.title, f.id AS feed_id, f.title AS feed_title, held.user_id
      FROM held JOIN import_rows r ON r.import_id = held.id AND r.title_pending
      LEFT JOIN feed_aliases a ON a.former_id = r.feed_id
      JOIN feeds f ON f.id = COALESCE(a.feed_id, r.feed_id)
      JOIN feed_schedules s ON s.feed_id = f.id AND s.last_success_at IS NOT NULL
    ), unnamed AS (
      UPDATE subscriptions s SET title = NULL FROM told
      WHERE s.user_id = told.user_id AND s.feed_id = told.feed_id AND s.title = told.title
        AND told.title = btrim(regexp_replace(left(told.feed_title, 2000), '\\s+', ' ', 'g'))
    ), settled AS (
      UPDATE import_rows r SET title_pending = false FROM told
      WHERE r.import_id = ${id} AND r.position = told.position RETURNING r.position
    )
    UPDATE imports SET claim = NULL, due_at = CASE
      WHEN imports.finished_at < now() - ${TITLES_WAIT}::interval THEN NULL
      WHEN EXISTS (SELECT FROM import_rows r WHERE r.import_id = imports.id AND r.title_pending
        AND r.position NOT IN (SELECT position FROM settled))
      THEN now() + GREATEST(interval '3 seconds', (now() - imports.finished_at) / 4) END
    FROM held WHERE imports.id = held.id`;
}
