import { CLAIM_MS, type ClaimedFeed } from './claims';
import { openStore } from './client';
import type { Prisma } from './generated/client';

type Transaction = Prisma.TransactionClient;

/** What a host is asked for at most, by all workers together. */
export interface Politeness {
  /** Requests under way at the same time. */
  atOnce: number;
  /** Turns given to feeds in the background, in the long run. */
  perMinute: number;
}

/** So many turns may be taken at once after a pause. */
const BURST = 10;

/** A feed that waits for its host is woken by the fetch that ends before it; by the sweep, if that one was lost. */
const LOOK_AGAIN = '30 seconds';

/** A person's feed is first in its host's line. */
const FIRST = '1970-01-01T00:00:00Z';

/** Makes sure that nobody else gives turns of these hosts meanwhile: in order, so that none waits for another. */
async function lockHosts(tx: Transaction, hosts: string[]): Promise<void> {
  const lock = () => tx.$queryRaw<{ host: string }[]>`
    SELECT host FROM hosts WHERE host = ANY(${hosts}::text[]) ORDER BY host FOR UPDATE`;
  const locked = await lock();
  if (locked.length === hosts.length) return;
  await tx.$executeRaw`
    INSERT INTO hosts (host, next_slot) SELECT host, '-infinity' FROM unnest(${hosts}::text[]) AS host ORDER BY host
    ON CONFLICT DO NOTHING`;
  // What another worker was making meanwhile is there now, but not ours: a new statement sees it.
  await lock();
}

/**
 * Takes feeds that are due, as far as politeness allows. Only the holder of a token may write its feed's outcome.
 *
 * A host gives turns (a token bucket, as in GCRA): a feed in the background takes the next one once, keeps it, and is
 * due when it comes. When it has come but as many requests are under way at the host as may be, the feed waits in
 * line, to be taken by `claimWaiting`. A feed that a person waits for needs no turn and is first in the line.
 *
 * @returns those that are ours now: none of a feed that is not due, not read by anybody, or another worker's.
 */
export async function claimFeeds(ids: number[], politeness: Politeness): Promise<ClaimedFeed[]> {
  if (ids.length === 0) return [];
  const store = openStore();
  const hosts = await store.$queryRaw<{ host: string }[]>`
    SELECT DISTINCT host FROM feeds WHERE id = ANY(${ids}::int[])`;
  return store.$transaction(async (tx) => {
    await lockHosts(
      tx,
      hosts.map(({ host }) => host),
    );
    return takeTurns(tx, ids, politeness);
  });
}

/**
 * Takes the feeds that are next in line at hosts which have just answered. To be called when an outcome is stored: a
 * claim that still counted it has put its feed in the line by the time that the hosts are ours.
 */
export async function claimWaiting(hosts: string[], politeness: Politeness): Promise<ClaimedFeed[]> {
  return openStore().$transaction(async (tx) => {
    await lockHosts(tx, hosts);
    const next = await tx.$queryRaw<{ id: number }[]>`
      SELECT line.id FROM unnest(${hosts}::text[]) AS asked (host) CROSS JOIN LATERAL (
        SELECT id FROM feeds
        WHERE feeds.host = asked.host AND slot_at <= (SELECT clock_timestamp()) AND sweep_at IS NOT NULL
        ORDER BY slot_at LIMIT ${politeness.atOnce}
      ) AS line`;
    return next.length === 0
      ? []
      : takeTurns(
          tx,
          next.map(({ id }) => id),
          politeness,
        );
  });
}

/** Gives the feeds their turns, and claims those whose turn it is. A statement of its own: it sees what others have
 * claimed before the hosts were ours. */
function takeTurns(tx: Transaction, ids: number[], politeness: Politeness): Promise<ClaimedFeed[]> {
  const interval = 60_000 / politeness.perMinute;
  return tx.$queryRaw<ClaimedFeed[]>`
    WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now, ${interval} * interval '1 millisecond' AS turn),
    candidate AS MATERIALIZED (
      SELECT f.id, f.host, f.slot_at, f.requested_at IS NOT NULL AS requested
      FROM feeds f, clock
      WHERE f.id = ANY(${ids}::int[]) AND f.next_fetch_at <= clock.now AND (f.claim IS NULL OR f.claim_until < clock.now)
        AND EXISTS (SELECT FROM subscriptions WHERE feed_id = f.id)
      ORDER BY f.id FOR UPDATE OF f
    ), busy AS (
      SELECT f.host, count(*) AS fetches FROM feeds f, clock
      WHERE f.host IN (SELECT host FROM candidate) AND f.claim_until > clock.now GROUP BY f.host
    ), turn AS (
      SELECT *, NOT requested AND (slot_at IS NULL OR slot_at < rest_until) AS fresh
      FROM candidate JOIN hosts USING (host)
    ), slotted AS (
      SELECT turn.*, clock.now,
        CASE WHEN requested THEN ${FIRST}::timestamptz WHEN fresh
          THEN GREATEST(next_slot, rest_until, clock.now - ${BURST - 1} * clock.turn)
            + clock.turn * (row_number() OVER (PARTITION BY host, fresh ORDER BY id) - 1)
          ELSE slot_at END AS slot
      FROM turn, clock
    ), placed AS (
      SELECT slotted.*, slot <= now AND atplace <= ${politeness.atOnce} - COALESCE(busy.fetches, 0) AS mine
      FROM (SELECT *, row_number() OVER (PARTITION BY host ORDER BY slot, id) AS atplace FROM slotted) AS slotted
      LEFT JOIN busy USING (host)
    ), given AS (
      UPDATE hosts SET next_slot = last.slot + clock.turn
      FROM (SELECT host, max(slot) AS slot FROM slotted WHERE fresh GROUP BY host) AS last, clock
      WHERE hosts.host = last.host
    ), taken AS (
      UPDATE feeds f SET
        claim = CASE WHEN mine THEN gen_random_uuid() END,
        claim_until = CASE WHEN mine THEN p.now + ${CLAIM_MS} * interval '1 millisecond' END,
        slot_at = CASE WHEN NOT mine THEN slot END,
        sweep_at = CASE WHEN mine THEN p.now + ${CLAIM_MS} * interval '1 millisecond'
          WHEN slot > p.now THEN slot ELSE p.now + ${LOOK_AGAIN}::interval END,
        next_fetch_at = GREATEST(f.next_fetch_at, CASE WHEN NOT mine THEN slot END),
        next_reason = CASE WHEN mine OR slot <= p.now THEN next_reason
          WHEN rest_until > p.now THEN rest_reason ELSE 'other feeds of its server go first' END,
        status = CASE WHEN mine AND status = 'QUEUED' THEN 'FETCHING' ELSE status END,
        stage = CASE WHEN mine THEN 'CONNECTING'::fetch_stage END,
        stage_since = CASE WHEN mine THEN p.now END
      FROM placed p WHERE f.id = p.id
      RETURNING f.*, p.mine
    )
    SELECT id, url, host, claim AS token, status, etag, last_modified AS "lastModified",
      validators_url AS "validatorsUrl", site_url AS "siteUrl", moved_to AS "movedTo", moved_count AS "movedCount",
      replacement, sought_at AS "soughtAt", user_agent AS "userAgent", credentials, content_hash AS "contentHash",
      failures, last_success_at AS "lastSuccessAt", created_at AS "createdAt",
      requested_at IS NOT NULL AS requested, hints,
      (SELECT min(floor_minutes) FROM subscriptions s WHERE s.feed_id = taken.id) AS "floorMinutes",
      ARRAY(SELECT i.sort_at FROM items i WHERE i.feed_id = taken.id ORDER BY i.sort_at DESC, i.id DESC LIMIT 20)
        AS recent
    FROM taken WHERE mine`;
}

/**
 * A server asked to be left alone, or is overwhelmed: none of its feeds is fetched in the background until then.
 *
 * @param reason why, in words, for the pages of the feeds that wait.
 */
export async function restHost(host: string, until: Date, reason: string): Promise<void> {
  await openStore().$executeRaw`
    INSERT INTO hosts (host, next_slot, rest_until, rest_reason) VALUES (${host}, now(), ${until}, ${reason})
    ON CONFLICT (host) DO UPDATE SET
      rest_reason = CASE WHEN hosts.rest_until > EXCLUDED.rest_until THEN hosts.rest_reason
        ELSE EXCLUDED.rest_reason END,
      rest_until = GREATEST(hosts.rest_until, EXCLUDED.rest_until)`;
}
