import { expect, it } from 'vitest';
import { countOf, formatBytes, formatMilliseconds, formatWait } from './format-figures';

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1000, '1.0 s'],
  [9949, '9.9 s'],
  [9950, '10 s'],
  [30_400, '30 s'],
])('says %i milliseconds as %s', (milliseconds, words) => {
  expect(formatMilliseconds(milliseconds)).toBe(words);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1234, '1.2 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [15_728_640, '16 MB'],
])('says %i bytes as %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

it('counts', () => {
  expect([countOf(0, 'item'), countOf(1, 'item'), countOf(2000, 'item')]).toEqual([
    '0 items',
    '1 item',
    '2,000 items',
  ]);
});

it.each([
  [0, '1 second'],
  [89_000, '89 seconds'],
  [90_000, '2 minutes'],
  [5_400_000, '2 hours'],
  [604_800_000, '7 days'],
])('says a wait of %i milliseconds as %s', (milliseconds, words) => {
  expect(formatWait(milliseconds)).toBe(words);
});
