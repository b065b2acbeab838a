import type { BulkTransaction } from './bulk-client';
import type { UnreadCounts } from './count-unread';
import type { Cursor } from './cursor';
import { Prisma } from './generated/client';
import { type ItemScope, matchSubscriptions } from './item-scope';
import { insertRead, MOST_MARKED, noteTooMany, reachesBack } from './mark-each';
import { isBeyond } from './select-keys';
import { IS_UNSETTLED } from './settle-counts';

/** What marking all leaves behind for whoever takes it back (model MarkUndo). */
export interface Deed {
  userId: number;
  /** Names the undo. */
  token: string;
  /** What states that are written carry as their time, so that they are known again: as the database says it. */
  at: string;
}

/** Which items are meant; all of them where nothing is given. */
export interface Limits {
  /** Published before. */
  before?: Date | undefined;
  /** Older or newer than a row of the list. */
  olderThan?: Cursor | undefined;
  newerThan?: Cursor | undefined;
  /** With an id up to this one. */
  through?: number | undefined;
}

const all = (parts: Prisma.Sql[]) => (parts.length === 0 ? Prisma.sql`true` : Prisma.join(parts, ' AND '));

/** Whether an item `i` is of a time that is meant. */
function isInTime({ before, olderThan, newerThan }: Limits): Prisma.Sql {
  return all([
    ...(before === undefined ? [] : [Prisma.sql`i.sort_at < ${before}`]),
    ...(olderThan === undefined ? [] : [isBeyond(olderThan, true)]),
    ...(newerThan === undefined ? [] : [isBeyond(newerThan, false)]),
  ]);
}

/** Whether an item `i` is meant. */
export function isMeant(limits: Limits): Prisma.Sql {
  const { through } = limits;
  return all([isInTime(limits), ...(through === undefined ? [] : [Prisma.sql`i.id <= ${through}::bigint`])]);
}

/** None of those that are meant is newer; null where that is not said. */
export function newestOf({ before, olderThan }: Limits): Date | null {
  const times = [before, olderThan?.sortAt].filter((time) => time !== undefined);
  return times.length === 0 ? null : new Date(Math.min(...times.map((time) => time.getTime())));
}

/** Of everybody's items, the newest are looked at, up to so many, for where in a feed newer ones can begin at all. */
const WINDOW = 10_000;
const NOWHERE = Prisma.sql`9223372036854775807`;

/**
 * An id below which all items are meant, whatever the feed: what has been published later has come later. Null where
 * that would take too long to say.
 */
const startOfAll = (until: Date) => Prisma.sql`
  SELECT CASE WHEN count(*) <= ${WINDOW} THEN COALESCE(min(id), ${NOWHERE}) END AS id FROM (
    SELECT i.id FROM items i WHERE i.sort_at >= ${until} ORDER BY i.sort_at DESC LIMIT ${WINDOW + 1}) AS newest`;

/** The same for the feed of a subscription `s`; null where all of its items are meant. */
function startOf(limits: Limits): Prisma.Sql {
  const until = newestOf(limits);
  const after = limits.through === undefined ? [] : [Prisma.sql`${limits.through}::bigint + 1`];
  if (until === null) return Prisma.sql`LEAST(NULL::bigint, ${Prisma.join([...after, Prisma.sql`NULL`])})`;
  const ofFeed = Prisma.sql`SELECT min(id) FROM (
    SELECT i.id FROM items i WHERE i.feed_id = s.feed_id AND i.sort_at >= ${until} OFFSET 0) AS newer`;
  return Prisma.sql`LEAST(${Prisma.join([...after, Prisma.sql`COALESCE((SELECT id FROM start), (${ofFeed}))`])})`;
}

/**
 * Subscriptions with something unread, each with what is left above its watermark: items that are not meant. Of what is
 * not counted yet, nothing is. The watermark goes to before the first of them.
 */
function selectProbed(userId: number, scope: ItemScope, limits: Limits): Prisma.Sql {
  const meant = isMeant(limits);
  const until = newestOf(limits);
  const ends = [
    Prisma.sql`wanted.counted_through`,
    Prisma.sql`beyond.first - 1`,
    ...(limits.through === undefined ? [] : [Prisma.sql`${limits.through}::bigint`]),
  ];
  return Prisma.sql`
    start AS MATERIALIZED (${until === null ? Prisma.sql`SELECT NULL::bigint AS id` : startOfAll(until)}
    ), wanted AS MATERIALIZED (
      SELECT s.id, s.feed_id, s.read_through_id AS was, s.counted_through, s.unread_count AS unread, s.unread_from,
        ${reachesBack(until)} AS reached, ${startOf(limits)} AS start
      FROM subscriptions s WHERE ${matchSubscriptions(userId, scope)} AND s.unread_count > 0
    ), probed AS MATERIALIZED (
      SELECT wanted.*, beyond.count AS beyond, beyond.oldest, beyond.last_meant,
        CASE WHEN reached THEN GREATEST(was, LEAST(${Prisma.join(ends)})) ELSE was END AS through
      FROM wanted CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE NOT (${meant})) AS count, min(i.id) FILTER (WHERE NOT (${meant})) AS first,
          min(i.sort_at) FILTER (WHERE NOT (${meant})) AS oldest, max(i.id) FILTER (WHERE ${meant}) AS last_meant
        FROM items i WHERE wanted.reached AND wanted.start <= wanted.counted_through AND i.feed_id = wanted.feed_id
          AND i.id >= wanted.start AND i.id > wanted.was AND i.id <= wanted.counted_through
        OFFSET 0
      ) AS beyond
    )`;
}

export interface Moved {
  /** How many items had been unread, and are read. */
  marked: number;
  /** What is left unread in the scope. */
  counts: UnreadCounts;
}

/** What a statement answers: `stated` of the items have a state of their own. */
type Answer = Moved & { stated: number };

/** @throws TooManyError */
function take(answer: Answer | undefined): Moved {
  if (answer === undefined) throw new Error('An aggregate is one row.');
  noteTooMany(answer.stated);
  return { marked: answer.marked, counts: answer.counts };
}

/**
 * Marks what is meant in a scope read by moving watermarks as far as everything up to there is meant: one number a feed,
 * however many items. What they cannot say, items that had been marked unread and items that came after newer ones, gets
 * a state of its own. What has not been counted yet has come just now, and is not meant.
 *
 * In one statement: each row is looked up and written once. What a feed's states say is joined in full: so it is hashed,
 * however few rows are expected, and not looked through once for each feed. A feed that is not among those with something
 * unread has no state that says unread.
 *
 * @param limits without `newerThan`: those that are not meant are newer.
 * @param tx holds the reader's lock; the scope's counts are settled.
 * @throws TooManyError
 */
export async function moveWatermarks(
  tx: BulkTransaction,
  { userId, token, at }: Deed,
  scope: ItemScope,
  limits: Limits,
): Promise<Moved> {
  const meant = isMeant(limits);
  const [row] = await tx.query<Answer>(Prisma.sql`
    WITH ${selectProbed(userId, scope, limits)}, joined AS MATERIALIZED (
      SELECT feed_id, was, through, counted_through, item_id, meant, is_read FROM probed FULL JOIN (
        SELECT i.feed_id, i.id AS item_id, ${meant} AS meant, false AS is_read FROM (
          SELECT item_id AS id, feed_id, sort_at FROM item_states
          WHERE user_id = ${userId} AND read = false AND read IS NOT NULL
        ) AS i
        UNION ALL
        SELECT i.feed_id, i.id, false, true FROM (
          SELECT item_id AS id, feed_id, sort_at FROM item_states WHERE user_id = ${userId} AND COALESCE(read, false)
            AND item_id >= (SELECT min(start) FROM probed WHERE beyond > 0)
        ) AS i WHERE NOT (${meant})
      ) AS st USING (feed_id)
    ), listed AS MATERIALIZED (
      SELECT item_id AS id FROM joined WHERE was IS NOT NULL AND meant AND NOT is_read
    ), stated AS MATERIALIZED (
      SELECT feed_id, count(*) FILTER (WHERE NOT is_read AND meant) AS marked,
        count(*) FILTER (WHERE NOT is_read AND NOT meant AND item_id <= was) AS left_below,
        count(*) FILTER (WHERE is_read AND item_id > was AND item_id <= counted_through) AS read_beyond
      FROM joined WHERE was IS NOT NULL AND item_id IS NOT NULL GROUP BY feed_id
    ), changed AS MATERIALIZED (
      SELECT *, through > was AS moved, CASE WHEN reached THEN beyond - COALESCE(read_beyond, 0) + COALESCE(left_below, 0)
          ELSE unread - COALESCE(marked, 0) END AS remaining
      FROM (SELECT * FROM probed FULL JOIN stated USING (feed_id) OFFSET 0) AS joined WHERE id IS NOT NULL
    ), late AS MATERIALIZED (
      SELECT i.id, feed_id, i.sort_at FROM changed CROSS JOIN LATERAL (
        SELECT i.id, i.sort_at FROM items i WHERE changed.last_meant > changed.through AND i.feed_id = changed.feed_id
          AND i.id > changed.through AND i.id <= changed.counted_through AND ${meant} OFFSET 0
      ) AS i
      WHERE (SELECT st.read FROM item_states st WHERE st.user_id = ${userId} AND st.item_id = i.id) IS NULL
      LIMIT ${MOST_MARKED + 1}
    ), written AS (
      UPDATE item_states st SET read = true, read_at = ${at} WHERE st.user_id = ${userId}
        AND st.item_id = ANY(ARRAY(SELECT id FROM listed))
    ), added AS (${insertRead(userId, Prisma.sql`late`, at)}
    ), moved AS (
      UPDATE subscriptions s SET read_through_id = through, unread_from = CASE WHEN reached THEN oldest ELSE s.unread_from END,
        unread_count = CASE WHEN s.unread_count IS NULL THEN NULL ELSE remaining END
      FROM changed WHERE s.id = changed.id AND (moved OR remaining <> unread)
    ), kept AS (
      INSERT INTO mark_undos (user_id, token, marked_at, marked_by, feed_ids, from_ids, through_ids, from_counts, from_dates,
        unread_ids, fresh_ids)
      SELECT ${userId}, ${token}::uuid, ${at}, pg_current_xact_id()::xid::text::bigint, COALESCE(array_agg(feed_id), '{}'),
        COALESCE(array_agg(was), '{}'), COALESCE(array_agg(through), '{}'), COALESCE(array_agg(unread), '{}'),
        COALESCE(array_agg(unread_from), '{}'), ARRAY(SELECT id FROM listed), ARRAY(SELECT id FROM late)
      FROM changed WHERE moved
    )
    SELECT COALESCE(sum(unread - remaining), 0)::int AS marked,
      COALESCE(jsonb_object_agg(feed_id, remaining) FILTER (WHERE remaining > 0), '{}') AS counts,
      ((SELECT count(*) FROM listed) + (SELECT count(*) FROM late))::int AS stated FROM changed`);
  return take(row);
}

/** Why nothing has been done. */
type Obstacle = 'done' | 'unsettled' | 'partly';

/**
 * The same where everything has been counted and all of that is meant, as it mostly is: no item needs to be looked at. A
 * state that said unread says nothing any more, since the watermark is past it: without a star it goes. The statement looks for itself whether it is so, and can be sent before any other has been answered.
 *
 * @param tx holds the reader's lock.
 * @param through what came after this item is not meant.
 * @returns what keeps it from being done, where nothing has been: it was done before, by the same name; something has not
 *   been counted; or something that has been is not meant.
 * @throws TooManyError
 */
export async function moveWhole(
  tx: BulkTransaction,
  { userId, token }: Omit<Deed, 'at'>,
  scope: ItemScope,
  through: number | undefined,
): Promise<Moved | Obstacle> {
  const isPart =
    through === undefined
      ? Prisma.sql`false`
      : Prisma.sql`max(counted_through) FILTER (WHERE unread > 0) > ${through}::bigint`;
  const isFree = Prisma.sql`(SELECT obstacle IS NULL FROM found)`;
  const at = Prisma.sql`(SELECT at FROM found)`;
  const [row] = await tx.query<Answer & { obstacle: Obstacle | null }>(Prisma.sql`
    WITH seen AS MATERIALIZED (
      SELECT s.feed_id, s.read_through_id AS was, s.counted_through, s.unread_count AS unread, s.unread_from,
        ${IS_UNSETTLED} AS unsettled
      FROM subscriptions s JOIN feeds f ON f.id = s.feed_id WHERE ${matchSubscriptions(userId, scope)}
    ), found AS MATERIALIZED (
      SELECT clock_timestamp() AS at, CASE WHEN EXISTS (SELECT FROM mark_undos WHERE user_id = ${userId} AND token = ${token}::uuid) THEN 'done'
        WHEN bool_or(unsettled) THEN 'unsettled' WHEN ${isPart} THEN 'partly' END AS obstacle FROM seen
    ), changed AS MATERIALIZED (
      SELECT * FROM seen WHERE unread > 0 AND ${isFree}
    ), listed AS MATERIALIZED (
      SELECT item_id AS id FROM (
        SELECT * FROM changed FULL JOIN (
          SELECT item_id, feed_id FROM item_states WHERE user_id = ${userId} AND read = false AND read IS NOT NULL
        ) AS st USING (feed_id) OFFSET 0
      ) AS joined WHERE item_id <= counted_through
    ), emptied AS (
      UPDATE item_states st SET read = NULL, read_at = ${at} WHERE st.user_id = ${userId}
        AND st.item_id = ANY(ARRAY(SELECT id FROM listed)) AND st.starred_at IS NOT NULL
    ), deleted AS (
      DELETE FROM item_states st WHERE st.user_id = ${userId}
        AND st.item_id = ANY(ARRAY(SELECT id FROM listed)) AND st.starred_at IS NULL
    ), moved AS (
      UPDATE subscriptions s SET read_through_id = GREATEST(s.read_through_id, s.counted_through), unread_from = NULL,
        unread_count = CASE WHEN s.unread_count IS NULL THEN NULL ELSE 0 END
      WHERE ${matchSubscriptions(userId, scope)} AND s.unread_count IS DISTINCT FROM 0 AND ${isFree}
    ), kept AS (
      INSERT INTO mark_undos (user_id, token, marked_at, marked_by, feed_ids, from_ids, through_ids, from_counts, from_dates,
        unread_ids, fresh_ids)
      SELECT ${userId}, ${token}::uuid, ${at}, pg_current_xact_id()::xid::text::bigint, COALESCE(array_agg(feed_id), '{}'),
        COALESCE(array_agg(was), '{}'), COALESCE(array_agg(counted_through), '{}'), COALESCE(array_agg(unread), '{}'),
        COALESCE(array_agg(unread_from), '{}'), ARRAY(SELECT id FROM listed), '{}'
      FROM changed WHERE was < counted_through HAVING ${isFree}
    )
    SELECT (SELECT obstacle FROM found) AS obstacle, COALESCE(sum(unread), 0)::int AS marked, '{}'::jsonb AS counts,
      (SELECT count(*) FROM listed)::int AS stated FROM changed`);
  return row?.obstacle ?? take(row);
}
