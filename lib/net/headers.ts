/** Response headers, read once: names in lower case, repeated ones joined as RFC 9110 section 5.3 allows. */
export type ResponseHeaders = Record<string, string | string[] | undefined>;

/** @returns the value of a header, or null. */
export function readHeader(headers: ResponseHeaders, name: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  return Array.isArray(value) ? value.join(', ') : value;
}

/**
 * How long the answer is fresh: `max-age` of Cache-Control, else Expires (RFC 9111 section 4.2.1).
 *
 * @param now when it was received, in milliseconds since 1970.
 * @returns seconds, never negative; null when the server says nothing.
 */
export function readFreshness(headers: ResponseHeaders, now: number): number | null {
  const cacheControl = readHeader(headers, 'cache-control');
  const maxAge = cacheControl?.match(/(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/i)?.[1];
  if (maxAge !== undefined) return Number(maxAge);
  if (cacheControl !== null && /no-cache|no-store/i.test(cacheControl)) return 0;
  const expires = Date.parse(readHeader(headers, 'expires') ?? '');
  return Number.isNaN(expires) ? null : Math.max(0, Math.round((expires - now) / 1000));
}

/**
 * When the server wants to be asked again: Retry-After in both forms (RFC 9110 section 10.2.3).
 *
 * @param now when it was received, in milliseconds since 1970.
 * @returns seconds, never negative; null when absent or nonsense.
 */
export function readRetryAfter(headers: ResponseHeaders, now: number): number | null {
  const value = readHeader(headers, 'retry-after')?.trim();
  if (!value) return null;
  if (/^\d{1,10}$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, Math.round((date - now) / 1000));
}
