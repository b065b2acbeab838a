import { isAscii, isUtf8 } from 'node:buffer';
import { decodeAs, normaliseCharset } from './charset-label';
import { detectCharset } from './detect-charset';
import { hasControls } from './has-controls';
import { decodeLenientUtf8, looksLikeUtf8 } from './lenient-utf8';

/** A document as text, and how its bytes were read. */
export interface DecodedText {
  text: string;
  charset: string;
  /** Whether it is known to have no control characters but white space. */
  isPrintable: boolean;
  /** Stable codes of what was wrong with the declared charset. */
  warnings: ('charset-mislabelled' | 'charset-guessed' | 'invalid-bytes')[];
}

/** Bytes at the start in which a declaration is looked for. */
const DECLARATION_BYTES = 1024;

/**
 * Decodes a document: byte order mark, then the charset of the Content-Type header, then the XML declaration, then
 * UTF-8 if the bytes are valid, then detection (RFC 7303, section 3.2; "BOM sniffing" of the Encoding Standard). A
 * declaration that the bytes contradict is not believed: half of the wrong charsets on the web are UTF-8 that is
 * declared as something else, or the other way round.
 * @param contentType the Content-Type header, as sent
 */
export function decodeBytes(bytes: Uint8Array, contentType: string | null): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = sniffWide(buffer);
  if (wide) return toDecoded(decodeAs(buffer.subarray(wide.skip), wide.charset), wide.charset);
  const hasBom = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
  const body = hasBom ? buffer.subarray(3) : buffer;
  const declared = readDeclaredCharsets(body, contentType);
  // ISO-2022 and HZ hide their characters in ASCII bytes.
  const escapes = declared.find((charset) => /^(?:iso-2022-|hz-gb|utf-7)/.test(charset));
  if (isAscii(body) && !escapes)
    return { ...toDecoded(body.toString('latin1'), 'us-ascii'), isPrintable: !hasControls(body) };
  if (hasBom && !isUtf8(body)) return toDecoded(decodeLenientUtf8(body), 'utf-8', 'invalid-bytes');
  if (hasBom) return decodeUtf8(body);
  return decodeDeclared(body, declared);
}

function decodeDeclared(body: Buffer, declared: string[]): DecodedText {
  const valid = isUtf8(body);
  const first = declared[0];
  if (valid && (!first || first === 'utf-8' || looksLikeUtf8(body, first))) {
    return first && first !== 'utf-8' ? decodeUtf8(body, 'charset-mislabelled') : decodeUtf8(body);
  }
  for (const charset of declared) {
    if (charset === 'utf-8' || charset === 'us-ascii') continue;
    const text = decodeAs(body, charset);
    if (text.includes('\ufffd')) continue;
    return charset === first ? toDecoded(text, charset) : toDecoded(text, charset, 'charset-mislabelled');
  }
  if (valid) return decodeUtf8(body, 'charset-mislabelled');
  if (looksLikeUtf8(body, 'utf-8')) return toDecoded(decodeLenientUtf8(body), 'utf-8', 'invalid-bytes');
  const trusted = declared.find((charset) => charset !== 'utf-8' && charset !== 'us-ascii');
  const charset = trusted ?? detectCharset(body);
  return toDecoded(decodeAs(body, charset), charset, trusted ? 'invalid-bytes' : 'charset-guessed');
}

function toDecoded(text: string, charset: string, ...warnings: DecodedText['warnings']): DecodedText {
  return { text, charset, isPrintable: false, warnings };
}

function decodeUtf8(body: Buffer, ...warnings: DecodedText['warnings']): DecodedText {
  return { text: body.toString('utf8'), charset: 'utf-8', isPrintable: !hasControls(body), warnings };
}

/** UTF-16 and UTF-32, by their byte order mark or by the zero bytes around the first `<` or `{`. */
function sniffWide(bytes: Buffer): { charset: string; skip: number } | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { charset: 'utf-32le', skip: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { charset: 'utf-32be', skip: 4 };
  if (a === 0xff && b === 0xfe) return { charset: 'utf-16le', skip: 2 };
  if (a === 0xfe && b === 0xff) return { charset: 'utf-16be', skip: 2 };
  if (a === 0 && b === 0 && c === 0 && d) return { charset: 'utf-32be', skip: 0 };
  if (a && b === 0 && c === 0 && d === 0) return { charset: 'utf-32le', skip: 0 };
  if (a === 0 && b && c === 0 && d) return { charset: 'utf-16be', skip: 0 };
  if (a && b === 0 && c && d === 0) return { charset: 'utf-16le', skip: 0 };
  return null;
}

/** Charsets that the header and the document declare, in order of authority, those that nobody knows left out. */
function readDeclaredCharsets(bytes: Buffer, contentType: string | null): string[] {
  const header = /charset\s*[=:]\s*["']?\s*([\w.:()-]+)/i.exec(contentType ?? '')?.[1];
  const head = bytes.subarray(0, DECLARATION_BYTES).toString('latin1');
  const declaration = /<\?xml[^<>]*?encoding\s*=\s*["']?\s*([\w.:()-]+)/i.exec(head)?.[1];
  const declared = [header, declaration].map((label) => (label ? normaliseCharset(label) : null));
  // A document read as bytes has a declaration in ASCII, so it cannot be in UTF-16, whatever it says.
  return [
    ...new Set(declared.filter((charset) => charset !== null && !/^utf-(?:16|32)/.test(charset))),
  ] as string[];
}
