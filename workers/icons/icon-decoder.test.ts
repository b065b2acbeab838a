import { afterEach, expect, it } from 'vitest';
import { makePng } from '../../test/support/pictures';
import { createIconDecoder, type IconDecoder } from './icon-decoder';

let decoder: IconDecoder;
afterEach(() => decoder.close());

const PICTURE = makePng({ width: 64, height: 64 });

/** Filters upon filters: minutes of work for the few bytes that they are. */
const SLOW_SVG = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128"><filter id="f" x="0" y="0" width="1" height="1">${'<feTurbulence baseFrequency="0.9" numOctaves="200"/><feMorphology operator="dilate" radius="60"/>'.repeat(
    700,
  )}</filter><rect width="128" height="128" filter="url(#f)"/></svg>`,
);

it('converts pictures and reads pages, one after the other', async () => {
  decoder = createIconDecoder();
  const page = Buffer.from('<link rel=icon href=/i.png>');
  const [icon, links, none] = await Promise.all([
    decoder.convert(PICTURE),
    decoder.findLinks(page, 'https://example.org/'),
    decoder.convert(page),
  ]);
  expect(icon?.good).toBe(true);
  expect(links).toEqual(['https://example.org/i.png']);
  expect(none).toBeNull();
});

it('gives up what takes too long, and goes on', async () => {
  decoder = createIconDecoder(1500);
  expect(await decoder.convert(PICTURE)).not.toBeNull();
  const begun = performance.now();
  expect(await decoder.convert(SLOW_SVG)).toBeNull();
  expect(performance.now() - begun).toBeGreaterThan(1400);
  expect(performance.now() - begun).toBeLessThan(3000);
  expect(await decoder.convert(PICTURE)).not.toBeNull();
});
