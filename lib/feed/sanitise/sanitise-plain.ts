import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { cleanAttributes } from './clean-attributes';

/** Elements of ordinary articles; anything else is sanitize-html's to judge. */
const PLAIN_TAGS = new Set(
  'a abbr article b blockquote br caption center cite code dd del dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr'.split(
    ' ',
  ),
);
const VOID = new Set(['br', 'hr', 'img', 'wbr']);
/** An opening tag in the one form that leaves nothing to interpret: lower case, every value in double quotes. */
const OPEN = /<([a-z][a-z0-9]*)((?:[ \n\t]+[a-z][a-z0-9:-]*="[^"<>]*")*)[ \n\t]*\/?>/y;
const ATTRIBUTE = /([a-z][a-z0-9:-]*)="([^"<>]*)"/g;
const MAX_DEPTH = 60;

/** Elements that htmlparser2 closes when one of the names opens inside: there the fast lane gives up. */
const CLOSED_BY: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    p: /^(?:p|h[1-6]|article|blockquote|center|div|dl|figcaption|figure|hr|ol|pre|section|table|ul)$/,
    li: /^li$/,
    a: /^a$/,
    dd: /^d[dt]$/,
    dt: /^d[dt]$/,
    tr: /^tr$/,
    td: /^t[rdh]$/,
    th: /^t[rdh]$/,
    thead: /^td$|^tbody$|^tfoot$/,
    tbody: /^t(?:body|foot)$/,
    h1: /^h[1-6]$/,
    h2: /^h[1-6]$/,
    h3: /^h[1-6]$/,
    h4: /^h[1-6]$/,
    h5: /^h[1-6]$/,
    h6: /^h[1-6]$/,
  }),
);

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function cleanText(text: string): string {
  if (text.includes('&')) return escapeText(decodeHTML(text));
  return text.includes('>') ? text.replaceAll('>', '&gt;') : text;
}

function writeAttributes(name: string, source: string, base: string): string | null {
  const given: Record<string, string> = {};
  for (const [, key = '', value = ''] of source.matchAll(ATTRIBUTE)) {
    if (!Object.hasOwn(given, key)) given[key] = value.includes('&') ? decodeHTMLAttribute(value) : value;
  }
  const kept = cleanAttributes(name, given, base);
  if (!kept) return null;
  let text = '';
  for (const key of Object.keys(kept)) {
    const value = kept[key] ?? '';
    text +=
      value === '' && key !== 'alt'
        ? ` ${key}`
        : ` ${key}="${/[&<>"]/.test(value) ? escapeText(value).replaceAll('"', '&quot;') : value}"`;
  }
  return text;
}

/**
 * What sanitize-html would make of HTML that is well formed and ordinary, in a tenth of its time: every tag must be
 * spelled plainly, be one of few, and nest properly. A differential test holds the two together byte for byte.
 * @returns null for everything else, which must go to sanitize-html
 */
export function sanitisePlain(html: string, base: string): string | null {
  const stack: string[] = [];
  let result = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    result += cleanText(open < 0 ? html.slice(at) : html.slice(at, open));
    if (open < 0) break;
    if (html.charCodeAt(open + 1) === 47) {
      const end = html.indexOf('>', open);
      const name = html.slice(open + 2, end);
      if (end < 0 || stack.pop() !== name) return null;
      result += `</${name}>`;
      at = end + 1;
      continue;
    }
    OPEN.lastIndex = open;
    const match = OPEN.exec(html);
    const name = match?.[1] ?? '';
    const top = stack.at(-1);
    if (!match || !PLAIN_TAGS.has(name) || (top !== undefined && CLOSED_BY.get(top)?.test(name))) return null;
    at = OPEN.lastIndex;
    const attributes = match[2] ? writeAttributes(name, match[2], base) : name === 'img' ? null : '';
    if (attributes !== null) result += VOID.has(name) ? `<${name}${attributes} />` : `<${name}${attributes}>`;
    if (!VOID.has(name)) {
      if (attributes === null || stack.length >= MAX_DEPTH) return null;
      stack.push(name);
    }
  }
  return stack.length === 0 ? result : null;
}
