import { decodeHTMLStrict } from 'entities';
import { collapseSpace, collapseText } from './clean-text';

/** Elements that a title may be marked up with; others (`<iostream>`) are what the title is about. */
const INLINE = new Set(
  'a abbr acronym b bdi bdo big blink cite code del dfn em font i ins kbd mark nobr q s samp small span strike strong sub sup tt u var wbr'.split(
    ' ',
  ),
);
const BLOCK = new Set(
  'address article aside blockquote br center dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr img li main nav ol p pre section table tbody td th tr ul'.split(
    ' ',
  ),
);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)\/?>|<!--[^<>]*-->/gi;
/** Longest text looked at: titles and names are lines. */
const SCAN_LENGTH = 10_000;
const CDATA = /<!\[CDATA\[|\]\]>/g;

/**
 * One line of plain text out of HTML, for titles and names: markup dropped, entities decoded once, white space
 * collapsed. What looks like a tag but is none of HTML's formatting stays, and so does a formatting tag that is
 * talked about rather than used (`How to use <b>`).
 * @param html without control characters
 */
export function htmlToText(html: string): string {
  let text = html.slice(0, SCAN_LENGTH);
  if (text.includes('<')) {
    const whole = text.toLowerCase();
    text = text
      .replace(CDATA, '')
      .replace(TAG, (tag, slash: string, name: string | undefined, rest: string) => {
        if (name === undefined) return ' ';
        const lower = name.toLowerCase();
        if (BLOCK.has(lower)) return ' ';
        if (!INLINE.has(lower)) return tag;
        const isUsed = slash !== '' || rest !== '' || lower === 'wbr' || whole.includes(`</${lower}`);
        return isUsed ? '' : tag;
      });
  }
  return text.includes('&') ? collapseText(decodeHTMLStrict(text)) : collapseSpace(text);
}
