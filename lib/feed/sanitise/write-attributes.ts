import { decodeHTMLAttribute } from 'entities';
import { cleanAttributes } from './clean-attributes';
import type { Notes } from './notes';

/** Text as sanitize-html escapes it. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : text;
}

/**
 * The attributes of a plain tag as sanitize-html writes them after `cleanAttributes`.
 * @param source what stands between name and end: names in lower case, each with a value in double quotes
 * @returns null when the element is not to be shown
 */
export function writeAttributes(name: string, source: string, base: string, notes: Notes): string | null {
  const kept = cleanAttributes(name, readAttributes(source), base, notes);
  if (!kept) return null;
  let text = '';
  for (const key of Object.keys(kept)) {
    const value = kept[key] ?? '';
    if (value === '' && key !== 'alt') text += ` ${key}`;
    else text += ` ${key}="${/[&<>"]/.test(value) ? escapeText(value).replaceAll('"', '&quot;') : value}"`;
  }
  return text;
}

function readAttributes(source: string): Record<string, string> {
  const given: Record<string, string> = {};
  let from = 0;
  for (let equals = source.indexOf('="'); equals >= 0; equals = source.indexOf('="', from)) {
    const end = source.indexOf('"', equals + 2);
    const key = source.slice(from, equals).trimStart();
    const value = source.slice(equals + 2, end);
    if (given[key] === undefined || !Object.hasOwn(given, key))
      given[key] = value.includes('&') ? decodeHTMLAttribute(value) : value;
    from = end + 1;
  }
  return given;
}
