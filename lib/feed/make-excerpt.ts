import { decodeHTML } from 'entities';
import { collapseSpace } from './html/clean-text';

/** Length of an excerpt in UTF-16 code units, the ellipsis included. */
const EXCERPT_LENGTH = 300;
/** Markup looked at for an excerpt: enough for 300 characters of any sane article, bounded for the others. */
const SCAN_LENGTH = 20_000;

const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em i ins kbd mark q rb s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);
/** Elements whose text is no part of the sentence that they stand in. */
const SLASH = 47;
const HIDDEN = new Set('rp rt style script math audio video'.split(' '));

/**
 * Plain text of sanitised HTML: tags dropped (block tags become a space), entities decoded once, white space
 * collapsed. Linear in the length of `html`.
 * @param html sanitised HTML, in which every `<` starts a tag
 * @param limit stop once this many characters of text were collected
 */
export function extractText(html: string, limit = Number.POSITIVE_INFINITY): string {
  if (!/[<&]/.test(html)) return collapseSpace(html.slice(0, limit));
  let text = '';
  let at = 0;
  // Looked for once each: a search that fails costs the length of the document.
  const unclosed = new Set<string>();
  while (at < html.length && text.length < limit) {
    const open = html.indexOf('<', at);
    if (open < 0) {
      text += html.slice(at, at + limit);
      break;
    }
    text += html.slice(at, open);
    const close = html.indexOf('>', open);
    if (close < 0) break;
    const isOpening = html.charCodeAt(open + 1) !== SLASH;
    const name = readName(html, isOpening ? open + 1 : open + 2);
    at = close + 1;
    if (isOpening && HIDDEN.has(name) && !unclosed.has(name)) {
      const end = html.indexOf(`</${name}`, at);
      if (end >= 0) at = end;
      else unclosed.add(name);
    } else if (!INLINE.has(name)) text += ' ';
  }
  return collapseSpace(text.includes('&') ? decodeHTML(text) : text);
}

/** The letters and digits from `start` on: the name of a tag. */
function readName(html: string, start: number): string {
  let end = start;
  for (; ; end += 1) {
    const code = html.charCodeAt(end) | 0x20;
    if (!((code >= 97 && code <= 122) || (code >= 48 && code <= 57))) return html.slice(start, end);
  }
}

/** Text of at most `length` characters, cut at a word where there is one near, with an ellipsis. */
export function truncateText(text: string, length: number): string {
  if (text.length <= length) return text;
  let cut = text.slice(0, length - 1);
  const space = cut.lastIndexOf(' ');
  if (space > length * 0.6) cut = cut.slice(0, space);
  // A cut through a surrogate pair would leave half a character, which PostgreSQL refuses.
  return `${cut.replace(/[\ud800-\udbff]$/, '').trimEnd()}…`;
}

/**
 * The first words of an article, for lists.
 * @param html sanitised HTML
 * @returns plain text of at most 300 characters
 */
export function makeExcerpt(html: string): string {
  const head = html.length > SCAN_LENGTH ? html.slice(0, SCAN_LENGTH) : html;
  let text = extractText(head, EXCERPT_LENGTH * 1.5);
  // Markup that is mostly white space gives less text than it promised.
  if (text.length < EXCERPT_LENGTH) text = extractText(head, EXCERPT_LENGTH * 20);
  return truncateText(text, EXCERPT_LENGTH);
}
