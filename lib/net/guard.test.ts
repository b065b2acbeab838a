import { describe, expect, it } from 'vitest';
import { createGuardedLookup, findObstacle, isFeedPort, isReachable } from './guard';

const BLOCKED = [
  // This host, loopback and private networks (RFC 1122, 1918), link-local, carrier-grade NAT (RFC 6598).
  '0.0.0.0 0.1.2.3 127.0.0.1 127.1.2.3 127.255.255.255 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255',
  '192.168.0.1 192.168.255.255 169.254.0.1 169.254.169.254 169.254.255.255 100.64.0.1 100.127.255.255',
  // Documentation, benchmark, protocol assignments, relays (RFC 5737, 2544, 6890, 7526).
  '192.0.2.1 198.51.100.7 203.0.113.9 198.18.0.1 198.19.255.255 192.0.0.1 192.0.0.170 192.88.99.1',
  // Multicast, reserved, broadcast.
  '224.0.0.1 239.255.255.255 240.0.0.1 250.1.2.3 255.255.255.255',
  // IPv6: unspecified, loopback, unique local, link-local, site-local, multicast, documentation, discard, ORCHID.
  ':: ::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 febf::1 fec0::1 ff02::1 ff0e::1 2001:db8::1 3fff::1 100::1',
  '2001:10::1 2001:20::1 2001:2::1',
  // IPv4 in IPv6: mapped, compatible, translated, NAT64, local NAT64, 6to4, Teredo.
  '::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:192.168.1.1 ::ffff:169.254.169.254 ::ffff:0.0.0.0',
  '::127.0.0.1 ::7f00:1 ::10.0.0.1 ::192.168.0.1 ::ffff:0:127.0.0.1 ::ffff:0:10.0.0.1',
  '64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::a83f:8110',
  // Local NAT64 is refused whole: in layouts of /48, /56, /64 and /96 (RFC 6052 section 2.2), whatever is behind it.
  '64:ff9b:1:a00:0:100:: 64:ff9b:1:a:0:1:: 64:ff9b:1:0:a:0:100:0 64:ff9b:1::10.0.0.1 64:ff9b:1::8.8.8.8',
  '64:ff9b:1:: 64:ff9b:1:ffff:ffff:ffff:ffff:ffff',
  // Azure's metadata.
  '168.63.129.16 ::ffff:168.63.129.16 ::168.63.129.16 2002:a83f:8110::1',
  '2002:7f00:1:: 2002:a00:1:: 2002:c0a8:101::1 2002:a9fe:a9fe::',
  '2001:0:7f00:1:0:0:f5ff:fffe 2001:0:4136:e378:8000:63bf:f5ff:fffe 2001:0:4136:e378:8000:63bf:80ff:fffe',
  // Nonsense is not reachable.
  'localhost example.org 256.1.1.1 1.2.3.4.5 12345678901 :::: g::1',
].flatMap((line) => line.split(' '));

const REACHABLE = (
  '1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 93.184.216.34 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 ' +
  '172.15.255.255 172.32.0.1 192.167.255.255 192.169.0.1 198.17.255.255 198.20.0.1 223.255.255.255 168.63.129.15 168.63.129.17 ' +
  '2606:4700::1111 2a00:1450:4001::1 [2606:4700::1111] ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808::1'
).split(' ');

describe('isReachable', () => {
  it.each(BLOCKED)('%s is not', (ip) => expect(isReachable(ip, [])).toBe(false));
  it.each(REACHABLE)('%s is', (ip) => expect(isReachable(ip, [])).toBe(true));

  it('ranges of the settings are opened, and nothing beside them', () => {
    expect(isReachable('127.0.0.1', ['127.0.0.0/8'])).toBe(true);
    expect(isReachable('::ffff:127.0.0.1', ['127.0.0.0/8'])).toBe(true);
    expect(isReachable('10.0.0.1', ['127.0.0.0/8'])).toBe(false);
    expect(isReachable('::1', ['127.0.0.0/8', '::1/128'])).toBe(true);
    expect(isReachable('64:ff9b:1::8.8.8.8', ['64:ff9b:1::/48'])).toBe(true);
    expect(isReachable('168.63.129.16', ['168.63.129.16/32'])).toBe(true);
  });
});

/** Notations of 127.0.0.1, 10.0.0.1 and 169.254.169.254 that a URL's host may be written in. */
const NOTATIONS = [
  '2130706433 0x7f000001 017700000001 0x7f.1 127.1 0177.0.0.1 0x7F.0x0.0x0.0x1 127.0.0.1. 127.000.000.001 ',
  '①②⑦.⓪.⓪.① 167772161 0xa9fea9fe 2852039166 0251.0376.0251.0376 [::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1]',
].flatMap((line) => line.trim().split(' '));

describe('notations', () => {
  it.each(NOTATIONS)('%s is seen through', (host) => {
    expect(isReachable(new URL(`http://${host}/`).hostname, [])).toBe(false);
  });
});

describe('isFeedPort', () => {
  it.each([80, 443, 1024, 3000, 8080, 8443, 65_535])('%i is one', (port) =>
    expect(isFeedPort(port)).toBe(true),
  );
  it.each([0, 21, 22, 25, 53, 110, 143, 993, 1023, 2049, 6000, 6379, 6667, 11_211])('%i is none', (port) =>
    expect(isFeedPort(port)).toBe(false),
  );
});

describe('createGuardedLookup', () => {
  const answers = [['93.184.216.34'], ['127.0.0.1'], ['127.0.0.1', '93.184.216.34']];
  let asked = 0;
  // A resolver that changes its answer, as in DNS rebinding.
  const lookup = createGuardedLookup([], ((
    _host: string,
    _options: unknown,
    callback: (...args: unknown[]) => void,
  ) => {
    const found = answers[asked++ % answers.length] ?? [];
    callback(
      null,
      found.map((address) => ({ address, family: 4 })),
    );
  }) as never);
  const resolve = () =>
    new Promise<unknown>((done) => {
      lookup('rebind.example', { all: true }, (error, found) => done(error?.name ?? found));
    });

  it('hands out only what may be dialled, however often the answer changes', async () => {
    expect(await resolve()).toEqual([{ address: '93.184.216.34', family: 4 }]);
    expect(await resolve()).toBe('BlockedAddressError');
    expect(await resolve()).toEqual([{ address: '93.184.216.34', family: 4 }]);
  });
});

describe('findObstacle', () => {
  it.each<[string, string | undefined]>([
    ['http://blog.example/', undefined],
    ['https://93.184.216.34/', undefined],
    ['http://blog.example:8080/', undefined],
    ['http://blog.example:22/', 'BLOCKED_PORT'],
    ['http://2130706433/', 'BLOCKED_ADDRESS'],
    ['http://0x7f.1/', 'BLOCKED_ADDRESS'],
    ['http://[::ffff:169.254.169.254]/', 'BLOCKED_ADDRESS'],
    ['http://localhost/', 'BLOCKED_ADDRESS'],
    ['http://a.localhost./', 'BLOCKED_ADDRESS'],
    ['http://notlocalhost/', undefined],
  ])('%s: %s', (address, code) => {
    const { protocol, hostname, port } = new URL(address);
    expect(findObstacle(protocol, hostname, port, [])?.code).toBe(code);
  });

  it('lets the names of this machine pass where its addresses may be reached', () => {
    expect(findObstacle('http:', 'localhost', '', ['127.0.0.0/8'])).toBeNull();
    expect(findObstacle('http:', 'localhost', '', ['::1/128'])).toBeNull();
  });
});
