import iconv from 'iconv-lite';

/**
 * Labels that mean something else than they say (Encoding Standard, 4.2): text that is labelled with the first has
 * always been written with the second, its superset.
 */
const SUPERSETS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'iso-8859-1': 'windows-1252',
    'iso8859-1': 'windows-1252',
    latin1: 'windows-1252',
    l1: 'windows-1252',
    'iso_8859-1': 'windows-1252',
    ansi: 'windows-1252',
    'iso-8859-9': 'windows-1254',
    'tis-620': 'windows-874',
    'iso-8859-11': 'windows-874',
    gb2312: 'gb18030',
    gbk: 'gb18030',
    'gb_2312-80': 'gb18030',
    cp936: 'gb18030',
    'euc-cn': 'gb18030',
    'ks_c_5601-1987': 'euc-kr',
    'x-sjis': 'shift_jis',
    sjis: 'shift_jis',
    'shift-jis': 'shift_jis',
    ascii: 'us-ascii',
    'us-ascii': 'us-ascii',
    'ansi_x3.4-1968': 'us-ascii',
    utf8: 'utf-8',
    'utf-8': 'utf-8',
    'unicode-1-1-utf-8': 'utf-8',
    u8: 'utf-8',
    unicode: 'utf-16le',
    utf16: 'utf-16le',
    'utf-16': 'utf-16le',
  }),
);

/** Charsets that Node's ICU decodes as the Encoding Standard says; the others are left to iconv-lite. */
const NATIVE = new Set([
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
  'iso-2022-jp',
  'utf-16le',
  'utf-16be',
]);

/** The charset that a label names, in lower case; null when nothing here can decode it. */
export function normaliseCharset(label: string): string | null {
  const lower = label.trim().toLowerCase();
  const charset = SUPERSETS.get(lower) ?? SUPERSETS.get(lower.replaceAll('_', '-')) ?? lower;
  if (charset === 'us-ascii' || charset === 'utf-8' || iconv.encodingExists(charset)) return charset;
  // feedparser's corpus: `windows_1253`, `cp-1251`, `iso 8859 2`.
  const squeezed = lower.replace(/[^a-z0-9]/g, '');
  return squeezed && iconv.encodingExists(squeezed) ? squeezed : null;
}

/** Decodes bytes; what the charset cannot mean becomes U+FFFD. */
export function decodeAs(bytes: Buffer, charset: string): string {
  if (NATIVE.has(charset)) return new TextDecoder(charset, { ignoreBOM: false }).decode(bytes);
  return iconv.decode(bytes, charset === 'us-ascii' ? 'windows-1252' : charset);
}
