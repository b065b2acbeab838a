import { type BulkTransaction, inBulkTransaction, queryBulk } from './bulk-client';
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

/** In order, so that no two wait for each other. @returns whether all of them are there to be locked. */
async function lock(tx: BulkTransaction, which: HostsOf): Promise<boolean> {
  const [found] = await tx.query<{ complete: boolean }>(Prisma.sql`
    WITH ${wanted(which)}, locked AS MATERIALIZED (
      SELECT host FROM hosts WHERE host IN (SELECT host FROM wanted) ORDER BY host FOR UPDATE
    )
    SELECT (SELECT count(*) FROM locked) = (SELECT count(*) FROM wanted) AS complete`);
  return found?.complete ?? false;
}

/**
 * Runs `work` in a transaction in which nobody else gives turns of these hosts. It sees what others have done before.
 * What it stores may be lost when PostgreSQL crashes: claims then end, and turns are given again.
 */
export async function withHostsLocked<Result>(
  which: HostsOf,
  work: (tx: BulkTransaction) => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const done = await inBulkTransaction(
      async (tx) => ((await lock(tx, which)) ? { result: await work(tx) } : null),
      'brief',
    );
    if (done !== null) return done.result;
    // Not in that transaction: a host that somebody else is making would then be locked out of order.
    await queryBulk(Prisma.sql`
      WITH ${wanted(which)}
      INSERT INTO hosts (host, next_slot) SELECT host, '-infinity' FROM wanted ORDER BY host
      ON CONFLICT DO NOTHING`);
  }
}
