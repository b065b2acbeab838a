import { readEnv } from './env';

/**
 * Of whom a request is. The web process (`scripts/web.ts`) has replaced the `X-Forwarded-*` headers by what it could
 * find out itself, so that they are true here, whatever was sent.
 */
type SentHeaders = Pick<Headers, 'get'>;

/** @returns the address that a request came from, for limits and logs; `unknown` in tests without a server. */
export function clientAddress(headers: SentHeaders): string {
  return headers.get('x-forwarded-for') ?? 'unknown';
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
