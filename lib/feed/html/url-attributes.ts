import { resolveUrl } from './resolve-url';
import { parseSrcset } from './srcset';

/** Attributes that hold one address, on whatever element (HTML, "attributes" index, and the obsolete ones). */
const SINGLE = new Set([
  'href',
  'src',
  'poster',
  'cite',
  'longdesc',
  'action',
  'formaction',
  'background',
  'codebase',
  'data',
  'usemap',
  'classid',
  'profile',
  'dynsrc',
  'lowsrc',
]);

/** Whether an attribute's value is an address or a list of them. */
export function isUrlAttribute(name: string): boolean {
  return SINGLE.has(name) || name === 'srcset' || name === 'imagesrcset';
}

/** The value of a URL attribute with its addresses made absolute; references into the same page (`#note`) stay. */
export function resolveAttribute(name: string, value: string, base: string): string {
  if (name.endsWith('srcset')) return resolveSrcset(value, base);
  if (!SINGLE.has(name) || value.startsWith('#') || value.trim() === '') return value;
  return resolveUrl(value, base) ?? value;
}

/** Resolves the candidates of a `srcset`; commas in an address would end it, so they are encoded. */
function resolveSrcset(value: string, base: string): string {
  return parseSrcset(value)
    .map(({ url, descriptor }) =>
      [(resolveUrl(url, base) ?? url).replaceAll(',', '%2C'), descriptor].join(' ').trim(),
    )
    .join(', ');
}
