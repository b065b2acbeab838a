import { PLAYER_HOSTS } from '../../lib/feed/sanitise/allow-list';

/**
 * What a page may load and run. Scripts run by their nonce and what those load (`strict-dynamic`), never because of
 * where they come from. Styles of elements need a nonce as well. Style attributes do not: React writes them into the
 * page (widths of bars, colours of tiles), nothing in a feed keeps one, and they can select and read nothing.
 */
const PAGE = [
  "default-src 'none'",
  "style-src-elem 'self' 'nonce-%'",
  "style-src-attr 'unsafe-inline'",
  // What articles show comes from everywhere, but only encrypted; small pictures may be in the article itself.
  "img-src 'self' https: data:",
  "media-src 'self' https:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  `frame-src ${Array.from(PLAYER_HOSTS, (host) => `https://${host}`).join(' ')}`,
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  // No text becomes a script's address in the browser, but by the policy in instrumentation-client.ts.
  "require-trusted-types-for 'script'",
  'trusted-types default nextjs',
  "script-src 'nonce-%' 'strict-dynamic'",
].join('; ');

/** For what is no page: nothing at all, should a browser show it as one. */
const NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const NO_PAGES = /^\/(?:api|icons|websub|_next|healthz|readyz|metrics)(?:\/|$)/;

/** A year. Other hosts of the same domain are not ours to speak for. */
const HSTS = 'max-age=31536000';

/** On every answer. */
export const FIXED_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not `no-referrer`: forms without JavaScript would be sent with `Origin: null`.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': [
    'accelerometer',
    'browsing-topics',
    'camera',
    'display-capture',
    'geolocation',
    'gyroscope',
    'hid',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'serial',
    'usb',
  ]
    .map((feature) => `${feature}=()`)
    .join(', '),
};

/**
 * @param nonce of this answer alone: base64.
 * @param provider origin of the OpenID Connect provider: forms that begin to sign in lead on to there.
 * @returns the Content-Security-Policy of what is at a path.
 */
export function writePolicy(path: string, nonce: string, provider: string | null = null): string {
  if (NO_PAGES.test(path)) return NO_PAGE;
  const page = PAGE.replaceAll('%', nonce);
  return provider === null ? page : page.replace("form-action 'self'", `$& ${provider}`);
}

/** @returns the headers that keep a browser to https, where it has come by it. */
export function transportHeaders(encrypted: boolean): Record<string, string> {
  return encrypted ? { 'Strict-Transport-Security': HSTS } : {};
}
