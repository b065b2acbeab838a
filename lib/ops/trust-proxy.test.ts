import { describe, expect, it } from 'vitest';
import { readSender } from './trust-proxy';

const HEADERS = {
  host: 'Inside.example:3000',
  'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.0.0.2',
  'x-forwarded-proto': 'https, http',
  'x-forwarded-host': 'forged.example, Reader.example',
};

describe('readSender', () => {
  it('believes nobody unless told', () => {
    const sender = { address: '10.0.0.1', protocol: 'http', host: 'inside.example:3000' };
    expect(readSender('10.0.0.1', HEADERS, [])).toEqual(sender);
    expect(readSender('10.0.0.1', HEADERS, 0)).toEqual(sender);
    expect(readSender('::ffff:10.0.0.1', HEADERS, ['192.168.0.0/16', 'fd00::/8'])).toEqual(sender);
  });
  it('believes so many proxies', () => {
    expect(readSender('10.0.0.1', HEADERS, 1)).toEqual({
      address: '10.0.0.2',
      protocol: 'http',
      host: 'reader.example',
    });
    expect(readSender('10.0.0.1', HEADERS, 2)).toEqual({
      address: '203.0.113.9',
      protocol: 'https',
      host: 'forged.example',
    });
  });
  it('believes networks, as far as they reach', () => {
    expect(readSender('::ffff:10.0.0.1', HEADERS, ['10.0.0.0/8']).address).toBe('203.0.113.9');
    expect(readSender('10.0.0.1', HEADERS, ['10.0.0.1/32']).address).toBe('10.0.0.2');
    expect(readSender('::1', { 'x-forwarded-for': '2001:DB8::0:1' }, ['::1/128']).address).toBe(
      '2001:db8::1',
    );
  });
  it.each([
    ['203.0.113.9:4711', '203.0.113.9'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['unknown', '127.0.0.1'],
    ['"><script>', '127.0.0.1'],
    ['', '127.0.0.1'],
  ])('reads the address %j as %s', (written, address) => {
    expect(readSender('127.0.0.1', { 'x-forwarded-for': written }, 1).address).toBe(address);
  });
  it('does not reach past the beginning', () => {
    const headers = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' };
    expect(readSender('127.0.0.1', headers, 5)).toMatchObject({ address: '203.0.113.9', protocol: 'https' });
    expect(readSender('127.0.0.1', { 'x-forwarded-for': '10.0.0.7' }, ['127.0.0.0/8', '10.0.0.0/8'])).toEqual(
      {
        address: '10.0.0.7',
        protocol: 'http',
        host: '',
      },
    );
  });
});
