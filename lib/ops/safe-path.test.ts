import { expect, it } from 'vitest';
import { safePath } from './safe-path';

it.each([
  ['/', '/'],
  ['/feeds/1?unread=1#item-5', '/feeds/1?unread=1#item-5'],
  ['/search?q=a%20b&to=https://evil.example/', '/search?q=a%20b&to=https://evil.example/'],
  ['/a/../feeds', '/feeds'],
  ['/%2fevil.example', '/%2fevil.example'],
  ['/%5cevil.example', '/%5cevil.example'],
  ['/:80', '/:80'],
  ['/é', '/%C3%A9'],
])('%j is a place of ours: %j', (wanted, path) => {
  expect(safePath(wanted, '/nowhere')).toBe(path);
});

const NASTY: unknown[] = [
  '',
  'feeds',
  './feeds',
  '?to=x',
  '#x',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\\/evil.example',
  '/feeds\\..\\..\\evil',
  '/a/..//evil.example',
  '/.//evil.example',
  '/./\\evil.example',
  '/%2e//evil.example',
  '/%2e%2e//evil.example',
  '/a/%2E%2e//evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\nLocation: https://evil.example',
  '/\0/evil.example',
  '/\u0085x',
  '/\u2028/evil.example',
  ' //evil.example',
  '\t//evil.example',
  '/ /evil.example',
  'https://evil.example',
  'https:evil.example',
  'http:/evil.example',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,x',
  'blob:http://x/1',
  '@evil.example',
  `/${'a'.repeat(2000)}`,
  undefined,
  null,
  7,
  ['/feeds'],
  { toString: () => '/feeds' },
];

it.each(NASTY.map((wanted) => [wanted]))('%j leads nowhere else', (wanted) => {
  expect(safePath(wanted, '/nowhere')).toBe('/nowhere');
});

it('leads to the first page where nothing else was asked for', () => {
  expect(safePath('//evil.example')).toBe('/');
});
