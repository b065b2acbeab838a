import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { readIco } from './read-ico';
import { sniffPicture } from './sniff-picture';

/** Unpacked: 4096 by 4096. What claims to be larger is refused before it is unpacked. */
const MAX_PIXELS = 16_777_216;
const MAX_SVG_BYTES = 262_144;
/** Pictures smaller than this count visitors, rather than stand for a site. */
const SMALLEST = 8;
/** From here on a picture is large enough not to look for another. */
const LARGE_ENOUGH = 32;
/** How much longer one side may be than the other in what still passes for an icon. */
const SQUARE = 1.25;
const DECODE_SECONDS = 4;

const TRANSPARENT = { r: 0, g: 0, b: 0, alpha: 0 };
/** Behind transparent pictures that are nearly black or nearly white: nobody would see them on such paper. */
const GROUNDS = { light: '#e9e8e3', dark: '#34434a' };

/** A picture as an icon. */
export interface IconPicture {
  png32: Uint8Array;
  png64: Uint8Array;
  /** Whether it is square and large enough, so that no better one need be looked for. */
  good: boolean;
}

interface Source {
  open: () => Sharp;
  width: number;
  height: number;
}

// Pictures come from strangers: of all that libvips can read, only what browsers show as icons.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Png', 'Jpeg', 'Nsgif', 'Webp', 'Svg'].map((name) => `VipsForeignLoad${name}Buffer`),
});
sharp.concurrency(1);
sharp.cache(false);

/**
 * Makes an icon of a picture in PNG, JPEG, GIF (its first frame), WebP, SVG or ICO: 32 and 64 pixels square, as PNG,
 * whole, on transparent ground where it is not square.
 *
 * @returns null when it is no picture, cannot be decoded, is too small, too large, or empty.
 */
export async function convertPicture(bytes: Buffer): Promise<IconPicture | null> {
  try {
    const source = await openPicture(bytes);
    if (source === null || Math.min(source.width, source.height) < SMALLEST) return null;
    const ground = await chooseGround(source);
    if (ground === 'empty') return null;
    return {
      png32: await drawIcon(source, 32, ground).png({ compressionLevel: 9 }).toBuffer(),
      png64: await drawIcon(source, 64, ground).png({ compressionLevel: 9 }).toBuffer(),
      good: isGood(source),
    };
  } catch (error) {
    // sharp tells of undecodable pictures with plain errors; anything else is a bug.
    if (error instanceof Error && error.constructor === Error) return null;
    throw error;
  }
}

function isGood({ width, height }: Source): boolean {
  const [short, long] = width < height ? [width, height] : [height, width];
  return short >= LARGE_ENOUGH && long / short <= SQUARE;
}

const LIMITS: SharpOptions = { limitInputPixels: MAX_PIXELS, failOn: 'error' };

async function openPicture(bytes: Buffer): Promise<Source | null> {
  switch (sniffPicture(bytes)) {
    case null:
      return null;
    case 'svg':
      return bytes.length > MAX_SVG_BYTES ? null : openDrawing(bytes);
    case 'ico':
      return openFrame(bytes);
    default:
      return openPixels(bytes);
  }
}

async function openPixels(bytes: Buffer): Promise<Source> {
  const { autoOrient } = await sharp(bytes, LIMITS).metadata();
  return { open: () => sharp(bytes, LIMITS).autoOrient(), ...autoOrient };
}

async function openFrame(bytes: Buffer): Promise<Source | null> {
  const frame = readIco(bytes);
  if (frame === null) return null;
  if (frame.kind === 'png') return openPixels(frame.bytes);
  const { data, width, height } = frame.pixels;
  return { open: () => sharp(data, { raw: { width, height, channels: 4 } }), width, height };
}

/** A drawing is rendered about as large as it is needed, whatever size it says it has. */
async function openDrawing(bytes: Buffer): Promise<Source> {
  const { width, height } = await sharp(bytes, { ...LIMITS, limitInputPixels: false }).metadata();
  const density = Math.min(7200, Math.max(1, (72 * 128) / Math.max(width, height)));
  // Drawn in any size, even a drawing of 16 pixels is large enough.
  const scale = Math.max(1, LARGE_ENOUGH / Math.min(width, height));
  return {
    open: () => sharp(bytes, { ...LIMITS, density }),
    width: width * scale,
    height: height * scale,
  };
}

/** What a picture needs behind it to be seen on any paper; `empty` when there is nothing to be seen. */
async function chooseGround(source: Source): Promise<string | null | 'empty'> {
  const { data } = await drawIcon(source, 32, null).raw().toBuffer({ resolveWithObject: true });
  let covered = 0;
  let light = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
    covered += alpha / 255;
    light += ((0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255) * (alpha / 255);
  }
  if (covered < 4) return 'empty';
  if (covered > 0.9 * 1024) return null;
  const mean = light / covered;
  if (mean > 0.85) return GROUNDS.dark;
  return mean < 0.2 ? GROUNDS.light : null;
}

/** The ground is given twice since sharp has an order of its own: it may fill before it resizes, or after. */
function drawIcon({ open }: Source, size: number, ground: string | null): Sharp {
  const picture = open().timeout({ seconds: DECODE_SECONDS }).toColourspace('srgb').ensureAlpha();
  if (ground === null) return picture.resize(size, size, { fit: 'contain', background: TRANSPARENT });
  const inner = Math.round(size * 0.375) * 2;
  const margin = (size - inner) / 2;
  return picture
    .flatten({ background: ground })
    .resize(inner, inner, { fit: 'contain', background: ground })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: ground });
}
