import type { Fault } from './plan-faults';

/** What was done to the processes, as it went; times in milliseconds since 1970. */
export interface Deed {
  kind: Fault['kind'];
  /** The worker process that it was done to, by the number that its requests name. */
  reader: number | null;
  from: number;
  /** When it was undone: the process, or the server, was back. */
  until: number;
  /** Where feeds were due or claimed at that time, so that a job or a claim may have been lost. Null: anywhere. */
  hosts: ReadonlySet<string> | null;
}

export interface Interval {
  from: number;
  until: number;
}

/** What is lost is found by the sweep after so long at the latest: `LOOK_AGAIN` of the store, and longer than a claim. */
const LOOK_AGAIN_MS = 30_000;

/** Once what they need is there again, workers have found out after so long, and a busy machine has done what was due. */
const RECOVER_MS = 5000;

/** @returns the intervals in order, those that touch as one. */
export function unite(intervals: Interval[], bridgedMs = 0): Interval[] {
  const united: Interval[] = [];
  for (const { from, until } of [...intervals].sort((a, b) => a.from - b.from)) {
    const last = united.at(-1);
    if (last && from <= last.until + bridgedMs) last.until = Math.max(last.until, until);
    else united.push({ from, until });
  }
  return united;
}

/** @returns when at least so many of the intervals were at once. */
export function findCrowded(intervals: Interval[], atLeast: number): Interval[] {
  // What ends in the millisecond in which another begins has made room for it.
  const edges = intervals
    .flatMap(({ from, until }) => [
      { at: from, change: 1 },
      { at: until, change: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.change - b.change);
  const crowded: Interval[] = [];
  let now = 0;
  let since = 0;
  for (const { at, change } of edges) {
    const before = now;
    now += change;
    if (before < atLeast && now >= atLeast) since = at;
    if (before >= atLeast && now < atLeast && at > since) crowded.push({ from: since, until: at });
  }
  return crowded;
}

/** @returns how much of an interval lies in none of the others, which do not overlap. */
export function measureOutside({ from, until }: Interval, others: Interval[]): number {
  const inside = others.map((other) => Math.min(until, other.until) - Math.max(from, other.from));
  return until - from - inside.reduce((sum, ms) => sum + Math.max(0, ms), 0);
}

const isOfWorker = ({ kind }: Deed) => kind === 'kill-worker' || kind === 'stop-worker';
const isOfServer = ({ kind }: Deed) => kind === 'restart-postgres' || kind === 'restart-redis';

/**
 * When a host's feeds may have had to wait, because of what was done: while a server was away or no worker was at work,
 * all; where a job or a claim may have been lost, until it was looked for again.
 *
 * @param workers how many there are when nothing is done.
 */
export function findHindered(host: string, deeds: Deed[], workers: number): Interval[] {
  const recovering = ({ from, until }: Interval) => ({ from, until: until + RECOVER_MS });
  const nobody = findCrowded(deeds.filter(isOfWorker), workers);
  const lost = deeds
    .filter(({ hosts }) => hosts === null || hosts.has(host))
    .map((deed) => ({ from: deed.from, until: (isOfServer(deed) ? deed.until : deed.from) + LOOK_AGAIN_MS }));
  return unite([...deeds.filter(isOfServer), ...nobody, ...lost].map(recovering));
}
