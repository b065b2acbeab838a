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
    | 'impolite'
    | 'twice-at-once'
    | 'log';
  says: string;
}

export interface AllowedRequests {
  /** At a host at the same time. */
  atOnce: number;
  perMinute: number;
  /** Turns that may be taken at once. */
  burst: number;
  /** Turns that have come may be used later, when the places at their host are free again: after so long at most. */
  lateMs: number;
}

function groupBy<T>(all: T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one)) ?? [];
    group.push(one);
    groups.set(keyOf(one), group);
  }
  return groups;
}

/** @returns the most of these visits that were under way at the same time. */
export function countAtOnce(visits: Pick<Visit, 'begun' | 'ended'>[]): number {
  // What ends in the millisecond in which another begins has made room for it.
  const edges = visits
    .flatMap(({ begun, ended }) => [
      { at: begun, change: 1 },
      { at: ended, change: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.change - b.change);
  let now = 0;
  let most = 0;
  for (const { change } of edges) {
    now += change;
    most = Math.max(most, now);
  }
  return most;
}

/** @returns by how many requests a host was asked for more than its rate allows, in the worst stretch of time. */
export function countExcess(begun: number[], { perMinute, burst, lateMs }: AllowedRequests): number {
  const times = [...begun].sort((a, b) => a - b);
  const perMs = perMinute / 60_000;
  // In a stretch from i to j there may be burst + (t_j - t_i + late) * rate requests: the start that leaves least is kept.
  let worst = Number.NEGATIVE_INFINITY;
  let start = Number.NEGATIVE_INFINITY;
  for (const [index, time] of times.entries()) {
    start = Math.max(start, time * perMs - index);
    worst = Math.max(worst, index + 1 - time * perMs + start);
  }
  return Math.max(0, Math.ceil(worst - burst - lateMs * perMs));
}

/** Holds the servers' own record of requests against politeness. */
export function checkVisits(visits: Visit[], allowed: AllowedRequests): Violation[] {
  const hosts = [...groupBy(visits, ({ feed }) => feed.host)];
  const crowds = hosts.map(([host, at]) => ({ host, most: countAtOnce(at) }));
  const hurried = hosts.map(([host, at]) => {
    const background = at.filter(({ feed }) => !feed.wanted).map(({ begun }) => begun);
    return { host, excess: background.length === 0 ? 0 : countExcess(background, allowed) };
  });
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
      .map(({ host, excess }) => ({
        rule: 'impolite' as const,
        says: `${host} had ${excess} requests more than its rate allows`,
      })),
    ...feeds
      .filter(({ most }) => most > 1)
      .map(({ url, most }) => ({
        rule: 'twice-at-once' as const,
        says: `${url} was asked for ${most} times at once`,
      })),
  ];
}
