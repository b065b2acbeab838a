import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Env, isLoopbackHost } from '../../lib/ops/env';
import { ADDRESS_HEADER, PATH_HEADER } from '../../lib/ops/sender';
import { readSender, type Sender } from '../../lib/ops/trust-proxy';
import { isOwn, type Refused, refuseForeign, refuseUnknownHost } from './check-origin';
import { FIXED_HEADERS, transportHeaders, writePolicy } from './security-headers';

/** The settings that say who may come in. */
export type Rules = Pick<Env, 'AUTH' | 'BASE_URL' | 'HOST' | 'OIDC_ISSUER' | 'TRUST_PROXY'>;

/**
 * Next sends itself an action that the page at hand does not have, with the headers it got: such a request has been
 * here before. The value is known in this process only.
 */
const SEEN_HEADER = 'x-tidings-seen';
/** What a client has no business to send: who it is, or what Next tells itself. */
const OURS = /^(?:forwarded|x-real-ip|x-forwarded-.*|x-tidings-.*|x-action-forwarded|x-nonce)$/;

function refuse(path: string, response: ServerResponse, { status, code, message }: Refused): void {
  const isData = path.startsWith('/api/');
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'Content-Type': isData ? 'application/json' : 'text/plain; charset=utf-8',
    // What it still sends is not read.
    Connection: 'close',
  });
  response.end(isData ? JSON.stringify({ error: { code, message } }) : `${message}\n`);
}

/** An absolute address or `*` is for proxies (RFC 9112, section 3.2); every check here is about a path. */
const refuseOddTarget = (url: string): Refused | null =>
  url.startsWith('/') ? null : { status: 400, code: 'bad-request', message: 'The request asks for no path.' };

/** Leaves in a request only what is true, and tells Next what it needs: sender, path, and the nonce for its scripts. */
function setHeaders(
  { headers, url = '/' }: IncomingMessage,
  sender: Sender,
  policy: string,
  seen: string,
): void {
  for (const name of Object.keys(headers)) if (OURS.test(name)) delete headers[name];
  Object.assign(headers, {
    [ADDRESS_HEADER]: sender.address,
    [PATH_HEADER]: url,
    [SEEN_HEADER]: seen,
    'x-forwarded-for': sender.address,
    'x-forwarded-proto': sender.protocol,
    'x-forwarded-host': sender.host,
    'content-security-policy': policy,
  });
}

/**
 * Everything that is the same for each request, before Next sees it: who sent it, whether it may come in, and what
 * browsers may do with the answer. Here rather than in `proxy.ts`, which would add its own cost to each request, and
 * does not see the connection.
 *
 * @param inside gets what Next asks itself: it has no turn to wait for, since the request that it is part of has one.
 */
export function guardRequests(
  listener: RequestListener,
  inside: RequestListener,
  rules: Rules,
): RequestListener {
  const seen = randomBytes(16).toString('hex');
  const ownOrigin = rules.BASE_URL === undefined ? null : new URL(rules.BASE_URL).origin;
  const isAlwaysEncrypted = ownOrigin?.startsWith('https:') ?? false;
  const provider = rules.OIDC_ISSUER === undefined ? null : new URL(rules.OIDC_ISSUER).origin;
  const onlyNames = rules.AUTH === 'off' && isLoopbackHost(rules.HOST);
  return (request, response) => {
    const { headers, method = 'GET', url = '/' } = request;
    if (headers[SEEN_HEADER] === seen) return inside(request, response);
    const sender = readSender(request.socket.remoteAddress ?? '', headers, rules.TRUST_PROXY);
    const path = url.split('?', 1)[0] ?? '/';
    const policy = writePolicy(path, randomBytes(16).toString('base64'), provider);
    for (const [name, value] of Object.entries(FIXED_HEADERS)) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', policy);
    const isEncrypted = isAlwaysEncrypted || sender.protocol === 'https';
    for (const [name, value] of Object.entries(transportHeaders(isEncrypted)))
      response.setHeader(name, value);
    const asked = { method, path, headers, sender, ownOrigin };
    const refused =
      refuseOddTarget(url) ?? (onlyNames ? refuseUnknownHost(asked) : null) ?? refuseForeign(asked);
    if (refused !== null) return refuse(path, response, refused);
    setHeaders(request, sender, policy, seen);
    // Before an action Next compares this with the origin, of which BASE_URL may know more.
    const { origin = '' } = headers;
    if (isOwn(origin, asked)) headers['x-forwarded-host'] = new URL(origin).host;
    return listener(request, response);
  };
}
