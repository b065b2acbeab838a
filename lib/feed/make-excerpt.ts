import { decodeHTML } from 'entities';

/** Length of an excerpt in UTF-16 code units, the ellipsis included. */
const EXCERPT_LENGTH = 300;
/** Markup looked at for an excerpt: enough for 300 characters of any sane article, bounded for the others. */
const SCAN_LENGTH = 20_000;

const INLINE =
  /^\/?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|rb|s|samp|small|span|strong|sub|sup|time|u|var|wbr)(?:[\s/>]|$)/i;
const HIDDEN = /^(rp|rt|style|script|math|audio|video)(?:[\s/>]|$)/i;

/**
 * Plain text of sanitised HTML: tags dropped (block tags become a space), entities decoded once, white space
 * collapsed. Linear in the length of `html`.
 * @param html sanitised HTML, in which every `<` starts a tag
 * @param limit stop once this many characters of text were collected
 */
export function extractText(html: string, limit = Number.POSITIVE_INFINITY): string {
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
    const tag = html.slice(open + 1, Math.min(close, open + 20));
    at = close + 1;
    const hidden = HIDDEN.exec(tag)?.[1];
    if (hidden && !unclosed.has(hidden)) {
      const end = html.indexOf(`</${hidden}`, at);
      if (end >= 0) at = end;
      else unclosed.add(hidden);
    } else if (!INLINE.test(tag)) text += ' ';
  }
  return decodeHTML(text).replace(/\s+/g, ' ').trim();
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
  return truncateText(extractText(html.slice(0, SCAN_LENGTH), EXCERPT_LENGTH * 3), EXCERPT_LENGTH);
}
