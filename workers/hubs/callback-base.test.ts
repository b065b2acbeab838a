import { describe, expect, it } from 'vitest';
import { parseEnv } from '@/lib/ops/env';
import { findCallbackBase } from './callback-base';

const find = (BASE_URL: string | undefined, FETCH_ALLOW_NETWORKS = '') =>
  findCallbackBase(parseEnv({ DATABASE_URL: 'postgresql://localhost/x', BASE_URL, FETCH_ALLOW_NETWORKS }));

describe('findCallbackBase', () => {
  it.each([
    ['https://reader.example.org', 'https://reader.example.org'],
    ['https://example.org/reader/', 'https://example.org/reader'],
    ['http://93.184.216.34:8080', 'http://93.184.216.34:8080'],
    ['https://[2606:4700::1111]', 'https://[2606:4700::1111]'],
  ])('%s can be called', (address, base) => expect(find(address)).toBe(base));
  it.each([
    undefined,
    'http://localhost:3000',
    'http://reader.localhost',
    'http://nas',
    'http://nas.local',
    'http://nas.lan.',
    'http://reader.home.arpa',
    'http://127.0.0.1:3000',
    'http://192.168.1.5',
    'http://[::1]:3000',
    'http://2130706433/',
  ])('%s cannot', (address) => expect(find(address)).toBeNull());
  it('a network that feeds may come from can be called from', () => {
    expect(find('http://127.0.0.1:3000', '127.0.0.0/8')).toBe('http://127.0.0.1:3000');
    expect(find('http://10.0.0.1', '127.0.0.0/8')).toBeNull();
  });
});
