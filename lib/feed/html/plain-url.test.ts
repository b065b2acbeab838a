import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPlainUrl } from './plain-url';

it('holds only for addresses that parsing would not change', () => {
  const piece = fc.constantFrom(
    'a',
    'B',
    '.',
    '..',
    '/',
    '//',
    '%2e',
    '%2E',
    '%zz',
    '?',
    '#',
    '@',
    ':',
    '80',
    'xn--a',
    '0x7f',
    '1',
    '-',
    '_',
    '~',
    '=',
    '&',
    '+',
    ',',
    ';',
    '!',
    '$',
    '(',
    ')',
    '*',
    ' ',
    '"',
    "'",
    '<',
    '|',
    '\\',
    'ü',
    'example.org',
    'www',
    '.com/',
  );
  let plain = 0;
  fc.assert(
    fc.property(
      fc.constantFrom('http://', 'https://', 'https://a.example/', 'https://b.example'),
      fc.array(piece, { maxLength: 8 }),
      (start, pieces) => {
        const url = start + pieces.join('');
        if (!isPlainUrl(url)) return;
        plain += 1;
        expect(new URL(url).href).toBe(url);
      },
    ),
    { seed: 1, numRuns: 30_000 },
  );
  expect(plain).toBeGreaterThan(500);
});

it('takes linear time', () => {
  for (const url of [
    `https://${'a.'.repeat(200)}`,
    `https://a.example/${'a/'.repeat(200)}\u0000`,
    `https://a.example/${'aa'.repeat(200)}"`,
  ]) {
    const start = performance.now();
    isPlainUrl(url);
    expect(performance.now() - start).toBeLessThan(100);
  }
});
