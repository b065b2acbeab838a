import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { disc, makeDib, makeIco, makePng, makePngBomb } from '../../test/support/pictures';
import { convertPicture } from './convert-picture';

const square = (size: number) => makePng({ width: size, height: size });

/** The colour in the middle of an icon, or at a corner, and its size. */
async function look(png: Uint8Array | undefined, place: 'middle' | 'corner' = 'middle') {
  const { data, info } = await sharp(await decode(png))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = place === 'corner' ? 0 : ((info.height >> 1) * info.width + (info.width >> 1)) * 4;
  return { side: info.width, colour: [...data.subarray(at, at + 4)] };
}

async function decode(png: Uint8Array | undefined): Promise<Buffer> {
  expect(Buffer.from(png ?? []).toString('latin1', 1, 4)).toBe('PNG');
  return Buffer.from(png ?? []);
}

const isReddish = ([red = 0, green = 0, blue = 0, alpha = 0]: number[]) =>
  red > 190 && green < 70 && blue < 80 && alpha > 250;

const encode = (format: 'jpeg' | 'gif' | 'webp') =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: 'rgb(220,30,40)' } })
    .toFormat(format)
    .toBuffer();

const SVG = (body: string, attributes = 'viewBox="0 0 16 16"') =>
  Buffer.from(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`);

const RED_RECT = '<rect width="16" height="16" fill="#dc1e28"/>';

describe('convertPicture', () => {
  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['png', () => square(48)],
    ['jpeg', () => encode('jpeg')],
    ['gif', () => encode('gif')],
    ['webp', () => encode('webp')],
    ['svg', () => SVG(RED_RECT)],
    ['svg of a thousand pixels', () => SVG(RED_RECT, 'width="1000" height="1000" viewBox="0 0 16 16"')],
    ['ico with a png', () => makeIco([{ size: 64, bits: 32, bytes: square(64) }])],
    ...([1, 24, 32] as const).map((bits): [string, () => Buffer] => [
      `ico with a bitmap of ${bits} bits`,
      () => makeIco([{ size: 32, bits, bytes: makeDib({ width: 32, height: 32 }, bits) }]),
    ]),
  ])('makes both sizes of a %s', async (_name, make) => {
    const icon = await convertPicture(await make());
    expect(icon?.good).toBe(true);
    for (const [png, side] of [[icon?.png32, 32] as const, [icon?.png64, 64] as const]) {
      const seen = await look(png);
      expect(seen.side).toBe(side);
      expect(seen.colour).toSatisfy(isReddish);
    }
  });

  it('takes the frame of an ico that fits, and passes over those that are broken', async () => {
    const blue = makePng({ width: 16, height: 16, paint: () => [0, 0, 255, 255] });
    const frames = [
      { size: 16, bits: 32, bytes: blue },
      { size: 48, bits: 24, bytes: makeDib(disc(48, [220, 30, 40, 255]), 24) },
      { size: 0, bits: 32, bytes: Buffer.from('cut short') },
    ];
    const icon = await convertPicture(makeIco(frames));
    expect((await look(icon?.png32)).colour).toSatisfy(isReddish);
    // The mask of a bitmap without alpha is what makes its corners transparent.
    expect((await look(icon?.png32, 'corner')).colour[3]).toBe(0);
  });

  it('keeps a wide picture whole, and says that a square one would be better', async () => {
    const icon = await convertPicture(makePng({ width: 88, height: 31 }));
    expect(icon?.good).toBe(false);
    expect((await look(icon?.png64)).colour).toSatisfy(isReddish);
    expect((await look(icon?.png64, 'corner')).colour[3]).toBe(0);
  });

  it('makes do with a small one', async () => {
    expect(await convertPicture(square(16))).toMatchObject({ good: false });
  });

  it.each([
    ['nearly black', [10, 10, 20, 255] as const, 220],
    ['nearly white', [250, 250, 250, 255] as const, 70],
  ])('a %s one on transparent ground gets a ground', async (_name, colour, level) => {
    const icon = await convertPicture(makePng(disc(64, [...colour])));
    const { colour: corner } = await look(icon?.png64, 'corner');
    expect(corner[3]).toBe(255);
    expect(Math.abs((corner[1] ?? 0) - level)).toBeLessThan(20);
    const { colour: middle } = await look(icon?.png64);
    expect(Math.abs((middle[0] ?? 0) - colour[0])).toBeLessThan(8);
  });

  it.each<[string, () => Buffer]>([
    ['a page', () => Buffer.from('<!doctype html><html><body><svg></svg></body></html>')],
    ['nothing', () => Buffer.alloc(0)],
    ['a broken png', () => square(64).subarray(0, 60)],
    ['a bomb', () => makePngBomb(60_000)],
    ['a pixel that counts visitors', () => square(1)],
    ['a transparent one', () => makePng({ width: 32, height: 32, paint: () => [255, 0, 0, 0] })],
    ['an ico without frames', () => makeIco([])],
    ['an ico that claims a billion pixels', () => makeIco([{ size: 0, bits: 32, bytes: claimDib(32_000) }])],
    ['an endless svg', () => SVG(RED_RECT, 'width="10000000" height="10000000"')],
    ['an svg of half a megabyte', () => SVG(RED_RECT + ' '.repeat(500_000))],
    ['a tiff', () => Buffer.from('II*\0\x08\0\0\0\0\0\0\0', 'latin1')],
  ])('%s is none', async (_name, make) => {
    expect(await convertPicture(make())).toBeNull();
  });

  it('a drawing sees no files of ours', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tidings-svg-')), 'secret.png');
    writeFileSync(file, square(16));
    const image = (href: string) => `<image width="16" height="16" href="${href}"/>`;
    const green = '<rect width="16" height="16" fill="#00ff00"/>';
    const seen = async (href: string) =>
      (await look((await convertPicture(SVG(green + image(href))))?.png32)).colour;
    expect(await seen(`file://${file}`)).toEqual([0, 255, 0, 255]);
    expect(await seen(file)).toEqual([0, 255, 0, 255]);
    expect(await seen(`data:image/png;base64,${square(16).toString('base64')}`)).toSatisfy(isReddish);
  });
});

/** A bitmap with nothing behind its header. */
function claimDib(side: number): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(side, 4);
  header.writeInt32LE(side * 2, 8);
  header.writeUInt16LE(32, 14);
  return header;
}
