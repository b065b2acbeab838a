import type { Reader } from '@/lib/store/users';

/**
 * Sessions that this process has lately found to be good. A page costs no query for its session then, and one that was
 * revoked in another process is noticed within this time.
 */
const KEPT_MS = 30_000;
const MOST = 10_000;

/** Somebody who is signed in, and with what. */
export interface SignedIn {
  user: Reader;
  /** Of the session. */
  token: string;
  /** When it began, in milliseconds since 1970. */
  since: number;
  /** From when on the session gets its full time again, in milliseconds since 1970. */
  prolongAt: number;
}

interface Kept extends SignedIn {
  until: number;
}

const shared = globalThis as typeof globalThis & { tidingsSessions?: Map<string, Kept> };

function open(): Map<string, Kept> {
  shared.tidingsSessions ??= new Map();
  return shared.tidingsSessions;
}

/**
 * @param cookie the whole signed value: another signature is another key.
 * @param prolong whether the session could be given its full time again: one that is due for it is not recalled then.
 * @param now milliseconds since 1970.
 */
export function recallSession(cookie: string, prolong = false, now = Date.now()): SignedIn | null {
  const kept = open().get(cookie);
  if (kept === undefined || kept.until <= now) return null;
  return prolong && kept.prolongAt <= now ? null : kept;
}

/** Keeps what the database has just said. */
export function rememberSession(cookie: string, signedIn: SignedIn, now = Date.now()): void {
  const sessions = open();
  // Whoever was kept first goes first: a Map keeps the order.
  for (const [oldest] of sessions.size >= MOST ? sessions : []) {
    sessions.delete(oldest);
    if (sessions.size < MOST) break;
  }
  sessions.delete(cookie);
  sessions.set(cookie, { ...signedIn, until: now + KEPT_MS });
}

/** Forgets a user's sessions, so that the next page asks the database. */
export function forgetSessions(userId: number): void {
  const sessions = open();
  for (const [cookie, { user }] of sessions) if (user.id === userId) sessions.delete(cookie);
}
