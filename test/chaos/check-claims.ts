import { CLAIM_MS } from '@/lib/store/claims';
import { groupBy, type Violation } from './check-visits';
import { type Deed, type Interval, measureOutside } from './deeds';
import { matchAttempts, TOLERANCE_MS, type Told } from './match-attempts';
import type { PublishingFeed, Visit } from './publishing-web';
import type { StoredFeed } from './read-stored';

/** From a claim to its request, on a busy machine. */
const SWIFT_MS = 3000;

export interface ClaimRules {
  /** A feed that nobody asks for is due again so long after its last fetch has begun, and not before. */
  dueAfterMs: number;
  /** So long after that it has had its turn, where nothing hinders. */
  turnWithinMs: number;
}

/** Whether something was done, before the claim ran out, that may have kept an outcome from being stored. */
function isExplained({ reader, begun, ended }: Visit, deeds: Deed[]): boolean {
  return deeds.some((deed) => {
    const concerns = deed.kind === 'restart-postgres' || (deed.reader !== null && deed.reader === reader);
    // A worker that is killed is gone: the next one in its place has another number.
    return concerns && deed.from <= ended + CLAIM_MS && deed.until + TOLERANCE_MS >= begun;
  });
}

/** Each request is in the log of its feed, unless its worker or the database was broken at that time. */
function checkOutcomes(url: string, told: Told[], deeds: Deed[]): Violation[] {
  return told.flatMap(({ visit, attempt }): Violation[] => {
    if (isExplained(visit, deeds)) return [];
    const at = new Date(visit.begun).toISOString();
    if (attempt === null)
      return [{ rule: 'unstored', says: `${url} was asked for at ${at}, and nothing was stored of it` }];
    if (attempt.outcome !== 'FAILED') return [];
    return [{ rule: 'unstored', says: `${url} was asked for at ${at}, and that is said to have failed` }];
  });
}

/**
 * Nobody may ask for a feed while another worker has it: not before it is due again where the outcome was stored, not
 * before the claim has run out where it was not.
 */
function checkPauses({ url, wanted }: PublishingFeed, told: Told[], { dueAfterMs }: ClaimRules): Violation[] {
  return told.flatMap(({ visit, attempt }, index): Violation[] => {
    const next = told[index + 1]?.visit.begun;
    if (next === undefined) return [];
    if (attempt === null) {
      const ms = next - visit.begun;
      if (ms >= CLAIM_MS - SWIFT_MS) return [];
      return [{ rule: 'too-soon', says: `${url} was asked for again after ${ms} ms, while it was claimed` }];
    }
    // Persons may ask for theirs at any time.
    const ms = next - attempt.begun;
    if (wanted || ms >= dueAfterMs - TOLERANCE_MS) return [];
    return [{ rule: 'too-soon', says: `${url} was asked for again after ${ms} ms, before it was due` }];
  });
}

/** A worker that was stopped for longer than its claims last does not go on with what it had. */
function checkWoken(url: string, visits: Visit[], deeds: Deed[]): Violation[] {
  return visits.flatMap((visit): Violation[] => {
    const { reader, begun, onward } = visit;
    if (!onward) return [];
    const first = visits.findLast(
      (other) => !other.onward && other.reader === reader && other.begun <= begun,
    );
    const slept = deeds.find(
      ({ kind, from, until, ...deed }) =>
        kind === 'stop-worker' &&
        deed.reader === reader &&
        first !== undefined &&
        first.begun <= from &&
        until <= begun + TOLERANCE_MS &&
        until - from > CLAIM_MS,
    );
    if (slept === undefined) return [];
    const seconds = ((slept.until - slept.from) / 1000).toFixed(1);
    const says = `${url} was asked for by a worker that had been stopped for ${seconds} s since it claimed it`;
    return [{ rule: 'outlived', says }];
  });
}

/** Every feed is fetched again when it is due and has its turn; what was broken may keep it waiting, and nothing else. */
function checkGaps(
  feed: PublishingFeed,
  told: Told[],
  { from, until }: Interval,
  hindered: Interval[],
  { dueAfterMs, turnWithinMs }: ClaimRules,
): Violation[] {
  const answered = told.filter(({ visit }) => visit.status === 200 || visit.status === 304);
  const times = [from, ...answered.map(({ visit }) => visit.begun), until];
  return times.slice(1).flatMap((time, index): Violation[] => {
    const since = times[index] ?? time;
    const waited = measureOutside({ from: since, until: Math.max(since, time) }, hindered);
    if (waited <= dueAfterMs + turnWithinMs) return [];
    const seconds = [time - since, waited].map((ms) => (ms / 1000).toFixed(1));
    return [
      {
        rule: 'starved',
        says: `${feed.url} was not fetched for ${seconds[0]} s, ${seconds[1]} s of them without any reason`,
      },
    ];
  });
}

/** What there is to hold claims against. */
export interface ClaimRecord {
  feeds: PublishingFeed[];
  visits: Visit[];
  stored: Map<string, StoredFeed>;
  /** When each feed was added. */
  added: Map<string, number>;
  until: number;
  deeds: Deed[];
  hinderedAt: (host: string) => Interval[];
}

/** Holds the servers' own record of requests, and the log of fetches, against what a claim is. */
export function checkClaims(record: ClaimRecord, rules: ClaimRules): Violation[] {
  const { feeds, stored, added, until, deeds, hinderedAt } = record;
  const byFeed = groupBy(record.visits, ({ feed }) => feed.url);
  return feeds.flatMap((feed): Violation[] => {
    const { url, host } = feed;
    const visits = byFeed.get(url) ?? [];
    const { told } = matchAttempts(visits, stored.get(url)?.attempts ?? []);
    const life = { from: added.get(url) ?? until, until };
    return [
      ...checkOutcomes(url, told, deeds),
      ...checkPauses(feed, told, rules),
      ...checkWoken(url, visits, deeds),
      ...checkGaps(feed, told, life, hinderedAt(host), rules),
    ];
  });
}
