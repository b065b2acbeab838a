import type { FeedHints } from './types';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;

const SHORTEST = 15 * MINUTE;
const LONGEST = DAY;
const NEW_FEED = HOUR;

/** A feed that has posted nothing for so many days is dormant; the list of feeds calls it so as well. */
export const DORMANT_DAYS = 90;
/** Whoever has been silent for long will most likely stay so: a hundredth of the silence is soon enough. */
const SHARE_OF_SILENCE = 0.01;
const LONGEST_DORMANT = 3 * DAY;

/** Of feeds whose hub tells us of changes. */
const SHORTEST_PUSHED = 6 * HOUR;

/** A server may ask for silence, but not for ever. */
const LONGEST_ASKED = 7 * DAY;
const FIRST_RETRY = MINUTE;
/** The wait after a failure is doubled up to here, and then grows by a tenth each time. */
const DOUBLED_UP_TO = DAY;
const SLOW_GROWTH = 1.1;
/** With jitter and all. */
const LONGEST_RETRY = 7 * DAY;
const RETRY_JITTER = 0.2;
const OUTAGE_RETRY = MINUTE;

/** When to fetch next, and why then, in words for the feed's page. */
export interface NextFetch {
  at: Date;
  reason: string;
}

export interface RhythmInput {
  now: Date;
  /** Publishing times of the newest items, in any order. */
  recent: Date[];
  /** Since when the feed is here: one without items has been silent since then, as far as anybody knows. */
  knownSince: Date;
  hints: FeedHints | null;
  /** For how long the answer is fresh, and by which header; or null. */
  freshFor: { seconds: number; header: 'Cache-Control' | 'Expires' } | null;
  /** Seconds that the server asked to be left alone for (Retry-After), or null. */
  retryAfter: number | null;
  /** Whether a hub tells us of changes (WebSub): polling is then only a safeguard. */
  pushed?: boolean;
  /** The shortest wait that all of its readers are content with, in milliseconds; 0 where one wishes nothing. */
  floorMs?: number;
  /** From 0 to 1: spreads feeds that would come due together. */
  random: number;
}

/** Each unit, and from when on the next longer one is used. */
const UNITS = [
  { unit: 'minute', size: MINUTE, upTo: 90 * MINUTE },
  { unit: 'hour', size: HOUR, upTo: 36 * HOUR },
  { unit: 'day', size: DAY, upTo: 60 * DAY },
  { unit: 'month', size: YEAR / 12, upTo: 2 * YEAR - YEAR / 24 },
] as const;

/** @returns "3 hours", "1 day", "2 years": one unit, rounded. */
export function sayDuration(milliseconds: number): string {
  const { unit, size } = UNITS.find(({ upTo }) => milliseconds < upTo) ?? { unit: 'year', size: YEAR };
  const count = Math.max(1, Math.round(milliseconds / size));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Why a feed waits that its readers want less often. */
export function sayFloor(floorMs: number): string {
  return `its readers want it at most every ${sayDuration(floorMs)}`;
}

function sayAsked(milliseconds: number, source = 'Retry-After'): string {
  return `the server asked for ${sayDuration(milliseconds)} (${source})`;
}

/** A wait as it is, or the one that the readers wish if that is longer. */
function holdFloor(chosen: { wait: number; reason: string }, floorMs = 0): { wait: number; reason: string } {
  return floorMs > chosen.wait ? { wait: floorMs, reason: sayFloor(floorMs) } : chosen;
}

function findMedianGap(recent: Date[]): number | null {
  const times = recent.map((date) => date.getTime()).sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  // Items that come out together say nothing about how often.
  const telling = gaps.filter((gap) => gap > MINUTE).sort((a, b) => a - b);
  return telling[Math.floor(telling.length / 2)] ?? null;
}

/** For how long a feed has posted nothing. */
function findSilence({ now, recent, knownSince }: RhythmInput): number {
  const newest = recent.length === 0 ? [knownSince] : recent;
  return now.getTime() - Math.max(...newest.map((date) => date.getTime()));
}

function findRhythm(input: RhythmInput): { wait: number; reason: string } {
  const silence = findSilence(input);
  const soonEnough = Math.min(LONGEST_DORMANT, silence * SHARE_OF_SILENCE);
  if (silence > DORMANT_DAYS * DAY) {
    const wait = Math.max(LONGEST, soonEnough);
    const [silent, often] = [sayDuration(silence), sayDuration(wait)];
    return { wait, reason: `has posted nothing for ${silent}, looked at every ${often}` };
  }
  const gap = findMedianGap(input.recent);
  if (gap === null) return { wait: Math.max(NEW_FEED, soonEnough), reason: 'its rhythm is not known yet' };
  const wait = Math.min(LONGEST, Math.max(SHORTEST, gap / 2));
  return { wait, reason: `posts about every ${sayDuration(gap)}` };
}

function chooseRhythm(input: RhythmInput): { wait: number; reason: string } {
  const rhythm = findRhythm(input);
  if (!input.pushed || rhythm.wait >= SHORTEST_PUSHED) return rhythm;
  return { wait: SHORTEST_PUSHED, reason: 'its hub tells us when there is something new' };
}

/** Waits that the feed or its server ask for, the longest first. */
function listRequests(input: RhythmInput): { wait: number; reason: string }[] {
  const asked: [wait: number | null | undefined, source: string][] = [
    [input.retryAfter === null ? null : input.retryAfter * 1000, 'Retry-After'],
    [(input.freshFor?.seconds ?? 0) * 1000, input.freshFor?.header ?? ''],
    [input.hints?.ttlMinutes && input.hints.ttlMinutes * MINUTE, 'ttl'],
    [input.hints?.updateMinutes && input.hints.updateMinutes * MINUTE, 'sy:updatePeriod'],
  ];
  return asked
    .flatMap(([wait, source]) =>
      wait ? [{ wait: Math.min(wait, source === 'Retry-After' ? LONGEST_ASKED : DAY), source }] : [],
    )
    .sort((a, b) => b.wait - a.wait)
    .map(({ wait, source }) => ({ wait, reason: sayAsked(wait, source) }));
}

/** Which of a feed's wishes to be left alone (RSS 2.0) a time, in UTC, is in. What is stored may lack some. */
function findQuiet(at: Date, { skipHours = [], skipDays = [] }: Partial<FeedHints>): string[] {
  return [
    ...(skipHours.includes(at.getUTCHours()) ? ['skipHours'] : []),
    ...(skipDays.includes(at.getUTCDay()) ? ['skipDays'] : []),
  ];
}

/**
 * Moves a fetch out of the hours and days that the feed wants to be left alone in: into the first half of the hour that
 * follows, not to its very beginning, where many would meet.
 *
 * @param random from 0 to 1.
 */
export function leaveAlone(next: NextFetch, hints: Partial<FeedHints> | null, random: number): NextFetch {
  if (hints === null || findQuiet(next.at, hints).length === 0) return next;
  const moved = new Date(next.at);
  const held = new Set<string>();
  // A week has 168 hours: a feed that skips all of them skips none.
  for (let tried = 0; tried < 168; tried += 1) {
    const quiet = findQuiet(moved, hints);
    if (quiet.length === 0) {
      const at = new Date(moved.getTime() + random * (HOUR / 2));
      const asked = [...held].sort().reverse().join(', ');
      return { at, reason: `${next.reason}; the feed asks to be left alone until then (${asked})` };
    }
    for (const wish of quiet) held.add(wish);
    moved.setUTCHours(moved.getUTCHours() + 1, 0, 0, 0);
  }
  return next;
}

/**
 * When to fetch a feed that has answered: half the median gap between its recent items, from 15 minutes to a
 * day; a dormant one after a hundredth of its silence, from a day to three. Never sooner than it, its server
 * or its readers asked.
 */
export function scheduleAfterSuccess(input: RhythmInput): NextFetch {
  const rhythm = chooseRhythm(input);
  const [request] = listRequests(input);
  const chosen = holdFloor(request && request.wait > rhythm.wait ? request : rhythm, input.floorMs);
  const spread = chosen.wait * (1 + input.random * 0.1);
  const at = new Date(input.now.getTime() + spread);
  return leaveAlone({ at, reason: chosen.reason }, input.hints, input.random);
}

export interface FailureInput {
  now: Date;
  /** In a row, this one included: 1 or more. */
  failures: number;
  retryAfter: number | null;
  /** As for a feed that has answered. */
  floorMs?: number;
  random: number;
}

const ordinal = new Intl.PluralRules('en', { type: 'ordinal' });
const ORDINALS: Record<string, string> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** How long to wait after so many failures in a row, before jitter. */
function backOff(failures: number): number {
  const doublings = Math.ceil(Math.log2(DOUBLED_UP_TO / FIRST_RETRY));
  const doubled = Math.min(DOUBLED_UP_TO, FIRST_RETRY * 2 ** Math.min(failures - 1, doublings));
  const grown = SLOW_GROWTH ** Math.max(0, failures - 1 - doublings);
  return Math.min(LONGEST_RETRY / (1 + RETRY_JITTER), doubled * grown);
}

/**
 * When to try a feed again that has failed: after a minute, then twice as long each time up to a day (some three days
 * after the first failure), then a tenth longer each time up to a week (after two months). Never sooner than its
 * server or its readers asked, and never not at all.
 */
export function scheduleAfterFailure({
  now,
  failures,
  retryAfter,
  floorMs = 0,
  random,
}: FailureInput): NextFetch {
  const own = backOff(failures);
  const asked = Math.min(LONGEST_ASKED, (retryAfter ?? 0) * 1000);
  const wait = Math.max(own, asked, floorMs) * (1 + random * RETRY_JITTER);
  const at = new Date(now.getTime() + wait);
  if (floorMs > Math.max(own, asked)) return { at, reason: sayFloor(floorMs) };
  if (asked > own) return { at, reason: sayAsked(asked) };
  const count = `${failures}${ORDINALS[ordinal.select(failures)]}`;
  return { at, reason: `${count} failure in a row, waiting ${sayDuration(wait)}` };
}

/** Of a server that asks for silence and does not say for how long. */
const USUAL_REST = 10 * MINUTE;

export interface RestInput {
  /** Of the answer; null where there was none. */
  status: number | null;
  /** Seconds (Retry-After), or null. */
  retryAfter: number | null;
  now: Date;
  /** From 0 to 1. */
  random: number;
}

/**
 * Until when a server is left alone that answers with 429 (RFC 6585), or with 503 and a time (RFC 9110 section 15.6.4): as
 * long as it asked, up to a week. How long one of its feeds waits that has failed before, or is wanted seldom, is none of
 * the others' business.
 *
 * @returns null where the answer asks for no rest; `asked` says for how long it asked, null where it named no time.
 */
export function scheduleRest({
  status,
  retryAfter,
  now,
  random,
}: RestInput): { until: Date; asked: string | null } | null {
  if (status !== 429 && (status !== 503 || retryAfter === null)) return null;
  const wait = retryAfter === null ? USUAL_REST : Math.min(LONGEST_ASKED, retryAfter * 1000);
  const until = new Date(now.getTime() + wait * (1 + random * RETRY_JITTER));
  return { until, asked: retryAfter === null ? null : sayAsked(wait) };
}

/**
 * When to try feeds again that could not be reached because our own network was down: soon, and not all at once when
 * it is back.
 */
export function scheduleInOutage({ now, random }: { now: Date; random: number }): NextFetch {
  return {
    at: new Date(now.getTime() + OUTAGE_RETRY * (1 + random * 2)),
    reason: 'our own network seems to be down',
  };
}
