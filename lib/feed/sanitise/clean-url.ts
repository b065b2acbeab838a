import { parseSrcset } from '../html/srcset';

/** An address that is what it seems: nothing in it for a parser to change. */
const PLAIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?(?:[/?#][\w.~:/?#[\]@!$&()*+,;=%-]*)?$/i;
/** Longer addresses are refused by servers, and grow regular expressions for nothing. */
const MAX_LENGTH = 8000;
const IMAGE_DATA = /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp|x-icon);base64,[a-z0-9+/=\s]+$/i;
/** What a link to elsewhere has behind its address, as it is written. */
export const LINK_EXTRAS = ' rel="noopener noreferrer" target="_blank"';
/** What a link may lead to: pages, people, and applications that ask before they act. */
const LINK_PROTOCOLS = new Set([
  'http:',
  'https:',
  'mailto:',
  'tel:',
  'sms:',
  'xmpp:',
  'irc:',
  'ircs:',
  'magnet:',
  'ftp:',
  'gemini:',
  'gopher:',
  'matrix:',
  'geo:',
]);

/**
 * An address for `href`, absolute.
 * @param base address of the item: a reference into the page (`#note`) leads there, unless it is a note (notes.ts)
 * @returns null for what is no address, or one that runs something
 */
export function cleanLink(value: string, base: string): string | null {
  if (value.length <= MAX_LENGTH && PLAIN.test(value)) return value;
  const url = parseUrl(value, base);
  return url && LINK_PROTOCOLS.has(url.protocol) ? url.href : null;
}

/**
 * An address that is loaded (`src`, `poster`), by https, which is how pages load it (Content-Security-Policy): what is
 * still written with http has nearly always come to have both. Never one with a name and password in it.
 */
export function cleanResource(value: string, base: string): string | null {
  if (value.length <= MAX_LENGTH && PLAIN.test(value) && value.startsWith('https:')) return value;
  const url = parseUrl(value, base);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || url.password)
    return null;
  url.protocol = 'https:';
  return url.href;
}

/** An address of a picture: also one that is its own bytes, in a format that cannot hold a script. */
export function cleanImage(value: string, base: string): string | null {
  if (/^\s*data:/i.test(value)) {
    const data = value.trim();
    return IMAGE_DATA.test(data) ? data.replace(/\s+/g, '') : null;
  }
  return cleanResource(value, base);
}

/** A `srcset` of addresses that may be loaded; null when none is left. */
export function cleanSrcset(value: string, base: string): string | null {
  if (value === '') return null;
  const kept: string[] = [];
  for (const { url, descriptor } of parseSrcset(value)) {
    const clean = cleanResource(url, base);
    // A comma would start the next candidate.
    if (clean) kept.push(`${clean.replaceAll(',', '%2C')}${descriptor && ` ${descriptor}`}`);
  }
  return kept.length > 0 ? kept.join(', ') : null;
}

function parseUrl(value: string, base: string): URL | null {
  const text = value.trim();
  if (text === '' || text.length > MAX_LENGTH) return null;
  if (URL.canParse(text)) return new URL(text);
  return base !== '' && URL.canParse(text, base) ? new URL(text, base) : null;
}
