import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { createGuardedLookup, findObstacle } from './guard';

/** The proxies that requests go through; an empty address is none. */
export interface ProxySettings {
  /** For http addresses, and for https ones where no other is given. */
  http: string;
  https: string;
  /** Names of hosts, separated by commas, that are reached without one. */
  except: string;
}

export interface DispatcherOptions {
  connectTimeoutMs: number;
  /** For the whole request: no part of it may take longer. */
  totalTimeoutMs: number;
  /** The longest pause in the middle of an answer. */
  idleTimeoutMs: number;
  maxHeaderBytes: number;
  /** Of the body as sent; once unpacked it is bounded elsewhere. */
  maxBytes: number;
  /** CIDRs of FETCH_ALLOW_NETWORKS. */
  allowNetworks: string[];
  proxy?: ProxySettings | undefined;
}

function poolOptions(options: DispatcherOptions) {
  const { totalTimeoutMs, idleTimeoutMs, maxHeaderBytes, maxBytes } = options;
  return {
    // As many as browsers open: what waits for one of them waits without its time running.
    connections: 6,
    pipelining: 1,
    keepAliveTimeout: 5000,
    keepAliveMaxTimeout: 30_000,
    headersTimeout: totalTimeoutMs,
    bodyTimeout: Math.min(idleTimeoutMs, totalTimeoutMs),
    maxHeaderSize: maxHeaderBytes,
    maxResponseSize: maxBytes,
  };
}

/** Dials what may be reached, and nothing else. */
function createGuardedConnector({ connectTimeoutMs, allowNetworks }: DispatcherOptions) {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    lookup: createGuardedLookup(allowNetworks),
    autoSelectFamily: true,
  });
  const guarded: buildConnector.connector = (target, callback) => {
    // A socket asks no resolver about a literal address: it is checked here.
    const obstacle = findObstacle(target.protocol, target.hostname, target.port, allowNetworks);
    if (obstacle !== null) callback(obstacle, null);
    else connect(target, callback);
  };
  return guarded;
}

/**
 * The pool of connections that feeds are fetched through: guarded at the moment of dialling, few per server,
 * with bounded headers. Where there is a proxy, it is the one that looks up names and dials: what is checked of
 * a proxied request is its port and its literal address (`refuseUnreachable`); the proxy itself may be anywhere.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { proxy, connectTimeoutMs } = options;
  const limits = poolOptions(options);
  const direct = { ...limits, connect: createGuardedConnector(options) };
  if (proxy === undefined || (proxy.http === '' && proxy.https === '')) return new Agent(direct);
  return new EnvHttpProxyAgent({
    ...direct,
    httpProxy: proxy.http,
    httpsProxy: proxy.https,
    noProxy: proxy.except,
    // Plain requests are handed to the proxy as such: many let nothing but https through a tunnel.
    proxyTunnel: false,
    proxyTls: { timeout: connectTimeoutMs },
    // Neither of the pools that go to the proxy would otherwise have limits.
    clientFactory: (origin, own) => new Pool(origin, { ...own, headersTimeout: connectTimeoutMs }),
    factory: (origin, own) => new Pool(origin, { ...limits, ...own }),
  });
}
