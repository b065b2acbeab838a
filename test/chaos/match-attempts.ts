import type { Interval } from './deeds';
import type { Visit } from './publishing-web';
import type { LoggedAttempt } from './read-stored';

/** Times of our log and of our own clock that may differ by rounding. */
export const TOLERANCE_MS = 5;

/** A request, and the attempt whose log tells of it. */
export interface Told {
  visit: Visit;
  /** Null: its outcome was not stored. */
  attempt: LoggedAttempt | null;
}

/**
 * Brings a feed's requests and its log together: an attempt's request came while it was made. Those that follow a redirect
 * are left out: they are of the attempt before.
 *
 * @returns the requests in order, and the attempts that none belongs to.
 */
export function matchAttempts(
  visits: Visit[],
  attempts: LoggedAttempt[],
): { told: Told[]; unasked: LoggedAttempt[] } {
  const told: Told[] = visits
    .filter(({ onward }) => !onward)
    .sort((a, b) => a.begun - b.begun)
    .map((visit) => ({ visit, attempt: null }));
  const unasked = attempts.filter((attempt) => {
    const { begun, tookMs } = attempt;
    const asked = told.find(
      ({ visit, attempt: other }) =>
        other === null &&
        visit.begun >= begun - TOLERANCE_MS &&
        visit.begun <= begun + tookMs + TOLERANCE_MS &&
        (attempt.outcome === 'FAILED' || visit.status !== 0),
    );
    if (asked) asked.attempt = attempt;
    return asked === undefined;
  });
  return { told, unasked };
}

/** @returns for how long a request kept its place at its host: until its outcome was stored. */
export function findHolds(all: Told[]): (visit: Visit) => Interval {
  const attempts = new Map(all.map(({ visit, attempt }) => [visit, attempt]));
  return (visit) => {
    const { begun, ended } = visit;
    const attempt = attempts.get(visit);
    if (!attempt) return { from: begun, until: ended };
    return {
      from: Math.min(begun, attempt.begun),
      until: Math.max(ended, attempt.begun + attempt.tookMs),
    };
  };
}
