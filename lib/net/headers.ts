/** Response headers: names in lower case, values byte by byte (latin1), repeated ones as a list. */
export type ResponseHeaders = Record<string, string | string[] | undefined>;

function listValues(headers: ResponseHeaders, name: string): string[] {
  const value = headers[name];
  return value === undefined ? [] : [value].flat();
}

/** @returns the value of a header, repeated ones joined as RFC 9110 section 5.3 allows; null when absent. */
export function readHeader(headers: ResponseHeaders, name: string): string | null {
  const values = listValues(headers, name);
  return values.length === 0 ? null : values.join(', ');
}

/** The three forms of RFC 9110 section 5.6.7, and with them what servers make of them (other zones, one digit). */
const HTTP_DATE = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s.*\d:\d\d/i;

/**
 * @returns milliseconds since 1970; NaN for what is no date. `Date.parse` alone takes "soon 5" for one.
 */
function parseHttpDate(value: string): number {
  const text = value.trim();
  if (!HTTP_DATE.test(text)) return Number.NaN;
  // asctime has no zone, and means GMT.
  return Date.parse(/\d{4}$/.test(text) ? `${text} GMT` : text);
}

function readDate(headers: ResponseHeaders, name: string): number {
  return parseHttpDate(listValues(headers, name)[0] ?? '');
}

function readDirective(cacheControl: string, name: string): number | null {
  const seconds = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*"?(\\d{1,10})`, 'i').exec(cacheControl)?.[1];
  return seconds === undefined ? null : Number(seconds);
}

/** Seconds that the answer had lain in caches before it came (RFC 9111 section 5.1). */
function readAge(headers: ResponseHeaders): number {
  const age = listValues(headers, 'age')[0]?.trim() ?? '';
  return /^\d{1,10}$/.test(age) ? Number(age) : 0;
}

/** How long an answer is fresh, and which header says so. */
export interface Freshness {
  /** Never negative. */
  seconds: number;
  header: 'Cache-Control' | 'Expires';
}

function readMaxAge(headers: ResponseHeaders): number | null {
  const cacheControl = readHeader(headers, 'cache-control') ?? '';
  if (/(?:^|[\s,])no-(?:cache|store)(?![-\w=])/i.test(cacheControl)) return 0;
  const maxAge = readDirective(cacheControl, 'max-age');
  return maxAge === null ? null : Math.max(0, maxAge - readAge(headers));
}

function readExpiry(headers: ResponseHeaders, now: number): number | null {
  if (headers.expires === undefined) return null;
  const expires = readDate(headers, 'expires');
  // What cannot be read as a date, "0" above all, has expired (section 5.3).
  if (Number.isNaN(expires)) return 0;
  // By the server's own clock, which may be wrong in both.
  const date = readDate(headers, 'date');
  const lifetime = (expires - (Number.isNaN(date) ? now : date)) / 1000;
  return Math.max(0, Math.round(lifetime) - readAge(headers));
}

/**
 * How long the answer is fresh: `max-age` of Cache-Control, else Expires, less its age (RFC 9111 section 4.2).
 *
 * @param now when it was received, in milliseconds since 1970.
 * @returns null when the server says nothing.
 */
export function readFreshness(headers: ResponseHeaders, now: number): Freshness | null {
  const maxAge = readMaxAge(headers);
  if (maxAge !== null) return { seconds: maxAge, header: 'Cache-Control' };
  const expiry = readExpiry(headers, now);
  return expiry === null ? null : { seconds: expiry, header: 'Expires' };
}

function parseRetryAfter(value: string, now: number): number | null {
  const text = value.trim();
  if (/^\d{1,10}(?:\.\d{1,9})?$/.test(text)) return Math.ceil(Number(text));
  const date = parseHttpDate(text);
  return Number.isNaN(date) ? null : Math.max(0, Math.round((date - now) / 1000));
}

/**
 * When the server wants to be asked again: Retry-After in both forms (RFC 9110 section 10.2.3). Of several, the
 * longest.
 *
 * @param now when it was received, in milliseconds since 1970.
 * @returns seconds, whole and never negative; null when absent or nonsense.
 */
export function readRetryAfter(headers: ResponseHeaders, now: number): number | null {
  const asked = listValues(headers, 'retry-after')
    .map((value) => parseRetryAfter(value, now))
    .filter((seconds) => seconds !== null);
  return asked.length === 0 ? null : Math.max(...asked);
}

/** The longest validator that is kept: it goes back with every request. */
const LONGEST_VALIDATOR = 1024;

/**
 * A validator as the server wrote it, byte for byte: ETag, weak or strong, or Last-Modified (RFC 9110 section 8.8).
 *
 * @returns null when absent, or when it could not be sent back.
 */
export function readValidator(headers: ResponseHeaders, name: 'etag' | 'last-modified'): string | null {
  const value = listValues(headers, name)[0] ?? '';
  const sendable = /^[\t\x20-\x7e\x80-\xff]+$/.test(value) && value.length <= LONGEST_VALIDATOR;
  return sendable && value.trim() !== '' ? value : null;
}

/** @returns where a redirect leads, as written; servers write UTF-8 there, whatever the RFC says. */
export function readLocation(headers: ResponseHeaders): string | null {
  const value = listValues(headers, 'location')[0];
  return value === undefined ? null : Buffer.from(value, 'latin1').toString('utf8');
}

const TOKEN = /^[\w!#$%&'*+.^`|~-]{1,30}$/;
/** Names that a server may give to ways of logging in; what comes after is its own text. */
const MAX_SCHEMES = 3;

/**
 * @returns the names of the authentication schemes that WWW-Authenticate offers (RFC 9110 section 11.6.1), in its
 * order; parameters, which are separated by commas as well, are told by their equals sign.
 */
export function readLoginSchemes(headers: ResponseHeaders): string[] {
  const bare = (readHeader(headers, 'www-authenticate') ?? '').replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const names = bare.split(',').map((part) => part.trim().split(/\s+/, 1)[0] ?? '');
  return names.filter((name) => TOKEN.test(name)).slice(0, MAX_SCHEMES);
}
