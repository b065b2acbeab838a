import { CLAIM_MS, type ClaimedFeed } from './claims';
import { openStore } from './client';
import { Prisma } from './generated/client';
import { IS_ELSEWHERE, isVisiting } from './host-visits';
import { ALL_LOCKED, withHostsLocked } from './lock-hosts';
import { BURST, FIRST, type Politeness } from './politeness';

/** A feed that waits for its host is woken by the fetch that ends before it; by the sweep, if that one was lost. */
const LOOK_AGAIN = '30 seconds';

export interface ClaimRequest {
  /** Feeds that are due. */
  feedIds: number[];
  /** Hosts that have just answered: those next in their lines are taken too. */
  hosts: string[];
}

/**
 * Takes feeds that are due, as far as politeness allows. Only the holder of a token may write its feed's outcome.
 *
 * A host gives turns (a token bucket, as in GCRA): a feed in the background takes the next one once, keeps it, and is
 * due when it comes. When it has come but as many requests are under way at the host as may be, the feed waits in the
 * host's line, to be taken when a fetch there has ended: whoever has stored an outcome names the host here. A claim
 * that still counted that fetch has put its feed in the line by the time that the hosts are ours. A feed that a person
 * waits for needs no turn and is first in the line. Other requests to the host count as well (`host-visits.ts`), and
 * those of them whose turn has come go before feeds.
 *
 * @returns those that are ours now: none of a feed that is not due, not read by anybody, or another worker's.
 */
export async function claimFeeds(request: ClaimRequest, politeness: Politeness): Promise<ClaimedFeed[]> {
  const { feedIds, hosts } = request;
  if (feedIds.length === 0 && hosts.length === 0) return [];
  // The clock of this process, read before the database reads its own: by it the claim never lasts too long.
  const heldFrom = performance.now();
  const rows = await withHostsLocked<ClaimedRow>(request, takeTurns(request, politeness));
  return rows.map(({ recent, ...feed }) => ({
    ...feed,
    heldFrom,
    recent: recent.map((time) => new Date(time)),
  }));
}

/** Times as milliseconds since 1970: texts of dates take longer to read than all the rest of a row. */
type ClaimedRow = Omit<ClaimedFeed, 'recent' | 'heldFrom'> & { recent: number[] };

/** Gives the feeds their turns, and claims those whose turn it is. */
function takeTurns({ feedIds, hosts }: ClaimRequest, { atOnce, perMinute }: Politeness): Prisma.Sql {
  return Prisma.sql`
    WITH clock AS MATERIALIZED (
      SELECT clock_timestamp() AS now, ${60_000 / perMinute}::float8 * interval '1 millisecond' AS turn
    ), asked AS MATERIALIZED (
      SELECT unnest(${feedIds}::int[]) AS id
      UNION SELECT line.feed_id FROM unnest(${hosts}::text[]) AS freed (host) CROSS JOIN LATERAL (
        SELECT feed_id FROM feed_schedules s
        WHERE s.host = freed.host AND slot_at <= (SELECT now FROM clock) AND sweep_at IS NOT NULL
        ORDER BY slot_at LIMIT ${atOnce}
      ) AS line
    ), candidate AS MATERIALIZED (
      SELECT s.feed_id, s.host, s.slot_at, s.requested_at IS NOT NULL AS requested
      FROM feed_schedules s, clock
      WHERE s.feed_id = ANY(ARRAY(SELECT id FROM asked)) AND ${ALL_LOCKED} AND s.next_fetch_at <= clock.now
        AND (s.claim IS NULL OR s.claim_until < clock.now)
        AND EXISTS (SELECT FROM subscriptions WHERE subscriptions.feed_id = s.feed_id)
      ORDER BY s.feed_id FOR UPDATE OF s
    ), busy AS (
      SELECT host, count(*) AS requests FROM (
        SELECT s.host FROM feed_schedules s, clock
        WHERE s.host IN (SELECT host FROM candidate) AND s.claim IS NOT NULL AND s.claim_until > clock.now
          AND NOT ${IS_ELSEWHERE}
        UNION ALL SELECT v.host FROM host_visits v, clock
        WHERE v.host IN (SELECT host FROM candidate) AND (v.admitted OR v.slot_at <= clock.now)
          AND ${isVisiting(Prisma.sql`clock.now`)}
      ) AS request GROUP BY host
    ), turn AS (
      SELECT *, NOT requested AND (slot_at IS NULL OR slot_at < rest_until) AS fresh
      FROM candidate JOIN hosts USING (host)
    ), slotted AS (
      SELECT turn.*, clock.now,
        CASE WHEN requested THEN ${FIRST}::timestamptz WHEN fresh
          THEN GREATEST(next_slot, rest_until, clock.now - ${BURST - 1}::int * clock.turn)
            + clock.turn * (row_number() OVER (PARTITION BY host, fresh ORDER BY feed_id) - 1)
          ELSE slot_at END AS slot
      FROM turn, clock
    ), placed AS (
      SELECT slotted.*, slot <= now AND atplace <= ${atOnce} - COALESCE(busy.requests, 0) AS mine
      FROM (SELECT *, row_number() OVER (PARTITION BY host ORDER BY slot, feed_id) AS atplace FROM slotted) AS slotted
      LEFT JOIN busy USING (host)
    ), given AS (
      UPDATE hosts SET next_slot = last.slot + clock.turn
      FROM (SELECT host, max(slot) AS slot FROM slotted WHERE fresh GROUP BY host) AS last, clock
      WHERE hosts.host = last.host
    ), taken AS (
      UPDATE feed_schedules s SET
        claim = CASE WHEN mine THEN gen_random_uuid() END,
        claim_until = CASE WHEN mine THEN p.now + ${CLAIM_MS}::int * interval '1 millisecond' END,
        slot_at = CASE WHEN NOT mine THEN slot END,
        sweep_at = CASE WHEN mine THEN p.now + ${CLAIM_MS}::int * interval '1 millisecond'
          WHEN slot > p.now THEN slot ELSE p.now + ${LOOK_AGAIN}::interval END,
        next_fetch_at = GREATEST(s.next_fetch_at, CASE WHEN NOT mine THEN slot END),
        next_reason = CASE WHEN mine OR slot <= p.now THEN next_reason
          WHEN rest_until > p.now THEN rest_reason ELSE 'other feeds of its server go first' END,
        stage = CASE WHEN mine THEN 'CONNECTING'::fetch_stage END,
        stage_since = CASE WHEN mine THEN p.now END
      FROM placed p WHERE s.feed_id = p.feed_id
      RETURNING s.*, p.mine
    ), begun AS (
      UPDATE feeds SET status = 'FETCHING' FROM taken WHERE id = feed_id AND mine AND status = 'QUEUED'
    )
    SELECT id, url, f.host, claim AS token, etag, last_modified AS "lastModified",
      validators_url AS "validatorsUrl", site_url AS "siteUrl", moved_to AS "movedTo", moved_count AS "movedCount",
      replacement, sought_at AS "soughtAt", user_agent AS "userAgent", credentials, content_hash AS "contentHash",
      failures, last_success_at AS "lastSuccessAt", created_at AS "createdAt",
      requested_at IS NOT NULL AS requested, hints,
      (SELECT min(floor_minutes) FROM subscriptions s WHERE s.feed_id = f.id) AS "floorMinutes",
      ARRAY(SELECT extract(epoch FROM i.sort_at)::float8 * 1000 FROM items i WHERE i.feed_id = f.id
        ORDER BY i.sort_at DESC, i.id DESC LIMIT 20) AS recent
    FROM taken JOIN feeds f ON f.id = taken.feed_id WHERE mine`;
}

/**
 * A server asked to be left alone, or is overwhelmed: none of its feeds is fetched in the background until then. What
 * people have asked for again and no worker has yet is in the background from now on; what they ask for after this,
 * knowing it, is fetched, and so is what somebody has just added.
 *
 * @param reason why, in words, for the pages of the feeds that wait.
 */
export async function restHost(host: string, until: Date, reason: string): Promise<void> {
  await openStore().$transaction([
    openStore().$executeRaw`
      INSERT INTO hosts (host, next_slot, rest_until, rest_reason) VALUES (${host}, now(), ${until}, ${reason})
      ON CONFLICT (host) DO UPDATE SET
        rest_reason = CASE WHEN hosts.rest_until > EXCLUDED.rest_until THEN hosts.rest_reason
          ELSE EXCLUDED.rest_reason END,
        rest_until = GREATEST(hosts.rest_until, EXCLUDED.rest_until)`,
    // A claim of this host's feeds waits until this has ended, and is then told what has become of them.
    openStore().$executeRaw`
      WITH wished AS (
        SELECT feed_id FROM feed_schedules
        WHERE host = ${host} AND requested_at IS NOT NULL AND sweep_at IS NOT NULL AND last_fetch_at IS NOT NULL
          AND (claim IS NULL OR claim_until < now())
        ORDER BY feed_id FOR UPDATE
      )
      UPDATE feed_schedules s SET requested_at = NULL, slot_at = NULL, sweep_at = now() FROM wished WHERE s.feed_id = wished.feed_id`,
  ]);
}
