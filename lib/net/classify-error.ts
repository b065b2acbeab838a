import { describeFailure, type Failure, type FailureCode } from '@/lib/ops/fetch-error';

/** Codes of Node (system, TLS, zlib), of undici and of ours, by what they mean to a person. */
const MEANING: Record<string, FailureCode> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_NODATA: 'dns',
  ENODATA: 'dns',
  ESERVFAIL: 'dns',
  ECONNREFUSED: 'connect',
  EHOSTUNREACH: 'connect',
  ENETUNREACH: 'connect',
  EHOSTDOWN: 'connect',
  ENETDOWN: 'connect',
  EADDRNOTAVAIL: 'connect',
  EACCES: 'connect',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too-large',
  UND_ERR_PRX_TLS: 'proxy',
  UND_ERR_HEADERS_OVERFLOW: 'bad-response',
  BLOCKED_ADDRESS: 'blocked-address',
  BLOCKED_PORT: 'blocked-port',
  EPROTO: 'no-https',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no-https',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no-https',
  ERR_SSL_HTTP_REQUEST: 'no-https',
};

const FAMILIES: [prefix: RegExp, code: FailureCode][] = [
  [/^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/, 'tls'],
  [/^(Z_|ERR__ERROR_|ERR_BROTLI|ERR_ZLIB|ERR_PADDING)/, 'bad-encoding'],
  [/^HPE_/, 'bad-response'],
];

function readCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  // A host with several addresses fails with all of them at once: the first says enough.
  const inner = error instanceof AggregateError ? error.errors[0] : (error.cause ?? error);
  const code: unknown = Reflect.get(error, 'code') ?? (inner instanceof Error && Reflect.get(inner, 'code'));
  if (typeof code === 'string' && MEANING[code] === undefined && inner instanceof Error && inner !== error) {
    const deeper: unknown = Reflect.get(inner, 'code');
    if (typeof deeper === 'string') return deeper;
  }
  return typeof code === 'string' ? code : '';
}

/** How undici says that a proxy lets nobody through, and that the decompressor was given a chain without end. */
const MESSAGES: [message: RegExp, code: FailureCode][] = [
  [/^Proxy response \(\d+\) !== 200|^Proxy Authentication Required/, 'proxy'],
  [/^too many content-encodings/, 'bad-encoding'],
];

/**
 * @param host names the server in the sentence.
 * @param proxied whether it is a proxy that is dialled.
 * @returns what went wrong, in a person's words; null when the error is not one of the network's: a bug.
 */
export function classifyError(error: unknown, host: string, proxied = false): Failure | null {
  if (error instanceof Error && error.name === 'TimeoutError') return describeFailure('timeout', host);
  const code = readCode(error);
  const message = error instanceof Error ? error.message : '';
  const meaning =
    MEANING[code] ??
    FAMILIES.find(([prefix]) => prefix.test(code))?.[1] ??
    MESSAGES.find(([pattern]) => pattern.test(message))?.[1];
  if (meaning === undefined) return null;
  const unreachable = meaning === 'dns' || meaning === 'connect';
  return describeFailure(proxied && unreachable ? 'proxy' : meaning, host);
}
