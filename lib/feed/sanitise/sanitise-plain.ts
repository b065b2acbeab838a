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
/** A reference that sanitize-html would write differently: it knows three, and writes all others as characters. */
const OTHER_REFERENCE = /&(?!(?:amp|lt|gt);)/;

/** An `&` that starts no complete reference: what it means depends on what follows. */
const BARE = /&(?![a-z0-9#]{1,31};)/i;
const REFERENCE = /&[a-z0-9#]{1,31};/gi;
/** References met, as they are written: few differ, and each is looked up in a tree of two thousand names. */
const written = new Map<string, string>();

function writeReference(reference: string): string {
  const known = written.get(reference);
  if (known !== undefined) return known;
  const text = escapeText(decodeHTML(reference));
  if (written.size < 2000) written.set(reference, text);
  return text;
}

/** Text between two tags as sanitize-html writes it; the same string when that is what it is already. */
function cleanText(text: string): string {
  if (!text.includes('&')) return text.includes('>') ? text.replaceAll('>', '&gt;') : text;
  if (BARE.test(text)) return escapeText(decodeHTML(text));
  const kept = text.includes('>') ? text.replaceAll('>', '&gt;') : text;
  return OTHER_REFERENCE.test(kept) ? kept.replace(REFERENCE, writeReference) : kept;
}

/** The attributes of most links: one plain address, in which no reference but `&amp;` occurs. */
const PLAIN_HREF = /^ href="https?:\/\/[a-z0-9.-]+(?::\d+)?(?:[/?#](?:[\w.~:/?#[\]@!$()*+,;=%-]|&amp;)*)?"$/i;

function writeAttributes(name: string, source: string, base: string): string | null {
  if (name === 'a' && source.length < 2000 && PLAIN_HREF.test(source)) {
    return `${source} rel="noopener noreferrer" target="_blank"`;
  }
  const given: Record<string, string> = {};
  ATTRIBUTE.lastIndex = 0;
  for (let match = ATTRIBUTE.exec(source); match; match = ATTRIBUTE.exec(source)) {
    const [, key = '', value = ''] = match;
    if (!Object.hasOwn(given, key)) given[key] = value.includes('&') ? decodeHTMLAttribute(value) : value;
  }
  const kept = cleanAttributes(name, given, base);
  if (!kept) return null;
  let text = '';
  for (const key of Object.keys(kept)) {
    const value = kept[key] ?? '';
    const escaped = /[&<>"]/.test(value) ? escapeText(value).replaceAll('"', '&quot;') : value;
    text += value === '' && key !== 'alt' ? ` ${key}` : ` ${key}="${escaped}"`;
  }
  return text;
}

/** A tag as sanitize-html writes it, and where it ends in the input. */
interface Tag {
  name: string;
  /** Null when it is to be left as it stands. */
  text: string | null;
  end: number;
}

/**
 * Reads the opening tag at `open`; null when it is not spelled plainly, or not for the fast lane.
 * @param end the next `>` from there, -1 when there is none
 */
function readTag(html: string, open: number, end: number, base: string): Tag | null {
  const bare = end < 0 || end - open > 12 ? '' : html.slice(open + 1, end);
  if (PLAIN_TAGS.has(bare) && !VOID.has(bare) && bare !== 'pre')
    return { name: bare, text: null, end: end + 1 };
  OPEN.lastIndex = open;
  const match = OPEN.exec(html);
  const name = match?.[1] ?? '';
  if (!match || !PLAIN_TAGS.has(name)) return null;
  const isVoid = VOID.has(name);
  if (!isVoid && html[OPEN.lastIndex - 2] === '/') return null;
  const isChanged = Boolean(match[2]) || name === 'pre';
  const attributes = isChanged ? writeAttributes(name, match[2] ?? '', base) : name === 'img' ? null : '';
  if (attributes === null && !isVoid) return null;
  const text = attributes === null ? '' : isVoid ? `<${name}${attributes} />` : `<${name}${attributes}>`;
  return { name, text, end: OPEN.lastIndex };
}

/**
 * What sanitize-html would make of HTML that is well formed and ordinary, in a tenth of its time: every tag must be
 * spelled plainly, be one of few, and nest properly. What need not change is copied in runs. A differential test holds
 * the two together byte for byte.
 * @returns null for everything else, which must go to sanitize-html
 */
export function sanitisePlain(html: string, base: string): string | null {
  const stack: string[] = [];
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  // The next of each from `at`: what holds neither is text that stays, and need not even be cut out.
  let ampersand = html.indexOf('&');
  let close = html.indexOf('>');
  const replace = (from: number, to: number, text: string): void => {
    parts.push(html.slice(copied, from), text);
    copied = to;
  };
  while (at < html.length) {
    const next = html.indexOf('<', at);
    const open = next < 0 ? html.length : next;
    if (ampersand >= 0 && ampersand < at) ampersand = html.indexOf('&', at);
    if (close >= 0 && close < at) close = html.indexOf('>', at);
    if ((ampersand >= 0 && ampersand < open) || (close >= 0 && close < open)) {
      const text = html.slice(at, open);
      const clean = cleanText(text);
      if (clean !== text) replace(at, open, clean);
    }
    if (next < 0) break;
    const top = stack.at(-1);
    if (html.charCodeAt(open + 1) === 47) {
      if (
        top === undefined ||
        !html.startsWith(top, open + 2) ||
        html.charCodeAt(open + 2 + top.length) !== 62
      )
        return null;
      stack.pop();
      at = open + 3 + top.length;
      continue;
    }
    if (close >= 0 && close < open) close = html.indexOf('>', open);
    const tag = readTag(html, open, close, base);
    if (!tag || (top !== undefined && CLOSED_BY.get(top)?.test(tag.name))) return null;
    if (tag.text !== null) replace(open, tag.end, tag.text);
    at = tag.end;
    if (VOID.has(tag.name)) continue;
    if (stack.length >= MAX_DEPTH) return null;
    stack.push(tag.name);
  }
  if (stack.length > 0) return null;
  if (parts.length === 0) return html;
  parts.push(html.slice(copied));
  return parts.join('');
}
