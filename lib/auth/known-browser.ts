import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { cookies } from 'next/headers';
import { readCookieOptions } from './cookie-options';
import { deriveKey } from './derive-key';

/** Browsers keep a cookie for 400 days at most (RFC 6265bis). */
const KEPT_S = 400 * 86_400;

function cookieName(): string {
  return `${readCookieOptions().cookiePrefix}.known_browser`;
}

function sign(userId: number, id: string): string {
  return createHmac('sha256', deriveKey('browsers')).update(`${userId}.${id}`).digest('base64url');
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Whether somebody has signed in to this account from here before. It opens nothing: whoever guesses elsewhere only does
 * not use up this browser's attempts (OWASP, device cookies).
 *
 * @returns what its attempts are counted under; null for a browser that is not known.
 */
export async function readKnownBrowser(userId: number): Promise<string | null> {
  const [whose, id, signature] = (await cookies()).get(cookieName())?.value.split('.') ?? [];
  if (whose !== String(userId) || id === undefined || signature === undefined) return null;
  return isEqual(signature, sign(userId, id)) ? id : null;
}

/** Has the browser known from now on as one of this account's. @param known what it is known as already. */
export async function rememberBrowser(userId: number, known: string | null): Promise<void> {
  const id = known ?? randomBytes(16).toString('base64url');
  const { secure, httpOnly, sameSite, path } = readCookieOptions().defaultCookieAttributes;
  (await cookies()).set(cookieName(), `${userId}.${id}.${sign(userId, id)}`, {
    secure,
    httpOnly,
    sameSite,
    path,
    maxAge: KEPT_S,
  });
}
