import { type Pixels, readDib } from './read-dib';

const ENTRY_LENGTH = 16;
/** A file of icons holds a handful; the number comes from the file. */
const MAX_ENTRIES = 64;
/** The size, in pixels, from which on larger ones bring nothing. */
const WANTED = 64;

interface Entry {
  size: number;
  bits: number;
  bytes: Buffer;
}

/** A frame of an ICO file: a PNG file of its own, or pixels. */
export type IcoFrame = { kind: 'png'; bytes: Buffer } | { kind: 'pixels'; pixels: Pixels };

const isPng = (bytes: Buffer) => bytes.toString('latin1', 0, 4) === '\x89PNG';

/**
 * Takes the best frame out of an ICO file, which sharp cannot read: the smallest of at least 64 pixels, else the
 * largest. Frames that cannot be read are passed over.
 *
 * @returns null when there is none.
 */
export function readIco(file: Buffer): IcoFrame | null {
  for (const { bytes } of listEntries(file).sort(compareEntries)) {
    if (isPng(bytes)) return { kind: 'png', bytes };
    const pixels = readDib(bytes);
    if (pixels !== null) return { kind: 'pixels', pixels };
  }
  return null;
}

function listEntries(file: Buffer): Entry[] {
  const count = file.length < 6 ? 0 : Math.min(MAX_ENTRIES, file.readUInt16LE(4));
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = 6 + index * ENTRY_LENGTH;
    if (at + ENTRY_LENGTH > file.length) break;
    const offset = file.readUInt32LE(at + 12);
    const bytes = file.subarray(offset, offset + file.readUInt32LE(at + 8));
    // A side of 256 pixels does not fit into its byte, and is written as 0.
    entries.push({ size: file[at] || 256, bits: file.readUInt16LE(at + 6), bytes });
  }
  return entries;
}

function compareEntries(a: Entry, b: Entry): number {
  if (a.size === b.size) return b.bits - a.bits;
  const enough = Number(b.size >= WANTED) - Number(a.size >= WANTED);
  if (enough !== 0) return enough;
  return a.size >= WANTED ? a.size - b.size : b.size - a.size;
}
