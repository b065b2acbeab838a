import { isPlainUrl } from './plain-url';

/** An address without its scheme, as people type it into a feed's settings. */
const BARE_HOST = /^www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#]|$)/i;
/** Schemes whose addresses are opaque: `URL` would only change their spelling. */
const OPAQUE = /^(?!https?:|ftp:|file:)[a-z][a-z0-9+.-]*:/i;

/**
 * An absolute address, or the trimmed reference itself when there is no base to resolve it against (RFC 3986, 5).
 * Repairs what feeds get wrong: `&amp;` escaped twice, white space inside, hosts without scheme.
 * @param base absolute address, or an empty string
 * @returns null for an empty reference
 */
export function resolveUrl(reference: string, base: string): string | null {
  if (isPlainUrl(reference) && !reference.includes('&amp;')) return reference;
  let value = reference.trim();
  if (value === '') return null;
  if (value.includes('&amp;')) value = value.replaceAll('&amp;', '&');
  if (OPAQUE.test(value)) return value;
  if (BARE_HOST.test(value)) value = `http://${value}`;
  if (value.startsWith('//') && base === '') value = `https:${value}`;
  try {
    return (base === '' ? new URL(value) : new URL(value, base)).href;
  } catch {
    return value;
  }
}
