import { analyse } from 'chardet';
import { normaliseCharset } from './charset-label';

/** Bytes that detection looks at: statistics need no more, and it costs 0.1 ms a kilobyte. */
const SAMPLE = 32_768;

/** The most likely charset of bytes that are no UTF-8 and declare nothing usable. */
export function detectCharset(bytes: Buffer): string {
  const sample = collectText(bytes);
  if (looksThai(sample)) return 'windows-874';
  for (const { name } of analyse(sample)) {
    const charset = normaliseCharset(name);
    if (charset && !/^utf-/.test(charset)) return charset;
  }
  return 'windows-1252';
}

/** The text of a document without its markup, which would drown the few bytes that tell charsets apart. */
function collectText(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const from = Math.max(0, first - 512);
  const text = bytes.subarray(from, from + 4 * SAMPLE).toString('latin1');
  return Buffer.from(text.replace(/<[^<>]{0,2000}>|&[#\w]{1,20};/g, ' ').slice(0, SAMPLE), 'latin1');
}

/** ICU's detector knows no Thai: nearly every letter is a high byte, and vowels and tone marks follow consonants. */
function looksThai(bytes: Buffer): boolean {
  let high = 0;
  let outside = 0;
  let marks = 0;
  for (const byte of bytes) {
    if (byte < 0x80) continue;
    high += 1;
    if (byte < 0xa1 || (byte > 0xda && byte < 0xdf) || byte > 0xfb) outside += 1;
    else if ((byte >= 0xd0 && byte <= 0xd9) || (byte >= 0xe0 && byte <= 0xec)) marks += 1;
  }
  const density = high / Math.max(1, bytes.length);
  return high > 20 && density > 0.4 && outside === 0 && marks > high * 0.25 && marks < high * 0.6;
}
