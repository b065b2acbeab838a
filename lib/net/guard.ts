import { type LookupAddress, lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address that must not be reached: the request ends with `blocked-address`. */
export class BlockedAddressError extends Error {
  override name = 'BlockedAddressError';
  readonly code = 'BLOCKED_ADDRESS';
}

/** A port that feeds are not served from: the request ends with `blocked-port`. */
export class BlockedPortError extends Error {
  override name = 'BlockedPortError';
  readonly code = 'BLOCKED_PORT';
}

/** Ports below 1024 that feeds are served from. */
const LOW_PORTS: ReadonlySet<number> = new Set([80, 443]);

/** High ports that speak other protocols, as browsers block them (WHATWG Fetch, "port blocking"). */
const BAD_PORTS: ReadonlySet<number> = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679,
  6697, 10_080, 11_211, 5432, 3306, 27_017, 9200,
]);

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * Where IPv6 prefixes carry an IPv4 address, as the offset of its first byte. Local NAT64 (64:ff9b:1::/48, RFC 8215) is
 * none of them: where it lies there is up to each network, so that all of it is refused.
 */
const CARRIERS: [prefix: string, offset: number][] = [
  ['::/96', 12], // IPv4-compatible (RFC 4291, deprecated)
  ['::ffff:0:0:0/96', 12], // translated (RFC 2765)
  ['64:ff9b::/96', 12], // NAT64 (RFC 6052)
  ['2002::/16', 2], // 6to4 (RFC 3056)
  ['2001::/32', 4], // Teredo's server (RFC 4380)
];

/** Public by their numbers alone: Azure's metadata, as its machines see it. */
const PRIVATE = ['168.63.129.16/32'];

/** IPv4 addresses that an IPv6 address carries; mapped ones are unwrapped before. */
function embeddedAddresses(address: Address): ipaddr.IPv4[] {
  if (address.kind() === 'ipv4') return [];
  const bytes = address.toByteArray();
  const carried = CARRIERS.filter(([prefix]) => isIn(address, [prefix])).map(([, offset]) =>
    bytes.slice(offset, offset + 4),
  );
  // Teredo hides its client's address by inverting it.
  if (isIn(address, ['2001::/32'])) carried.push(bytes.slice(12).map((byte) => byte ^ 0xff));
  return carried.map((part) => new ipaddr.IPv4(part));
}

function isIn(address: Address, cidrs: string[]): boolean {
  return cidrs.some((cidr) => {
    const [network, bits] = ipaddr.parseCIDR(cidr);
    return network.kind() === address.kind() && address.match(network, bits);
  });
}

const isPublic = (address: Address) => address.range() === 'unicast' && !isIn(address, PRIVATE);

/**
 * Whether a request may be made to an IP address: global unicast only, also inside IPv6 wrappings, or within
 * one of the ranges that the settings open.
 *
 * @param ip as the resolver gives it, or as a URL's host has it (brackets allowed).
 * @param allowed CIDRs of FETCH_ALLOW_NETWORKS.
 */
export function isReachable(ip: string, allowed: string[]): boolean {
  const bare = ip.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return false;
  const address = ipaddr.process(bare);
  if (isIn(address, allowed)) return true;
  const embedded = embeddedAddresses(address);
  if (embedded.length > 0) return embedded.every((inner) => isPublic(inner) || isIn(inner, allowed));
  return isPublic(address);
}

/** Whether a feed may be fetched from a port. */
export function isFeedPort(port: number): boolean {
  return LOW_PORTS.has(port) || (port >= 1024 && !BAD_PORTS.has(port));
}

const LOCAL_NAME = /(?:^|\.)localhost\.?$/i;

function isReachableName(hostname: string, allowed: string[]): boolean {
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return isReachable(hostname, allowed);
  // RFC 6761 section 6.3: these names are loopback wherever they are asked about.
  return !LOCAL_NAME.test(hostname) || ['127.0.0.1', '::1'].some((ip) => isReachable(ip, allowed));
}

/**
 * What stands against dialling an origin, as far as its own text says: its port, its literal address in any
 * notation (a URL's host is in canonical form), and the names of this machine. What other names resolve to is
 * checked by `createGuardedLookup`.
 *
 * @param protocol `http:` or `https:`.
 * @param port as a URL has it: empty for the protocol's own.
 */
export function findObstacle(
  protocol: string,
  hostname: string,
  port: string,
  allowed: string[],
): BlockedAddressError | BlockedPortError | null {
  const number = Number(port) || (protocol === 'https:' ? 443 : 80);
  if (!isFeedPort(number)) return new BlockedPortError(`port ${number} is none for feeds`);
  return isReachableName(hostname, allowed) ? null : new BlockedAddressError(`${hostname} is not public`);
}

/**
 * A resolver for sockets that hands out reachable addresses only, so that what was checked is what is dialled:
 * there is no second look-up in which a name could change its answer.
 */
export function createGuardedLookup(allowed: string[], lookup: typeof resolve = resolve): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      const reachable = found.filter(({ address }) => isReachable(address, allowed));
      const [first] = reachable;
      if (first === undefined) return callback(new BlockedAddressError(`${hostname} is not public`), '', 0);
      if (options.all) return callback(null, reachable);
      return callback(null, first.address, first.family);
    });
  };
}
