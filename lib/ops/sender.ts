import { readEnv } from './env';

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

/**
 * @returns the origin (`https://reader.example`) that browsers use: that of `BASE_URL`, which nobody who asks can
 * change, else the one that was asked for.
 */
export function publicOrigin(headers: SentHeaders): string {
  const { BASE_URL } = readEnv();
  if (BASE_URL !== undefined) return new URL(BASE_URL).origin;
  const host = headers.get('x-forwarded-host') ?? headers.get('host') ?? 'localhost';
  return `${headers.get('x-forwarded-proto') ?? 'http'}://${host}`;
}
