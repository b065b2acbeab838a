import { describeFailure, type Failure } from '@/lib/ops/fetch-error';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const PERMANENT: ReadonlySet<number> = new Set([301, 308]);

/** One hop of a fetch. */
export interface Redirect {
  from: string;
  status: number;
}

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** Whether redirects say that an address has changed for good: there are some, and each is 301 or 308. */
export function arePermanent(redirects: Redirect[]): boolean {
  return redirects.length > 0 && redirects.every(({ status }) => PERMANENT.has(status));
}

/**
 * The next address (RFC 9110 section 10.2.2), without name, password and fragment.
 *
 * @param redirects so far, the one to follow included.
 * @returns why there is none: too many, in a circle, not HTTP, or from a secure address to an insecure one.
 */
export function followRedirect(
  url: URL,
  redirects: Redirect[],
  location: string | null,
  maxRedirects: number,
): URL | Failure {
  if (redirects.length > maxRedirects) return describeFailure('redirect-loop', url.host);
  if (location === null || !URL.canParse(location, url)) return describeFailure('bad-redirect', url.host);
  const next = new URL(location, url);
  const downgrade = url.protocol === 'https:' && next.protocol === 'http:';
  if (!/^https?:$/.test(next.protocol) || downgrade) return describeFailure('bad-redirect', url.host);
  next.username = '';
  next.password = '';
  next.hash = '';
  // A page may send one elsewhere to be marked and back again (303); nothing else that repeats comes to an end.
  const repeated = redirects.some(({ from }) => from === next.href);
  return repeated && redirects.at(-1)?.status !== 303 ? describeFailure('redirect-loop', url.host) : next;
}
