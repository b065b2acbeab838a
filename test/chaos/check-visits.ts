import { findCrowded, type Interval, unite } from './deeds';
import type { Visit } from './publishing-web';

/** What was broken, and how, in one sentence. */
export interface Violation {
  rule:
    | 'lost'
    | 'doubled'
    | 'stale'
    | 'invented'
    | 'miscounted'
    | 'stuck'
    | 'starved'
    | 'impolite'
    | 'twice-at-once'
    | 'too-soon'
    | 'outlived'
    | 'unstored'
    | 'log';
  says: string;
}

export interface AllowedRequests {
  /** At a host at the same time. */
  atOnce: number;
  perMinute: number;
  /** Turns that may be taken at once. */
  burst: number;
  /** What a busy machine takes from a turn to its request. */
  lateMs: number;
}

/** A request in the background. */
interface Asked {
  begun: number;
  /** The earliest time that its turn can have come. */
  turn: number;
}

export function groupBy<T>(all: T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one)) ?? [];
    group.push(one);
    groups.set(keyOf(one), group);
  }
  return groups;
}

const toInterval = ({ begun, ended }: Pick<Visit, 'begun' | 'ended'>): Interval => ({
  from: begun,
  until: ended,
});

/** @returns the most of these visits that were under way at the same time. */
export function countAtOnce(visits: Pick<Visit, 'begun' | 'ended'>[]): number {
  const intervals = visits.map(toInterval);
  let most = 0;
  while (findCrowded(intervals, most + 1).length > 0) most += 1;
  return most;
}

/** When feeds of a host may have had to wait though their turns had come. */
export interface Waits {
  /** How long a request keeps its place at the host: until its outcome is stored. */
  holdOf: (visit: Visit) => Interval;
  /** When the host's feeds may have had to wait because of what was broken. */
  hinderedAt: (host: string) => Interval[];
}

/**
 * Turns that have come are used late where the places at their host are taken, or what was broken kept its feeds
 * waiting, and at no other time.
 */
function findTurns(
  host: string,
  visits: Visit[],
  { holdOf, hinderedAt }: Waits,
  { atOnce, lateMs }: AllowedRequests,
): Asked[] {
  const full = findCrowded(visits.map(holdOf), atOnce);
  const waiting = unite([...full, ...hinderedAt(host)], lateMs);
  return visits
    .filter(({ feed, onward }) => !feed.wanted && !onward)
    .map(({ begun }) => {
      const waited = waiting.find(({ from, until }) => from < begun && begun <= until + lateMs);
      return { begun, turn: (waited?.from ?? begun) - lateMs };
    })
    .sort((a, b) => a.begun - b.begun);
}

interface Rush {
  /** Requests more than the rate allows. */
  excess: number;
  requests: number;
  ms: number;
}

/** @returns the stretch of time in which a host was asked most beyond its rate; excess 0 where it never was. */
export function findRush(
  asked: Asked[],
  { perMinute, burst }: Pick<AllowedRequests, 'perMinute' | 'burst'>,
): Rush {
  const perMs = perMinute / 60_000;
  // All turns of a stretch came between the earliest time of its first and the last request: there may be burst +
  // (begun_j - turn_i) * rate of them. The start that leaves least is kept.
  let start = { turn: 0, index: 0 };
  let worst: Rush = { excess: 0, requests: 0, ms: 0 };
  for (const [index, { begun, turn }] of asked.entries()) {
    if (index === 0 || turn * perMs - index > start.turn * perMs - start.index) start = { turn, index };
    const [requests, ms] = [index + 1 - start.index, begun - start.turn];
    const excess = Math.ceil(requests - burst - ms * perMs - 1e-6);
    if (excess > worst.excess) worst = { excess, requests, ms };
  }
  return worst;
}

/** Holds the servers' own record of requests against politeness. */
export function checkVisits(visits: Visit[], allowed: AllowedRequests, waits: Waits): Violation[] {
  const hosts = [...groupBy(visits, ({ feed }) => feed.host)];
  const crowds = hosts.map(([host, at]) => ({ host, most: countAtOnce(at) }));
  const hurried = hosts.map(([host, at]) => ({
    host,
    ...findRush(findTurns(host, at, waits, allowed), allowed),
  }));
  const feeds = [...groupBy(visits, ({ feed }) => feed.url)].map(([url, of]) => ({
    url,
    most: countAtOnce(of),
  }));
  return [
    ...crowds
      .filter(({ most }) => most > allowed.atOnce)
      .map(({ host, most }) => ({
        rule: 'impolite' as const,
        says: `${host} had ${most} requests at the same time`,
      })),
    ...hurried
      .filter(({ excess }) => excess > 0)
      .map(({ host, excess, requests, ms }) => ({
        rule: 'impolite' as const,
        says: `${host} had ${requests} requests in ${(ms / 1000).toFixed(1)} s, ${excess} more than its rate allows`,
      })),
    ...feeds
      .filter(({ most }) => most > 1)
      .map(({ url, most }) => ({
        rule: 'twice-at-once' as const,
        says: `${url} was asked for ${most} times at once`,
      })),
  ];
}
