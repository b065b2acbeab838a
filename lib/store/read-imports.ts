import { openStore } from './client';
import { FEED_TITLE } from './feed-title';
import { Prisma } from './generated/client';
import {
  FILTER_STATES,
  type ImportCounts,
  type ImportFilter,
  type ImportRowState,
  type ImportRowView,
  type ImportView,
} from './import-views';

/** Rows a page. */
const IMPORT_PAGE = 100;
/** Feeds that are asked for again at once. */
const RETRIED = 20_000;

const NOTHING: ImportCounts = {
  waiting: 0,
  queued: 0,
  read: 0,
  failing: 0,
  known: 0,
  repeated: 0,
  refused: 0,
};

/** Rows `r` with the feeds `f` they led to, wherever these have been merged since. */
const ROWS = Prisma.sql`
  import_rows r
  JOIN imports i ON i.id = r.import_id
  LEFT JOIN feed_aliases a ON a.former_id = r.feed_id
  LEFT JOIN feeds f ON f.id = COALESCE(a.feed_id, r.feed_id)
  LEFT JOIN feed_schedules due ON due.feed_id = f.id`;

/** It is being fetched, or its turn at its host is what it waits for: of many that are asked for again, most do. */
const IS_DUE = Prisma.sql`(due.slot_at IS NOT NULL OR due.next_fetch_at <= now())`;

const STATE = Prisma.sql`
  CASE r.outcome WHEN 'WAITING' THEN 'waiting' WHEN 'KNOWN' THEN 'known' WHEN 'REPEATED' THEN 'repeated'
    WHEN 'REFUSED' THEN 'refused'
    ELSE CASE WHEN due.requested_at IS NOT NULL THEN 'queued'
      WHEN f.status IN ('FAILING', 'GONE') THEN CASE WHEN ${IS_DUE} THEN 'queued' ELSE 'failing' END
      WHEN due.last_success_at IS NOT NULL THEN 'read' ELSE 'queued' END END`;

type ImportRecord = Omit<ImportView, 'counts'>;

const RECORD = Prisma.sql`
  id, file_name AS "fileName", lower(status::text) AS status, message, total, created_at AS "createdAt",
  finished_at AS "finishedAt"`;

/** @returns the reader's imports, newest first, without what became of their rows. */
export async function listImports(userId: number): Promise<ImportRecord[]> {
  return openStore().$queryRaw<ImportRecord[]>`
    SELECT ${RECORD} FROM imports WHERE user_id = ${userId} ORDER BY id DESC`;
}

/** @returns an import of the reader and what has become of its rows; null when there is none of that id. */
export async function readImport(userId: number, importId: number): Promise<ImportView | null> {
  const [record] = await openStore().$queryRaw<ImportRecord[]>`
    SELECT ${RECORD} FROM imports WHERE id = ${importId} AND user_id = ${userId}`;
  if (record === undefined) return null;
  const states = await openStore().$queryRaw<{ state: ImportRowState; count: number }[]>`
    SELECT ${STATE} AS state, count(*)::int AS count FROM ${ROWS}
    WHERE r.import_id = ${importId} AND i.user_id = ${userId} GROUP BY 1`;
  const counts = { ...NOTHING };
  for (const { state, count } of states) counts[state] = count;
  return { ...record, counts };
}

/**
 * @param after the position that the page before ended with.
 * @returns a page of an import's rows, in the file's order, and where the next one begins.
 */
export async function listImportRows(
  userId: number,
  importId: number,
  { show, after }: { show: ImportFilter; after: number },
): Promise<{ rows: ImportRowView[]; next: number | null }> {
  const states = FILTER_STATES[show];
  const rows = await openStore().$queryRaw<ImportRowView[]>`
    SELECT * FROM (
      SELECT r.position, r.address, r.folder, ${STATE} AS state,
        COALESCE(r.title, CASE WHEN s.id IS NOT NULL THEN ${FEED_TITLE} END) AS title,
        COALESCE(r.message, CASE WHEN f.status IN ('FAILING', 'GONE') THEN f.error_message END) AS message,
        s.feed_id AS "feedId"
      FROM ${ROWS} LEFT JOIN subscriptions s ON s.feed_id = f.id AND s.user_id = i.user_id
      WHERE r.import_id = ${importId} AND i.user_id = ${userId} AND r.position > ${after}
    ) AS shown
    WHERE ${states.length === 0} OR state = ANY(${[...states]}::text[])
    ORDER BY position LIMIT ${IMPORT_PAGE + 1}`;
  const page = rows.slice(0, IMPORT_PAGE);
  return { rows: page, next: rows.length > IMPORT_PAGE ? (page.at(-1)?.position ?? null) : null };
}

/** @returns the ids of feeds that an import added and that fail. */
export async function findFailingRows(
  userId: number,
  importId: number,
  position: number | null,
): Promise<number[]> {
  const rows = await openStore().$queryRaw<{ id: number }[]>`
    SELECT DISTINCT f.id FROM ${ROWS}
    WHERE r.import_id = ${importId} AND i.user_id = ${userId} AND r.outcome = 'ADDED'
      AND f.status IN ('FAILING', 'GONE') AND (${position}::int IS NULL OR r.position = ${position}::int)
    LIMIT ${RETRIED}`;
  return rows.map(({ id }) => id);
}
