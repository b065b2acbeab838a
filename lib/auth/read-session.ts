import { cookies, headers } from 'next/headers';
import { touchSession } from '@/lib/store/sessions';
import { sessionCookieName } from './cookie-options';
import { recallSession, rememberSession, type SignedIn } from './session-memory';
import { PROLONG_S, SESSION_S } from './session-times';

/**
 * Who is signed in with the browser of the request at hand. Most requests find the answer in memory
 * (session-memory.ts); the others ask the database.
 *
 * @param prolong whether cookie and session get their full time again, once a day; only an action or a route can
 *   set the cookie, a page cannot.
 * @returns null when nobody is.
 */
export async function readSession({ prolong = false } = {}): Promise<SignedIn | null> {
  const jar = await cookies();
  const cookie = jar.get(sessionCookieName())?.value;
  if (cookie === undefined) return null;
  const known = recallSession(cookie, prolong);
  if (known !== null) return known;
  // Loaded when it is needed: an installation without accounts does without it.
  const { openAuth } = await import('./auth');
  // Not those that were sent: an action may have got another session, and the page is shown with that one.
  const asked = new Headers(await headers());
  asked.set('cookie', jar.toString());
  const found = await openAuth().api.getSession({
    headers: asked,
    query: { disableRefresh: !prolong },
  });
  if (found === null) return null;
  const { id, name, role } = found.user;
  const signedIn: SignedIn = {
    user: { id: Number(id), name, role: role === 'OWNER' || role === 'ADMIN' ? role : 'MEMBER' },
    token: found.session.token,
    since: found.session.createdAt.getTime(),
    // Who has just been asked is not asked again for each request.
    prolongAt: prolong
      ? Number.POSITIVE_INFINITY
      : found.session.expiresAt.getTime() - (SESSION_S - PROLONG_S) * 1000,
  };
  rememberSession(cookie, signedIn);
  await touchSession(signedIn.token);
  return signedIn;
}
