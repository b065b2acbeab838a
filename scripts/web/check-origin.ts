import type { IncomingHttpHeaders } from 'node:http';
import { isLoopbackHost } from '../../lib/ops/env';
import type { Sender } from '../../lib/ops/trust-proxy';

/** Why a request is not let in. */
export interface Refused {
  status: 400 | 403 | 421;
  code: 'bad-request' | 'cross-origin' | 'unknown-host';
  /** One sentence. */
  message: string;
}

interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  sender: Sender;
  /** That of BASE_URL, if it is set. */
  ownOrigin: string | null;
}

/** Callers that are no browsers, and that a token in the address lets in. */
const FOR_MACHINES = /^\/websub\/[\w-]+$/;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A page of another origin cannot send this header: browsers would ask us first, and we do not allow it. */
const hasToken = (headers: IncomingHttpHeaders) => /^Bearer \S/i.test(headers.authorization ?? '');

/**
 * Whether an origin is one of our pages'. The host alone counts: behind a proxy that is not named in TRUST_PROXY
 * nothing is known about https.
 */
export function isOwn(origin: string, { sender, ownOrigin }: Pick<Asked, 'sender' | 'ownOrigin'>): boolean {
  if (origin === ownOrigin) return true;
  return (
    sender.host !== '' && URL.parse(origin)?.host === URL.parse(`${sender.protocol}://${sender.host}`)?.host
  );
}

/**
 * Lets requests that change something in only where they come from a page of ours, or bring a token. `Origin` decides,
 * and `Sec-Fetch-Site` where a browser sends it; without either it could be anybody's page, in a browser that is old.
 *
 * @returns null for what may go on.
 */
export function refuseForeign(asked: Asked): Refused | null {
  const { method, path, headers } = asked;
  if (FOR_MACHINES.test(path) || hasToken(headers)) return null;
  const site = headers['sec-fetch-site'];
  const isForeign = site === 'cross-site' || site === 'same-site';
  if (READS.has(method)) {
    // Data is for our own pages; to be led to an address is nobody's harm (signing in elsewhere ends with that).
    if (!isForeign || !path.startsWith('/api/') || headers['sec-fetch-mode'] === 'navigate') return null;
    return refuseOrigin('This can be read by pages of Tidings only, or with a token.');
  }
  const { origin } = headers;
  if (origin === undefined) {
    return refuseOrigin(
      'The request does not say which page it is from (Origin): it needs that, or a token.',
    );
  }
  if (!isForeign && isOwn(origin, asked)) return null;
  return refuseOrigin(
    'The request comes from a page of another site. Behind a proxy, set BASE_URL to the address that browsers use.',
  );
}

const refuseOrigin = (message: string): Refused => ({ status: 403, code: 'cross-origin', message });

/**
 * Without accounts, being on this machine is the only key. A page on the web could turn it with a name of its own that
 * leads to this machine (DNS rebinding): so the name has to be one that we know.
 *
 * @returns null for what may go on.
 */
export function refuseUnknownHost({
  sender,
  ownOrigin,
}: Pick<Asked, 'sender' | 'ownOrigin'>): Refused | null {
  const url = URL.parse(`http://${sender.host}`);
  const isKnown =
    url === null
      ? sender.host === ''
      : isLoopbackHost(url.hostname) ||
        url.hostname.endsWith('.localhost') ||
        url.hostname === URL.parse(ownOrigin ?? '')?.hostname;
  if (isKnown) return null;
  return {
    status: 421,
    code: 'unknown-host',
    message:
      'Tidings is not known by this name here. If it should be, set BASE_URL to the address that browsers use.',
  };
}
