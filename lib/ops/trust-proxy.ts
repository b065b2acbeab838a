import type { IncomingHttpHeaders } from 'node:http';
import ipaddr from 'ipaddr.js';

/** Which proxies are believed: so many in front of us, or those in these networks (CIDR). */
export type TrustProxy = number | readonly string[];

/** Who sent a request, and how, as far as that can be known. */
export interface Sender {
  /** The address, in its plainest notation; IPv4 inside IPv6 is IPv4. */
  address: string;
  /** What the browser spoke. */
  protocol: 'http' | 'https';
  /** What the browser asked for, with its port unless it is the usual one; empty where it did not say. */
  host: string;
}

/** @returns an address without port and brackets, some proxies write them; null when it is none. */
function parseAddress(text: string): string | null {
  const bare = text.trim().replace(/^\[([^\]]*)\](?::\d+)?$|^(\d+(?:\.\d+){3}):\d+$/, '$1$2');
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : null;
}

const listOf = (header: string | string[] | undefined) =>
  (Array.isArray(header) ? header.join() : (header ?? ''))
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function isInside(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return networks.some((network) => {
    const [range, bits] = ipaddr.parseCIDR(network);
    return range.kind() === parsed.kind() && parsed.match(range, bits);
  });
}

/**
 * Reads `X-Forwarded-For`, `-Proto` and `-Host`: from the right, since each proxy adds what it saw at the end, and only
 * as far as the proxies that wrote them are trusted. What is further left, anybody could have sent.
 *
 * @param peer the address at the other end of the connection.
 */
export function readSender(peer: string, headers: IncomingHttpHeaders, trust: TrustProxy): Sender {
  let address = parseAddress(peer) ?? peer;
  const chain = listOf(headers['x-forwarded-for']);
  let trusted = 0;
  while (typeof trust === 'number' ? trusted < trust : isInside(address, trust)) {
    trusted += 1;
    const before = parseAddress(chain.at(-trusted) ?? '');
    // The proxy did not say, or nonsense: whoever is nearest answers for it.
    if (before === null) break;
    address = before;
  }
  const told = (name: string) => {
    const values = trusted > 0 ? listOf(headers[name]) : [];
    return values[Math.max(0, values.length - trusted)];
  };
  return {
    address,
    protocol: told('x-forwarded-proto')?.toLowerCase() === 'https' ? 'https' : 'http',
    host: (told('x-forwarded-host') ?? headers.host ?? '').toLowerCase(),
  };
}
