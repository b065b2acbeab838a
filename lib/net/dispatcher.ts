import { Agent, buildConnector, Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { isProxied, type ProxySettings } from './choose-proxy';
import { createGuardedLookup, findObstacle } from './guard';

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
    // As many connections as there are requests: how many that may be is decided before (politeness), so that none waits
    // for another's connection while its time runs.
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

/** Sends each request through the proxy or straight to its server. */
class MaybeProxied extends Dispatcher {
  readonly #direct: Dispatcher;
  readonly #proxied: Dispatcher;
  readonly #proxy: ProxySettings;

  constructor(direct: Dispatcher, proxied: Dispatcher, proxy: ProxySettings) {
    super();
    this.#direct = direct;
    this.#proxied = proxied;
    this.#proxy = proxy;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const proxied = isProxied(new URL(String(options.origin)), this.#proxy);
    return (proxied ? this.#proxied : this.#direct).dispatch(options, handler);
  }

  override async destroy(): Promise<void> {
    await Promise.all([this.#direct.destroy(), this.#proxied.destroy()]);
  }
}

/**
 * The pool of connections that feeds are fetched through: guarded at the moment of dialling, with bounded headers. Where
 * there is a proxy, it is the one that looks up names and dials: what is checked of a proxied request is its port and its
 * literal address (`refuseUnreachable`); the proxy itself may be anywhere.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { proxy, connectTimeoutMs } = options;
  const limits = poolOptions(options);
  const direct = { ...limits, connect: createGuardedConnector(options) };
  if (proxy === undefined || (proxy.http === '' && proxy.https === '')) return new Agent(direct);
  const proxied = new EnvHttpProxyAgent({
    ...direct,
    httpProxy: proxy.http,
    httpsProxy: proxy.https,
    // What is excepted does not get here; undici would look into the environment for itself.
    noProxy: '',
    // Plain requests are handed to the proxy as such: many let nothing but https through a tunnel.
    proxyTunnel: false,
    proxyTls: { timeout: connectTimeoutMs },
    // Neither of the pools that go to the proxy would otherwise have limits.
    clientFactory: (origin, own) => new Pool(origin, { ...own, headersTimeout: connectTimeoutMs }),
    factory: (origin, own) => new Pool(origin, { ...limits, ...own }),
  });
  return new MaybeProxied(new Agent(direct), proxied, proxy);
}
