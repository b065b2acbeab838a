export type PictureFormat = 'png' | 'jpeg' | 'gif' | 'webp' | 'ico' | 'svg';

const SIGNATURES: [format: PictureFormat, offset: number, bytes: string][] = [
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['gif', 0, 'GIF8'],
  ['webp', 8, 'WEBP'],
  ['ico', 0, '\0\0\x01\0'],
];

/**
 * What a picture is by its first bytes (WHATWG MIME Sniffing, section 6.1): servers mislabel icons, and what is no
 * picture that browsers show as an icon is not handed to any decoder.
 */
export function sniffPicture(bytes: Uint8Array): PictureFormat | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096)).toString(
    'latin1',
  );
  const known = SIGNATURES.find(([, offset, signature]) => start.startsWith(signature, offset));
  if (known) return known[0];
  const markup = start.replace(/^\xef\xbb\xbf/, '').trimStart();
  return /^<(?:\?xml|!--|!doctype svg|svg)/i.test(markup) && /<svg[\s>]/i.test(markup) ? 'svg' : null;
}
