/** Why a feed could not be fetched or read: stable codes (DESIGN section 6), each with one sentence for a person. */
export interface Failure {
  code: string;
  message: string;
  /** Whether the fault may lie with our own network rather than with the feed's server. */
  network: boolean;
}

const STATUS_SENTENCES: Record<number, string> = {
  400: 'The server did not understand the request (400).',
  401: 'The server asks for a name and a password (401).',
  402: 'The server asks for a payment (402).',
  403: 'The server refuses to hand out this address (403).',
  404: 'There is nothing at this address (404).',
  304: 'The server says that nothing has changed since a time that it was not asked about (304).',
  406: 'The server has nothing here that a feed reader accepts (406).',
  410: 'The feed is gone for good, says its server (410).',
  429: 'The server asks us to come back less often (429).',
  451: 'The feed is blocked for legal reasons (451).',
  500: 'The server has an error of its own (500).',
  502: 'The server behind this address does not answer its front (502).',
  503: 'The server is overloaded or being worked on (503).',
  504: 'The server behind this address does not answer in time (504).',
};

const SENTENCES = {
  dns: 'No server is known by the name {host}.',
  connect: 'The server {host} does not accept connections.',
  timeout: 'The server {host} did not answer in time.',
  tls: 'The secure connection to {host} failed: its certificate is not valid.',
  'no-https': 'The server {host} offers no secure connection: try the address with http:// in front.',
  reset: 'The server {host} broke off in the middle of its answer.',
  'too-large': 'The document is larger than this reader accepts.',
  'blocked-address':
    'The address leads to a private network, which this reader does not fetch from unless FETCH_ALLOW_NETWORKS opens it.',
  'blocked-port': 'Feeds are not fetched from the port in {host}: it belongs to another kind of service.',
  'redirect-loop': 'The server sends us from address to address without end.',
  'bad-redirect': 'The server sends us to an address that cannot be fetched.',
  'bad-encoding': 'The answer is compressed in a way that cannot be unpacked.',
  'bad-response': 'The server {host} does not speak proper HTTP.',
  proxy: 'The proxy that this reader goes through does not let it reach {host}.',
  'wrong-password': 'The server does not accept the name and the password that are kept for this feed (401).',
  'locked-password':
    'The password of this feed was encrypted with another SECRET_KEY than the one that is set: enter it again.',
  internal: 'The reader itself failed on this feed; its log says more.',
} as const;

export type FailureCode = keyof typeof SENTENCES;

/** Ours, if so many hosts fail at once: names lead nowhere, or to a portal in our own network, which breaks off, too. */
const NETWORK_CODES: ReadonlySet<string> = new Set<FailureCode>([
  'dns',
  'connect',
  'timeout',
  'proxy',
  'reset',
  'tls',
  'no-https',
  'blocked-address',
]);

/** @returns the failure with its sentence; `host` names the server in it. */
export function describeFailure(code: FailureCode, host: string): Failure {
  return { code, message: SENTENCES[code].replace('{host}', host), network: NETWORK_CODES.has(code) };
}

/** @param schemes what the server asks for instead of what we can give, such as Digest (RFC 9110 section 11.1). */
export function describeLogin(schemes: string[]): Failure {
  const message = `The server asks for a kind of login that this reader does not know: ${schemes.join(', ')} (401).`;
  return { code: 'unknown-login', message, network: false };
}

/** @returns the failure for an HTTP status that is not a success; code `http-<status>`. */
export function describeStatus(status: number): Failure {
  const message =
    STATUS_SENTENCES[status] ??
    (status >= 500
      ? `The server has an error of its own (${status}).`
      : `The server refuses the request (${status}).`);
  return { code: `http-${status}`, message, network: false };
}

const CHALLENGES = {
  person: 'The site asks visitors to prove that they are people{by}, which a feed reader cannot.',
  login: 'The site asks visitors to log in on a page, which a feed reader cannot.',
  portal: 'The network that this reader is in asks for a login before it lets anybody out (511).',
};

/**
 * @param kind what is asked of visitors; a `portal` is in our own network.
 * @param by the service that asks, if it is known.
 */
export function describeChallenge(kind: keyof typeof CHALLENGES, by: string | null): Failure {
  const message = CHALLENGES[kind].replace('{by}', by === null ? '' : ` (${by})`);
  return { code: 'challenge', message, network: kind === 'portal' };
}
