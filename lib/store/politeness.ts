/** What a host is asked for at most, by all workers together. */
export interface Politeness {
  /** Requests under way at the same time. */
  atOnce: number;
  /** Turns given to requests in the background, in the long run. */
  perMinute: number;
}

/** So many turns may be taken at once after a pause. */
export const BURST = 10;

/** What a person waits for is first in its host's line. */
export const FIRST = '1970-01-01T00:00:00Z';
