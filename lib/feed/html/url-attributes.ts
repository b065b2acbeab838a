import { resolveUrl } from './resolve-url';

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

/** Resolves the candidates of a `srcset` (HTML, 2.5.3: addresses may contain commas, but not start or end with one). */
export function resolveSrcset(value: string, base: string): string {
  return value
    .trim()
    .split(/,\s+|\s*,(?=\s*\S+\s+[\d.]+[wx]\b)/)
    .map((candidate) => {
      const [url = '', ...descriptors] = candidate.trim().split(/\s+/);
      return [resolveUrl(url, base) ?? '', ...descriptors].join(' ');
    })
    .filter((candidate) => candidate !== '')
    .join(', ');
}
