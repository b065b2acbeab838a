/**
 * Of whom a request is. The web process (`scripts/web/guard-requests.ts`) sets these headers itself, and replaces
 * `X-Forwarded-*` by what it could find out, so that they are true whatever was sent.
 */
type SentHeaders = Pick<Headers, 'get'>;

export const ADDRESS_HEADER = 'x-tidings-address';
/** Path and query of what is asked for. */
export const PATH_HEADER = 'x-tidings-path';

/** @returns the address that a request came from, for limits and logs; `unknown` in tests without a server. */
export function clientAddress(headers: SentHeaders): string {
  return headers.get(ADDRESS_HEADER) ?? 'unknown';
}
