const DAY = 24 * 60 * 60 * 1000;
/** A feed that comes back within days was not lost. */
const LOST_AFTER_FAILURES = 5;
const LOST_AFTER_MS = 3 * DAY;
/** Looking is several requests: not with each failure. */
const SEEK_EVERY_MS = DAY;

export interface LostFeedInput {
  now: Date;
  /** Of the present failure. */
  code: string;
  /** In a row, this one included. */
  failures: number;
  lastSuccessAt: Date | null;
  createdAt: Date;
  /** When it was looked for last. */
  soughtAt: Date | null;
  /** Whether a page is in the feed's place that names a feed of the same site. */
  offered: boolean;
}

/**
 * Whether a feed is worth looking for at its site: once a day at most, when its server says that it is gone, when
 * a page in its place names another, or when for three days and five attempts there was nothing or a page.
 */
export function isWorthSeeking(input: LostFeedInput): boolean {
  const { code, failures, soughtAt, offered } = input;
  const now = input.now.getTime();
  if (soughtAt !== null && now - soughtAt.getTime() < SEEK_EVERY_MS) return false;
  if (offered || code === 'http-410') return true;
  if (code !== 'http-404' && code !== 'not-a-feed') return false;
  const since = (input.lastSuccessAt ?? input.createdAt).getTime();
  return failures >= LOST_AFTER_FAILURES && now - since >= LOST_AFTER_MS;
}
