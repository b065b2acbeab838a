import { describe, expect, it } from 'vitest';
import { refuseForeign, refuseUnknownHost } from './check-origin';

const OURS = 'http://reader.example:3000';
const ask = (method: string, headers: Record<string, string>, path = '/') =>
  refuseForeign({
    method,
    path,
    headers,
    sender: { address: '203.0.113.9', protocol: 'http', host: 'reader.example:3000' },
    ownOrigin: 'https://public.example',
  });

describe('a request that changes something', () => {
  it.each([
    ['a page of ours', { origin: OURS }],
    ['a page of ours, says the browser as well', { origin: OURS, 'sec-fetch-site': 'same-origin' }],
    ['the address in BASE_URL', { origin: 'https://public.example' }],
    ['a proxy that speaks https for us', { origin: 'https://reader.example:3000' }],
    ['a token', { authorization: 'Bearer abc' }],
    ['a token, from somewhere else', { authorization: 'bearer abc', origin: 'https://evil.example' }],
  ])('passes from %s', (_name, headers) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(ask(method, headers)).toBeNull();
  });
  it.each([
    ['nobody knows where', {}],
    ['nobody knows where, but a browser says same-origin', { 'sec-fetch-site': 'same-origin' }],
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://reader.example:3001' }],
    ['a host that begins like ours', { origin: 'http://reader.example.evil.example:3000' }],
    ['our name as user name', { origin: 'http://reader.example:3000@evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['an empty origin', { origin: '' }],
    ['a sister site that forges its origin', { origin: OURS, 'sec-fetch-site': 'same-site' }],
    ['another site, says the browser', { origin: OURS, 'sec-fetch-site': 'cross-site' }],
    ['a password that a browser adds by itself', { authorization: 'Basic YTpi' }],
    ['an empty token', { authorization: 'Bearer ' }],
  ])('is refused from %s', (_name, headers) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PURGE'])
      expect(ask(method, headers)).toMatchObject({ status: 403, code: 'cross-origin' });
  });
  it('passes from hubs, at their address only', () => {
    expect(ask('POST', {}, '/websub/a_b-C1')).toBeNull();
    for (const path of [
      '/websub',
      '/websub/',
      '/websub/a/b',
      '/websub/../feeds',
      '/websub/%2e%2e/feeds',
      '/x/websub/a',
    ])
      expect(ask('POST', {}, path)).not.toBeNull();
  });
});

describe('a request that reads', () => {
  it('passes from wherever a link may be', () => {
    expect(ask('GET', {})).toBeNull();
    expect(ask('GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBeNull();
    expect(ask('HEAD', { 'sec-fetch-site': 'cross-site' }, '/feeds/1')).toBeNull();
  });
  it('gets data for our own pages only', () => {
    expect(ask('GET', {}, '/api/counts')).toBeNull();
    expect(ask('GET', { 'sec-fetch-site': 'same-origin' }, '/api/counts')).toBeNull();
    expect(ask('GET', { 'sec-fetch-site': 'none' }, '/api/counts')).toBeNull();
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' };
      expect(ask('GET', headers, '/api/counts')).toMatchObject({ status: 403 });
      // Back from an identity provider.
      expect(ask('GET', { ...headers, 'sec-fetch-mode': 'navigate' }, '/api/auth/callback')).toBeNull();
    }
  });
});

describe('refuseUnknownHost', () => {
  const refuse = (host: string) =>
    refuseUnknownHost({
      sender: { address: '127.0.0.1', protocol: 'http', host },
      ownOrigin: 'https://public.example',
    });
  it.each([
    'localhost:3000',
    '127.0.0.1:3000',
    '127.8.8.8',
    '[::1]:3000',
    'tidings.localhost',
    'public.example:80',
    '',
  ])('knows %j', (host) => expect(refuse(host)).toBeNull());
  it.each([
    'evil.example:3000',
    'localhost.evil.example',
    '192.168.1.5',
    '0.0.0.0:3000',
    'a b',
    'public.example.evil',
  ])('does not know %j', (host) => expect(refuse(host)).toMatchObject({ status: 421, code: 'unknown-host' }));
});
