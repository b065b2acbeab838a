import { queryBulk, queryTogether } from './bulk-client';
import { Prisma } from './generated/client';

/** The hosts of some feeds, and others. */
export interface HostsOf {
  feedIds: number[];
  hosts: string[];
}

const wanted = ({ feedIds, hosts }: HostsOf) => Prisma.sql`
  wanted AS (
    SELECT host FROM feed_schedules WHERE feed_id = ANY(${feedIds}::int[])
    UNION SELECT host FROM unnest(${hosts}::text[]) AS host
  )`;

/** A condition that holds within the statement of `withHostsLocked` where all hosts could be locked. */
export const ALL_LOCKED = Prisma.sql`(SELECT current_setting('tidings.locked')::boolean)`;

/** In order, so that no two wait for each other. */
const lock = (which: HostsOf) => Prisma.sql`
  WITH ${wanted(which)}, locked AS MATERIALIZED (
    SELECT host FROM hosts WHERE host IN (SELECT host FROM wanted) ORDER BY host FOR UPDATE
  )
  SELECT set_config('tidings.locked', ((SELECT count(*) FROM locked) = (SELECT count(*) FROM wanted))::text, true) AS complete`;

/**
 * Runs a statement while nobody else gives turns of these hosts. It sees what others have done before. What it stores
 * may be lost when PostgreSQL crashes: claims then end, and turns are given again.
 *
 * @param statement does nothing where `ALL_LOCKED` does not hold.
 * @returns its rows.
 */
export async function withHostsLocked<Row>(which: HostsOf, statement: Prisma.Sql): Promise<Row[]> {
  for (;;) {
    const [[locked], rows] = await queryTogether<[{ complete: string }[], Row[]]>([lock(which), statement]);
    if (locked?.complete === 'true') return rows;
    // Not in that transaction: a host that somebody else is making would then be locked out of order.
    await queryBulk(Prisma.sql`
      WITH ${wanted(which)}
      INSERT INTO hosts (host, next_slot) SELECT host, '-infinity' FROM wanted ORDER BY host
      ON CONFLICT DO NOTHING`);
  }
}
