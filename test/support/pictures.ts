import { deflateSync } from 'node:zlib';

/** Pictures as sites have them, made byte by byte: the decoder under test has no part in it. */

type Colour = [red: number, green: number, blue: number, alpha: number];

export const RED: Colour = [220, 30, 40, 255];
const CLEAR: Colour = [0, 0, 0, 0];

export interface Drawing {
  width: number;
  height: number;
  /** Of the pixel at x and y; red where it is left out. */
  paint?: (x: number, y: number) => Colour;
}

/** A disc on transparent ground. */
export const disc = (size: number, colour: Colour): Drawing => ({
  width: size,
  height: size,
  paint: (x, y) => (Math.hypot(x - (size - 1) / 2, y - (size - 1) / 2) < size * 0.42 ? colour : CLEAR),
});

const CRC_TABLE = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header)]);
}

function paintRow({ width, paint = () => RED }: Drawing, y: number): Colour[] {
  return Array.from({ length: width }, (_, x) => paint(x, y));
}

/** @returns a PNG file, 8 bits a channel with alpha. */
export function makePng(drawing: Drawing): Buffer {
  const { width, height } = drawing;
  const rows = Array.from({ length: height }, (_, y) => Buffer.from([0, ...paintRow(drawing, y).flat()]));
  return Buffer.concat([
    pngHeader(width, height),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @returns a PNG file of a few kilobytes that claims, and unpacks, to `side` squared. */
export function makePngBomb(side: number): Buffer {
  const data = deflateSync(Buffer.alloc(4 * side * 64), { level: 9 });
  return Buffer.concat([pngHeader(side, side), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** @returns the bitmap of an ICO file with a palette of two, or of three or four bytes a pixel. */
export function makeDib(drawing: Drawing, bits: 1 | 24 | 32): Buffer {
  const { width, height } = drawing;
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(width, 4);
  header.writeInt32LE(height * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(bits, 14);
  const palette = bits === 1 ? Buffer.from([0, 0, 0, 0, RED[2], RED[1], RED[0], 0]) : Buffer.alloc(0);
  const rows = Array.from({ length: height }, (_, y) => paintRow(drawing, height - 1 - y));
  const colours = rows.map((row) => {
    if (bits === 1) return packBits(row.map(([, , , alpha]) => alpha > 0));
    const bytes = row.flatMap(([r, g, b, a]) => (bits === 32 ? [b, g, r, a] : [b, g, r]));
    return Buffer.from([...bytes, ...Array<number>((4 - (bytes.length % 4)) % 4).fill(0)]);
  });
  const mask = rows.map((row) => packBits(row.map(([, , , alpha]) => alpha === 0)));
  return Buffer.concat([header, palette, ...colours, ...mask]);
}

function packBits(bits: boolean[]): Buffer {
  const row = Buffer.alloc(Math.ceil(bits.length / 32) * 4);
  for (const [at, bit] of bits.entries())
    row[at >> 3] = (row[at >> 3] ?? 0) | (Number(bit) << (7 - (at & 7)));
  return row;
}

/** @param frames PNG files or bitmaps, with the size that the directory gives them. */
export function makeIco(frames: { size: number; bits: number; bytes: Buffer }[]): Buffer {
  const directory = Buffer.alloc(6 + frames.length * 16);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(frames.length, 4);
  let offset = directory.length;
  for (const [index, { size, bits, bytes }] of frames.entries()) {
    const at = 6 + index * 16;
    directory.set([size % 256, size % 256], at);
    directory.writeUInt16LE(bits, at + 6);
    directory.writeUInt32LE(bytes.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += bytes.length;
  }
  return Buffer.concat([directory, ...frames.map(({ bytes }) => bytes)]);
}
