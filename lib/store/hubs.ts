import { openStore } from './client';
import type { HubState } from './generated/enums';

/** After a request the hub has until then to confirm it; then it is asked again, each time twice as long after. */
const FIRST_RETRY = '10 minutes';
const LONGEST_RETRY = '1 day';
/** A hub that refuses is asked again, since people change their minds. */
const ASK_DENIER_AGAIN = '7 days';
/** A hub that does not confirm that we leave is left all the same. */
const FAREWELLS = 3;

/** However short a lease, a hub is not asked more often to renew it. */
const SHORTEST_RENEWAL_S = 60;
const LONGEST_LEASE_S = 90 * 86_400;

/**
 * Wants a feed's changes to be told by a hub. One that the feed no longer names is to be left.
 *
 * @param token a fresh one, in case there is none for this hub and topic.
 */
export async function wantHub(feedId: number, hub: string, topic: string, token: string): Promise<void> {
  await openStore().$executeRaw`
    WITH left_behind AS (
      UPDATE hub_subscriptions SET state = 'LEAVING', ask_at = now(), failures = 0
      WHERE feed_id = ${feedId} AND state <> 'LEAVING' AND (hub, topic) <> (${hub}, ${topic})
    )
    INSERT INTO hub_subscriptions (feed_id, hub, topic, token)
    SELECT ${feedId}, ${hub}, ${topic}, ${token} WHERE NOT EXISTS (
      SELECT FROM hub_subscriptions
      WHERE feed_id = ${feedId} AND hub = ${hub} AND topic = ${topic} AND state <> 'LEAVING')
    ON CONFLICT (feed_id, hub, topic) DO UPDATE SET state = 'PENDING', ask_at = now(), failures = 0`;
}

/** The feed names no hub any more. */
export async function leaveHubs(feedId: number): Promise<void> {
  await openStore().$executeRaw`
    UPDATE hub_subscriptions SET state = 'LEAVING', ask_at = now(), failures = 0
    WHERE feed_id = ${feedId} AND state <> 'LEAVING'`;
}

/** Whether a hub tells of a feed's changes, so that asking its server can wait. */
export async function isPushed(feedId: number): Promise<boolean> {
  const rows = await openStore().$queryRaw<unknown[]>`
    SELECT 1 FROM hub_subscriptions WHERE feed_id = ${feedId} AND state = 'ACTIVE' AND lease_until > now()
      AND (missed_at IS NULL OR last_push_at > missed_at) LIMIT 1`;
  return rows.length > 0;
}

export interface NotedFetch {
  feedId: number;
  startedAt: Date;
  /** When the fetch before it started that succeeded. */
  previousAt: Date | null;
  foundNew: boolean;
}

/**
 * Holds a fetch against what the hub said. New items that no push had announced: the hub is not relied on until its
 * next push. A push since the fetch began: there may be more, and the feed is due again in a minute.
 */
export async function noteFetch({ feedId, startedAt, previousAt, foundNew }: NotedFetch): Promise<void> {
  await openStore().$executeRaw`
    WITH missed AS (
      UPDATE hub_subscriptions SET missed_at = now()
      WHERE feed_id = ${feedId} AND state = 'ACTIVE' AND ${foundNew}::boolean AND ${previousAt}::timestamptz IS NOT NULL
        AND (last_push_at IS NULL OR last_push_at <= ${previousAt})
    )
    UPDATE feed_schedules f SET next_fetch_at = now() + interval '1 minute', sweep_at = now() + interval '1 minute',
      next_reason = 'its hub says that there is something new'
    WHERE feed_id = ${feedId} AND failures = 0 AND sweep_at IS NOT NULL AND claim IS NULL
      AND next_fetch_at > now() + interval '1 minute'
      AND NOT EXISTS (SELECT min(floor_minutes) FROM subscriptions s WHERE s.feed_id = f.feed_id
        HAVING min(floor_minutes) > 1)
      AND EXISTS (SELECT FROM hub_subscriptions h WHERE h.feed_id = f.feed_id AND last_push_at > ${startedAt})`;
}

/** What a hub is to be asked. */
export interface HubRequest {
  id: number;
  feedId: number;
  hub: string;
  topic: string;
  token: string;
  secret: Uint8Array | null;
  /** PENDING and ACTIVE: subscribe. LEAVING: unsubscribe. */
  state: HubState;
}

/**
 * Takes subscriptions whose hub is to be asked: for the first time, again, to renew a lease, or to leave. Each counts
 * as failed until the hub confirms it, and is due again later for that case. Of a feed that nobody reads the hub is
 * left; and one that does not confirm that is forgotten.
 */
export async function claimHubRequests(limit: number): Promise<HubRequest[]> {
  return openStore().$queryRaw<HubRequest[]>`
    WITH due AS (
      SELECT id, CASE WHEN NOT EXISTS (SELECT FROM subscriptions s WHERE s.feed_id = h.feed_id)
          THEN 'LEAVING' WHEN state = 'DENIED' THEN 'PENDING' ELSE state END AS wanted,
        (state = 'LEAVING' AND (failures >= ${FAREWELLS} OR lease_until < now())) AS forgotten
      FROM hub_subscriptions h WHERE ask_at <= now() ORDER BY ask_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), ended AS (
      DELETE FROM hub_subscriptions WHERE id IN (SELECT id FROM due WHERE forgotten)
    )
    UPDATE hub_subscriptions h SET state = wanted, failures = failures + 1,
      ask_at = now() + LEAST(${LONGEST_RETRY}::interval, ${FIRST_RETRY}::interval * 2 ^ LEAST(failures, 10))
        * (1 + 0.2 * random())
    FROM due WHERE h.id = due.id AND NOT forgotten
    RETURNING h.id, feed_id AS "feedId", hub, topic, token, secret, h.state`;
}

/** A hub has no place for a request until then: it has not been asked, and nothing counts as failed. */
export async function putOffHubRequest(id: number, until: Date): Promise<void> {
  await openStore().$executeRaw`
    UPDATE hub_subscriptions SET failures = failures - 1, ask_at = ${until}
    WHERE id = ${id} AND failures > 0`;
}

/** Keeps the key that a hub is to sign with from now on; null when it is to sign nothing. */
export async function setHubSecret(id: number, secret: Uint8Array | null): Promise<void> {
  await openStore().$executeRaw`UPDATE hub_subscriptions SET secret = ${secret}::bytea WHERE id = ${id}`;
}

/** Writes down why a hub did not take a request, unless it has confirmed it meanwhile. */
export async function recordHubError(id: number, error: string): Promise<void> {
  await openStore().$executeRaw`
    UPDATE hub_subscriptions SET error = ${error} WHERE id = ${id} AND failures > 0`;
}

/**
 * A hub verifies that a subscription was asked for: from now on it pushes, for as long as it says. It is asked to
 * renew after four fifths of that.
 *
 * @param leaseSeconds as the hub says.
 * @returns false when nothing of the kind was asked for.
 */
export async function confirmSubscription(
  token: string,
  topic: string,
  leaseSeconds: number,
): Promise<boolean> {
  const lease = Math.min(leaseSeconds, LONGEST_LEASE_S);
  const renewal = Math.max(SHORTEST_RENEWAL_S, lease * 0.8);
  const count = await openStore().$executeRaw`
    UPDATE hub_subscriptions SET state = 'ACTIVE', failures = 0, error = NULL,
      lease_until = now() + ${lease} * interval '1 second',
      ask_at = now() + ${renewal} * (1 - 0.1 * random()) * interval '1 second'
    WHERE token = ${token} AND topic = ${topic} AND (state = 'ACTIVE' OR (state = 'PENDING' AND failures > 0))`;
  return count > 0;
}

/** A hub verifies that we want to leave. @returns false when we do not. */
export async function confirmLeaving(token: string, topic: string): Promise<boolean> {
  const count = await openStore().$executeRaw`
    DELETE FROM hub_subscriptions WHERE token = ${token} AND topic = ${topic} AND state = 'LEAVING'`;
  return count > 0;
}

/** A hub refuses a subscription, or ends it. @returns false when there is none. */
export async function recordDenial(token: string, topic: string, reason: string): Promise<boolean> {
  const count = await openStore().$executeRaw`
    UPDATE hub_subscriptions SET state = 'DENIED', error = ${reason}, lease_until = NULL,
      ask_at = now() + ${ASK_DENIER_AGAIN}::interval
    WHERE token = ${token} AND topic = ${topic} AND state IN ('PENDING', 'ACTIVE')`;
  return count > 0;
}

/** A subscription that a push may be for. */
export interface PushTarget {
  id: number;
  feedId: number;
  secret: Uint8Array | null;
}

/** @returns the subscription of a callback; null when there is none, or it is not wanted any more. */
export async function findPushTarget(token: string): Promise<PushTarget | null> {
  const [target] = await openStore().$queryRaw<PushTarget[]>`
    SELECT id, feed_id AS "feedId", secret FROM hub_subscriptions h
    WHERE token = ${token} AND state = 'ACTIVE'
      AND EXISTS (SELECT FROM subscriptions s WHERE s.feed_id = h.feed_id)`;
  return target ?? null;
}

/** A hub pushes what nobody reads any more: it is told so now, rather than when its lease ends. */
export async function leaveUnread(token: string): Promise<void> {
  await openStore().$executeRaw`
    UPDATE hub_subscriptions h SET ask_at = now() WHERE token = ${token} AND state = 'ACTIVE' AND ask_at > now()
      AND NOT EXISTS (SELECT FROM subscriptions s WHERE s.feed_id = h.feed_id)`;
}

/**
 * A hub says that a feed has changed: it is due now, or a minute after its last fetch. However often that is said,
 * nothing more is written until the feed has been fetched. A feed that fails keeps to its own pace: the hub does not
 * know how its server is. So does one that its readers want less often.
 */
export async function acceptPush({ id, feedId }: PushTarget): Promise<void> {
  await openStore().$executeRaw`
    WITH feed AS (
      SELECT feed_id, last_fetch_at, claim_until > now() AS busy,
        GREATEST(now(), last_fetch_at + interval '1 minute', last_fetch_at + (
          SELECT min(floor_minutes) FROM subscriptions s WHERE s.feed_id = ${feedId}) * interval '1 minute') AS due
      FROM feed_schedules WHERE feed_id = ${feedId}
    ), noted AS (
      UPDATE hub_subscriptions h SET last_push_at = now() FROM feed
      WHERE h.id = ${id} AND (last_push_at IS NULL OR last_push_at <= last_fetch_at OR busy)
    )
    UPDATE feed_schedules s SET next_fetch_at = due, sweep_at = due,
      next_reason = 'its hub says that there is something new'
    FROM feed WHERE s.feed_id = feed.feed_id AND busy IS NOT TRUE AND failures = 0 AND sweep_at IS NOT NULL
      AND next_fetch_at > due`;
}
