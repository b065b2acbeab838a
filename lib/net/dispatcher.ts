import { isIP } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { BlockedAddressError, BlockedPortError, createGuardedLookup, isFeedPort, isReachable } from './guard';

export interface DispatcherOptions {
  connectTimeoutMs: number;
  /** For the whole request: no part of it may take longer. */
  totalTimeoutMs: number;
  /** Of the body as sent; once unpacked it is bounded elsewhere. */
  maxBytes: number;
  /** CIDRs of FETCH_ALLOW_NETWORKS. */
  allowNetworks: string[];
}

const isIpLiteral = (host: string) => isIP(host.replace(/^\[|\]$/g, '')) !== 0;

/**
 * The pool of connections that feeds are fetched through: guarded at the moment of dialling, few per server,
 * with bounded headers.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { connectTimeoutMs, totalTimeoutMs, maxBytes, allowNetworks } = options;
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    lookup: createGuardedLookup(allowNetworks),
    autoSelectFamily: true,
  });
  return new Agent({
    // As many as browsers open: what waits for one of them waits without its time running.
    connections: 6,
    pipelining: 1,
    keepAliveTimeout: 5000,
    keepAliveMaxTimeout: 30_000,
    headersTimeout: totalTimeoutMs,
    bodyTimeout: Math.min(15_000, totalTimeoutMs),
    maxHeaderSize: 32_768,
    maxResponseSize: maxBytes,
    connect(target, callback) {
      // A socket asks no resolver about a literal address: it is checked here.
      const { hostname } = target;
      const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
      if (!isFeedPort(port)) return callback(new BlockedPortError(`port ${port} is none for feeds`), null);
      if (isIpLiteral(hostname) && !isReachable(hostname, allowNetworks)) {
        return callback(new BlockedAddressError(`${hostname} is not public`), null);
      }
      connect(target, callback);
    },
  });
}
