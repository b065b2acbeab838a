import { isLoopbackHost } from '@/lib/ops/env';

/** The proxies that requests go through; an empty address is none. */
export interface ProxySettings {
  /** For http addresses, and for https ones where no other is given. */
  http: string;
  https: string;
  /** Names of hosts, separated by commas, that are reached without one. */
  except: string;
}

/** An entry stands for a host and those below it, on one port or on all; `*` for every host. */
function isExcepted({ hostname, port, protocol }: URL, entry: string): boolean {
  const [, name = '', onPort] = /^(.*?)(?::(\d+))?$/.exec(entry.replace(/^\*?\./, '').toLowerCase()) ?? [];
  if (name === '*') return true;
  const asked = port || (protocol === 'https:' ? '443' : '80');
  if (onPort !== undefined && onPort !== asked) return false;
  return hostname === name || hostname.endsWith(`.${name}`);
}

/**
 * Whether an address is asked for through a proxy. This machine never is: to a proxy elsewhere, its names mean
 * another one.
 */
export function isProxied(url: URL, proxy: ProxySettings | undefined): boolean {
  if (proxy === undefined || isLoopbackHost(url.hostname)) return false;
  const through = url.protocol === 'https:' ? proxy.https || proxy.http : proxy.http;
  const exceptions = proxy.except.split(/[\s,]+/).filter(Boolean);
  return through !== '' && !exceptions.some((entry) => isExcepted(url, entry));
}
