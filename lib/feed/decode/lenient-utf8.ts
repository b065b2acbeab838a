import iconv from 'iconv-lite';

/** Multi-byte sequences that are enough to believe that a document is UTF-8 whatever it declares. */
const PROOF = 2;
/** Bytes examined. */
const SAMPLE = 1_000_000;
const LATIN = /^(?:windows-125[0-8]|iso-?8859|us-ascii|utf-8|mac|cp\d+$|koi8)/;

/**
 * Whether bytes are UTF-8 for the most part. The lead and continuation bytes of UTF-8 are improbable in any
 * single-byte charset; in the two-byte charsets of East Asia they are not, so there only longer sequences count.
 * @param declared the charset that the document says it is in
 */
export function looksLikeUtf8(bytes: Buffer, declared: string): boolean {
  const { two, longer, invalid } = countSequences(bytes);
  const good = LATIN.test(declared) ? two + longer : longer;
  if (declared === 'utf-8') return good > invalid;
  return (
    invalid === 0 && (LATIN.test(declared) ? good >= PROOF || longer > 0 : good >= 3 * PROOF && longer > two)
  );
}

function countSequences(bytes: Buffer): { two: number; longer: number; invalid: number } {
  let two = 0;
  let longer = 0;
  let invalid = 0;
  const end = Math.min(bytes.length, SAMPLE);
  for (let at = 0; at < end; ) {
    if ((bytes[at] ?? 0) < 0x80) {
      at += 1;
      continue;
    }
    const length = sequenceLength(bytes, at);
    if (length === 0) invalid += 1;
    else if (length === 2) two += 1;
    else longer += 1;
    at += length || 1;
  }
  return { two, longer, invalid };
}

/** Length of the valid multi-byte sequence at `at`; 0 when there is none (RFC 3629, section 4). */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  const length =
    lead >= 0xc2 && lead <= 0xdf
      ? 2
      : lead >= 0xe0 && lead <= 0xef
        ? 3
        : lead >= 0xf0 && lead <= 0xf4
          ? 4
          : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let index = 1; index < length; index += 1) if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return 0;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0;
  return length;
}

/** UTF-8 in which bytes that are no UTF-8 are read as windows-1252: a quotation pasted from elsewhere stays legible. */
export function decodeLenientUtf8(bytes: Buffer): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    if ((bytes[at] ?? 0) < 0x80) {
      at += 1;
      continue;
    }
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    let end = at + 1;
    while (end < bytes.length && (bytes[end] ?? 0) >= 0x80 && sequenceLength(bytes, end) === 0) end += 1;
    parts.push(bytes.toString('utf8', from, at), iconv.decode(bytes.subarray(at, end), 'windows-1252'));
    from = end;
    at = end;
  }
  parts.push(bytes.toString('utf8', from));
  return parts.join('');
}
