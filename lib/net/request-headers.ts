const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
  'application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.6, */*;q=0.5';

/** Name and password for HTTP authentication. */
export interface Credentials {
  username: string;
  password: string;
}

/** What one of a fetch's requests is made from. */
export interface RequestParts {
  /** The address asked, of all those that redirects lead through. */
  url: URL;
  userAgent: string;
  /** Of Accept-Encoding. */
  encodings: string;
  /** The address that the fetch began with: credentials are for its origin only. */
  start: URL;
  credentials: Credentials | null;
  /** Validators, and the address that gave them. */
  etag: string | null;
  lastModified: string | null;
  validatorsUrl: string;
}

/** Basic authentication in UTF-8 (RFC 7617). */
function writeBasic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/** Whether the request is conditional: validators go to the address that gave them, and to no other. */
export function hasValidators({ url, etag, lastModified, validatorsUrl }: RequestParts): boolean {
  return validatorsUrl === url.href && (etag !== null || lastModified !== null);
}

/** @returns the headers of one request; nothing in them crosses from one origin to another. */
export function createHeaders(parts: RequestParts): Record<string, string> {
  const { url, start, credentials, etag, lastModified } = parts;
  const headers: Record<string, string> = {
    'user-agent': parts.userAgent,
    accept: ACCEPT,
    'accept-encoding': parts.encodings,
  };
  if (hasValidators(parts)) {
    // Only what is new since then will do, where the server can tell (RFC 3229).
    if (etag !== null) Object.assign(headers, { 'if-none-match': etag, 'a-im': 'feed' });
    if (lastModified !== null) headers['if-modified-since'] = lastModified;
  }
  if (credentials !== null && url.origin === start.origin) headers.authorization = writeBasic(credentials);
  return headers;
}
