import { queryTogether } from './bulk-client';
import { openStore } from './client';
import { Prisma } from './generated/client';
import type { FullTextView } from './views';

/** One worker chooses at a time, so that all of them together keep to what a host is asked for at once. */
const CLAIM_LOCK = 7_340_114;
/** Rows looked at in one round: those of a host that hangs must not be all of them. */
const ROUND = 2000;
/** So long a worker has for one. */
const CLAIM_FOR = '90 seconds';
/** A page that has ended this many workers is no page to be tried again. */
const MOST_ATTEMPTS = 3;
/** Whoever asks again sooner is told what was said before. */
const ASKED_AGAIN_AFTER = '5 seconds';

/** The items that a reader may see: those of their feeds, and what they have starred. */
const isMine = (userId: number) => Prisma.sql`(
  EXISTS (SELECT FROM subscriptions s WHERE s.feed_id = i.feed_id AND s.user_id = ${userId})
  OR EXISTS (SELECT FROM item_states t WHERE t.item_id = i.id AND t.user_id = ${userId} AND t.starred_at IS NOT NULL))`;

interface Row {
  url: string | null;
  waits: boolean;
  html: string | null;
  errorCode: string | null;
  errorMessage: string | null;
}

function toView({ waits, html, errorCode, errorMessage }: Row): FullTextView {
  if (html !== null) return { status: 'ready', html };
  if (waits) return { status: 'waiting' };
  if (errorCode === null) return { status: 'none' };
  return { status: 'failed', error: { code: errorCode, message: errorMessage ?? '' } };
}

/**
 * @returns the text of an item's own page, as far as that has come, and the item's address; null where the item is not
 * the reader's.
 */
export async function readFullText(
  userId: number,
  itemId: number,
): Promise<{ url: string | null; text: FullTextView } | null> {
  const [row] = await openStore().$queryRaw<Row[]>`
    SELECT i.url, f.due_at IS NOT NULL AS waits, f.html, f.error_code AS "errorCode", f.error_message AS "errorMessage"
    FROM items i LEFT JOIN full_texts f ON f.item_id = i.id WHERE i.id = ${itemId}::bigint AND ${isMine(userId)}`;
  return row === undefined ? null : { url: row.url, text: toView(row) };
}

/**
 * Asks for the text of an item's own page; one that is there, or on its way, is left alone.
 *
 * @param host of the item's address.
 */
export async function queueFullText(userId: number, itemId: number, host: string): Promise<void> {
  await openStore().$executeRaw`
    INSERT INTO full_texts AS f (item_id, host)
    SELECT i.id, ${host} FROM items i WHERE i.id = ${itemId}::bigint AND ${isMine(userId)}
    ON CONFLICT (item_id) DO UPDATE SET due_at = now(), attempts = 0, host = EXCLUDED.host, error_code = NULL,
      error_message = NULL
    WHERE f.html IS NULL AND f.due_at IS NULL AND f.settled_at < now() - ${ASKED_AGAIN_AFTER}::interval`;
}

/** An item whose own page is to be fetched. */
export interface FullTextTask {
  itemId: number;
  url: string;
  /** What the feed brings of it. */
  html: string;
  userAgent: string | null;
  /** Why its server is not to be asked now; null where it may be. */
  restReason: string | null;
  /** Whether others have failed to come to an end with it. */
  isHopeless: boolean;
}

/**
 * Takes items whose pages are due: of each host as many as leave it with no more than `atOnce` requests, those for feeds
 * included; hosts with the fewest first, so that those that hang, and have many waiting, do not take every place that gets
 * free.
 *
 * @param limit at most this many.
 */
export async function claimFullTexts(limit: number, atOnce: number): Promise<FullTextTask[]> {
  const [, tasks] = await queryTogether<[unknown[], (Omit<FullTextTask, 'itemId'> & { itemId: string })[]]>([
    Prisma.sql`SELECT pg_advisory_xact_lock(${CLAIM_LOCK}::bigint)`,
    Prisma.sql`
      WITH due AS MATERIALIZED (
        SELECT item_id, host, due_at FROM full_texts WHERE due_at <= now() ORDER BY due_at LIMIT ${ROUND}
      ), busy AS (
        SELECT host, count(*) AS requests FROM (
          SELECT host FROM full_texts WHERE due_at > now()
          UNION ALL
          SELECT s.host FROM feed_schedules s
          WHERE s.claim IS NOT NULL AND s.claim_until > now() AND s.host = ANY(ARRAY(SELECT host FROM due))
        ) AS request GROUP BY host
      ), chosen AS (
        SELECT item_id, placed.host FROM (
          SELECT *, row_number() OVER (PARTITION BY host ORDER BY due_at, item_id) AS place FROM due
        ) AS placed LEFT JOIN busy USING (host)
        WHERE place <= ${atOnce} - COALESCE(requests, 0)
        ORDER BY place + COALESCE(requests, 0), due_at LIMIT ${limit}
      )
      UPDATE full_texts f SET due_at = now() + ${CLAIM_FOR}::interval, attempts = attempts + 1
      FROM chosen LEFT JOIN hosts ON hosts.host = chosen.host AND hosts.rest_until > now(),
        items i JOIN feeds ON feeds.id = i.feed_id
      WHERE f.item_id = chosen.item_id AND i.id = chosen.item_id
      RETURNING f.item_id AS "itemId", i.url, i.html, feeds.user_agent AS "userAgent",
        hosts.rest_reason AS "restReason", f.attempts > ${MOST_ATTEMPTS} AS "isHopeless"`,
  ]);
  return tasks.map((task) => ({ ...task, itemId: Number(task.itemId) }));
}

/** Keeps what has come of it. @param result sanitised HTML, or why there is none. */
export async function settleFullText(
  itemId: number,
  result: { html: string } | { code: string; message: string },
): Promise<void> {
  const [html, code, message] =
    'html' in result ? [result.html, null, null] : [null, result.code, result.message];
  await openStore().$executeRaw`
    UPDATE full_texts SET due_at = NULL, settled_at = now(), html = ${html}, error_code = ${code},
      error_message = ${message}
    WHERE item_id = ${itemId}::bigint AND html IS NULL`;
}

/** Gives back what a worker that stops has not come to an end with. */
export async function handBackFullText(itemId: number): Promise<void> {
  await openStore().$executeRaw`
    UPDATE full_texts SET due_at = now(), attempts = attempts - 1
    WHERE item_id = ${itemId}::bigint AND due_at IS NOT NULL`;
}
