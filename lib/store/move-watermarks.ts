import type { Cursor } from './cursor';
import { Prisma } from './generated/client';
import { type ItemScope, matchSubscriptions } from './item-scope';
import { markEach, noteTooMany, reachesBack, selectAbove } from './mark-each';
import { isBeyond } from './select-keys';

type Transaction = Prisma.TransactionClient;

/** What marking all leaves behind for whoever takes it back (model MarkUndo). */
export interface Deed {
  userId: number;
  /** Names the undo. */
  token: string;
  /** What states that are written carry as their time, so that they are known again. */
  at: Date;
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
function newestOf({ before, olderThan }: Limits): Date | null {
  const times = [before, olderThan?.sortAt].filter((time) => time !== undefined);
  return times.length === 0 ? null : new Date(Math.min(...times.map((time) => time.getTime())));
}

/** How far a watermark goes: to before the first item that is not meant. Of what is not counted yet, nothing is. */
function farthest(limits: Limits): Prisma.Sql {
  const until = newestOf(limits);
  const ends = [
    Prisma.sql`s.counted_through`,
    ...(limits.through === undefined ? [] : [Prisma.sql`${limits.through}::bigint`]),
    ...(until === null
      ? []
      : [
          Prisma.sql`(SELECT min(i.id) - 1 FROM (SELECT i.id FROM items i WHERE i.feed_id = s.feed_id
            AND i.sort_at >= ${until} AND i.id > s.read_through_id AND NOT (${isInTime(limits)}) OFFSET 0) AS i)`,
        ]),
  ];
  return Prisma.sql`LEAST(${Prisma.join(ends)})`;
}

interface Moved {
  /** How many items became read. */
  marked: number;
  /** How many of them had a state that said unread. */
  listed: number;
  /** Feeds with items above the watermark that are meant: they came after newer ones. */
  late: number[];
}

/**
 * Moves the watermarks of a scope as far as everything up to there is meant, marks what a state says is unread, counts
 * what is left, and keeps how it was. In one statement: each row is looked up and written once.
 */
async function moveAll(
  tx: Transaction,
  { userId, token, at }: Deed,
  scope: ItemScope,
  limits: Limits,
): Promise<Moved> {
  const meant = isMeant(limits);
  const [row] = await tx.$queryRaw<Moved[]>`
    WITH listed AS MATERIALIZED (
      SELECT i.id, i.feed_id, ${meant} AS meant
      FROM (SELECT item_id AS id, * FROM item_states WHERE user_id = ${userId} AND read = false AND read IS NOT NULL) AS i
      WHERE i.feed_id IN (SELECT s.feed_id FROM subscriptions s WHERE ${matchSubscriptions(userId, scope)})
    ), written AS (
      UPDATE item_states st SET read = true, read_at = ${at} FROM listed
      WHERE st.user_id = ${userId} AND st.item_id = listed.id AND listed.meant
    ), wanted AS MATERIALIZED (
      SELECT s.id, s.feed_id, s.read_through_id AS was, s.unread_count AS unread, s.unread_from, s.counted_through,
        reached, GREATEST(s.read_through_id, CASE WHEN reached THEN ${farthest(limits)} END) AS through
      FROM subscriptions s CROSS JOIN LATERAL (SELECT ${reachesBack(newestOf(limits))} AS reached) AS reach
      WHERE ${matchSubscriptions(userId, scope)} AND s.unread_count > 0
    ), stated AS (
      SELECT wanted.id, count(*) FILTER (WHERE meant) AS marked,
        count(*) FILTER (WHERE meant AND listed.id > through) AS marked_above,
        count(*) FILTER (WHERE NOT meant AND listed.id <= through) AS left_below
      FROM listed JOIN wanted USING (feed_id) GROUP BY wanted.id
    ), changed AS MATERIALIZED (
      SELECT wanted.*, through > was AS moved, above.late, COALESCE(marked, 0) AS marked,
        CASE WHEN through = was THEN unread - COALESCE(marked, 0)
          ELSE above.count - above.read - COALESCE(marked_above, 0) + COALESCE(left_below, 0) END AS remaining,
        CASE WHEN through = was THEN unread_from ELSE above.oldest END AS oldest
      FROM wanted LEFT JOIN stated USING (id)
      CROSS JOIN LATERAL (
        SELECT count(*) AS count, min(i.sort_at) AS oldest, count(*) FILTER (WHERE ${meant}) AS late, CASE WHEN count(*) > 0 THEN (
            SELECT count(*) FROM item_states st WHERE st.user_id = ${userId} AND st.read = true AND st.read IS NOT NULL
              AND st.feed_id = wanted.feed_id AND st.item_id > wanted.through AND st.item_id <= wanted.counted_through
          ) ELSE 0 END AS read
        FROM items i WHERE wanted.reached AND wanted.through < wanted.counted_through
          AND i.feed_id = wanted.feed_id AND i.id > wanted.through AND i.id <= wanted.counted_through
        OFFSET 0
      ) AS above
    ), moved AS (
      UPDATE subscriptions s SET read_through_id = through, unread_from = oldest,
        unread_count = CASE WHEN s.unread_count IS NULL THEN NULL ELSE remaining END
      FROM changed WHERE s.id = changed.id AND (moved OR marked > 0)
    ), kept AS (
      INSERT INTO mark_undos (user_id, token, marked_at, marked_by, feed_ids, from_ids, through_ids, from_counts, from_dates,
        unread_ids, fresh_ids)
      SELECT ${userId}, ${token}::uuid, ${at}, pg_current_xact_id()::xid::text::bigint, COALESCE(array_agg(feed_id), '{}'),
        COALESCE(array_agg(was), '{}'), COALESCE(array_agg(through), '{}'), COALESCE(array_agg(unread), '{}'),
        COALESCE(array_agg(unread_from), '{}'), (SELECT COALESCE(array_agg(id), '{}') FROM listed WHERE meant), '{}'
      FROM changed WHERE moved
    )
    SELECT COALESCE(sum(unread - remaining), 0)::int AS marked, (SELECT count(*) FROM listed WHERE meant)::int AS listed,
      COALESCE(array_agg(feed_id) FILTER (WHERE late > 0), '{}') AS late FROM changed`;
  return row ?? { marked: 0, listed: 0, late: [] };
}

/**
 * Marks what is meant in a scope read by moving watermarks: one number a feed, however many items. What they cannot
 * say, items that had been marked unread and items that came after newer ones, gets a state of its own. What has not
 * been counted yet has come just now, and is not meant.
 *
 * @param limits without `newerThan`: those that are not meant are newer.
 * @param tx holds the reader's lock; the scope's counts are settled.
 * @returns how many items had been unread.
 * @throws TooManyError
 */
export async function moveWatermarks(
  tx: Transaction,
  deed: Deed,
  scope: ItemScope,
  limits: Limits,
): Promise<number> {
  const { userId, token, at } = deed;
  const { marked, listed, late } = await moveAll(tx, deed, scope, limits);
  noteTooMany(listed);
  if (late.length === 0) return marked;
  const isLate = Prisma.sql`s.feed_id = ANY(${late}::int[])`;
  const { freshIds } = await markEach(tx, userId, selectAbove(userId, scope, isMeant(limits), isLate), at);
  await tx.$executeRaw`
    UPDATE mark_undos SET fresh_ids = ${freshIds}::bigint[] WHERE user_id = ${userId} AND token = ${token}::uuid`;
  return marked + freshIds.length;
}
