/** Pixels as rows of red, green, blue and alpha, from the top. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
}

/** No icon is larger; the numbers come from the file. */
const LONGEST_SIDE = 1024;
const BI_RGB = 0;
const BI_BITFIELDS = 3;

interface Bitmap {
  bytes: Buffer;
  width: number;
  height: number;
  bits: number;
  palette: number;
  pixels: number;
  mask: number;
}

/**
 * Decodes the bitmap of an ICO or CUR file: a BITMAPINFOHEADER of twice the height, its palette, the colours, and a
 * mask of one bit a pixel, rows from the bottom ([MS-WMF] 2.2.2.9; "Icons", J. Hornick, 1995).
 *
 * @returns null when it is of another kind, cut short, or absurdly large.
 */
export function readDib(bytes: Buffer): Pixels | null {
  const bitmap = readHeader(bytes);
  if (bitmap === null) return null;
  const { width, height } = bitmap;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) writePixel(bitmap, x, height - 1 - y, data, (y * width + x) * 4);
  }
  const opaque = bitmap.bits === 32 && data.some((value, index) => index % 4 === 3 && value > 0);
  // Only 32 bits have room for alpha, and many such files leave it empty: the mask decides there, as elsewhere.
  if (!opaque) applyMask(bitmap, data);
  return { data, width, height };
}

const rowLength = (width: number, bits: number) => Math.ceil((width * bits) / 32) * 4;

function readHeader(bytes: Buffer): Bitmap | null {
  if (bytes.length < 40) return null;
  const size = bytes.readUInt32LE(0);
  const width = bytes.readInt32LE(4);
  const height = Math.floor(Math.abs(bytes.readInt32LE(8)) / 2);
  const bits = bytes.readUInt16LE(14);
  const compression = bytes.readUInt32LE(16);
  const known = compression === BI_RGB || (compression === BI_BITFIELDS && bits === 32);
  if (size < 40 || size > 256 || !known || ![1, 4, 8, 24, 32].includes(bits)) return null;
  if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE) return null;
  const colours = bits > 8 ? 0 : bytes.readUInt32LE(32) || 1 << bits;
  if (colours > 256) return null;
  const palette = size + (compression === BI_BITFIELDS && size === 40 ? 12 : 0);
  const pixels = palette + colours * 4;
  const mask = pixels + rowLength(width, bits) * height;
  return mask > bytes.length ? null : { bytes, width, height, bits, palette, pixels, mask };
}

function writePixel(bitmap: Bitmap, x: number, row: number, data: Uint8Array, to: number): void {
  const { bytes, bits, width, palette, pixels } = bitmap;
  const line = pixels + row * rowLength(width, bits);
  let from = line + (x * bits) / 8;
  if (bits <= 8) {
    const shift = 8 - bits - ((x * bits) % 8);
    const index = ((bytes[Math.floor(from)] ?? 0) >> shift) & ((1 << bits) - 1);
    from = palette + index * 4;
  }
  data[to] = bytes[from + 2] ?? 0;
  data[to + 1] = bytes[from + 1] ?? 0;
  data[to + 2] = bytes[from] ?? 0;
  data[to + 3] = bits === 32 ? (bytes[from + 3] ?? 0) : 255;
}

function applyMask({ bytes, width, height, mask }: Bitmap, data: Uint8Array): void {
  const length = rowLength(width, 1);
  for (let y = 0; y < height; y += 1) {
    const line = mask + (height - 1 - y) * length;
    for (let x = 0; x < width; x += 1) {
      const masked = ((bytes[line + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
      data[(y * width + x) * 4 + 3] = masked ? 0 : 255;
    }
  }
}
