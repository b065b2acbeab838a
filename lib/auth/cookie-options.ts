import { usesTls } from './base-address';

/**
 * What Better Auth's cookies are like. Those of `__Host-` are taken from no other host and for no other path, and
 * browsers want them Secure; its own prefix would be `__Secure-`, which a neighbouring host could set as well.
 */
export function readCookieOptions() {
  const secure = usesTls();
  return {
    useSecureCookies: false,
    cookiePrefix: secure ? '__Host-tidings' : 'tidings',
    defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
  } as const;
}

/** @returns what the cookie is called that holds a session. */
export function sessionCookieName(): string {
  return `${readCookieOptions().cookiePrefix}.session_token`;
}
