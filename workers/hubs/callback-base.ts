import { isReachable } from '@/lib/net/guard';
import type { Env } from '@/lib/ops/env';

/** Names that mean something else, or nothing, outside of one's own network (RFC 6761, 6762, 8375, 9476). */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|lan|home\.arpa|invalid|test|example|alt)$/i;

/**
 * Where hubs can call us, as far as it can be told without asking anybody: BASE_URL, unless it is of this machine or
 * of a private network. What FETCH_ALLOW_NETWORKS opens counts as public: a hub that may be asked there can call back.
 *
 * @returns the address without a slash at the end; null when no hub is to be asked.
 */
export function findCallbackBase({ BASE_URL, FETCH_ALLOW_NETWORKS }: Env): string | null {
  const url = BASE_URL === undefined ? null : URL.parse(BASE_URL);
  if (url === null) return null;
  const host = url.hostname.replace(/\.$/, '');
  const literal = /^[\d.]+$|^\[/.test(host);
  const open = literal
    ? isReachable(host, FETCH_ALLOW_NETWORKS)
    : host.includes('.') && !PRIVATE_NAME.test(host);
  return open ? url.origin + url.pathname.replace(/\/+$/, '') : null;
}
