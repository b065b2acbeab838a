import sanitize from 'sanitize-html';
import { escapeHtml } from '../html/escape-html';
import { extractText } from '../make-excerpt';
import { ALLOWED_TAGS, ATTRIBUTES, DROPPED_TAGS, GLOBAL_ATTRIBUTES } from './allow-list';
import { cleanAttributes } from './clean-attributes';
import { measureDepth } from './measure-depth';
import { findNotes, type Notes, tieNotes } from './notes';
import { sanitisePlain } from './sanitise-plain';

/**
 * Pictures, sources and players that `cleanAttributes` did not let through are left without attributes. (A transform
 * to another name, or an exclusive filter, would do: sanitize-html 2.17 then closes the next element by that name, or
 * copies its whole output for each.)
 */
const EMPTY = /<(?:img|source) \/>|<iframe>[^<]*<\/iframe>/g;
/** Deeper elements are unwrapped: no article needs them, and browsers cut them too (at 512). */
const NESTING_LIMIT = 100;
/** sanitize-html takes quadratic time in the depth of its input; what is nested like this is no article. */
const DEPTH_LIMIT = 2000;

const ALLOWED_ATTRIBUTES = Object.fromEntries([
  ...[...ATTRIBUTES].map(([tag, names]) => [tag, [...names]]),
  // Of ids, `cleanAttributes` makes ours.
  ['*', ['id', ...GLOBAL_ATTRIBUTES]],
]);

/** Configuration of sanitize-html; attributes were checked by `cleanAttributes` before it checks them again. */
function optionsFor(base: string, notes: Notes, hasNoscript: boolean): sanitize.IOptions {
  return {
    allowedTags: ALLOWED_TAGS,
    allowedAttributes: ALLOWED_ATTRIBUTES,
    // Which schemes an attribute may have depends on the attribute: `cleanAttributes` decides; these are all of them.
    allowedSchemes: [
      'http',
      'https',
      'mailto',
      'tel',
      'sms',
      'xmpp',
      'irc',
      'ircs',
      'magnet',
      'ftp',
      'gemini',
      'gopher',
      'matrix',
      'geo',
    ],
    allowedSchemesByTag: { img: ['http', 'https', 'data'], video: ['http', 'https', 'data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'poster'],
    allowProtocolRelative: false,
    selfClosing: ['br', 'col', 'hr', 'img', 'source', 'wbr'],
    nonBooleanAttributes: ['href', 'src', 'srcset', 'cite', 'poster', 'title', 'lang', 'dir', 'datetime'],
    nonTextTags: hasNoscript ? [...DROPPED_TAGS, 'noscript'] : [...DROPPED_TAGS],
    nestingLimit: NESTING_LIMIT,
    parseStyleAttributes: false,
    // Feeds are written by XML tools: an `<iframe />` or `<a name="x" />` is meant to be empty, not to hold the rest.
    parser: { recognizeSelfClosing: true },
    transformTags: {
      '*': (tagName, attribs) => {
        const kept = cleanAttributes(tagName, attribs, base, notes);
        return { tagName, attribs: kept ? { ...kept } : {} };
      },
    },
  };
}

/**
 * HTML of a feed made safe to show: nothing in it runs, submits, covers the page, or tells a third party more than
 * that a picture was loaded. Never throws; near-linear in the length of `html`.
 * @param base address of the item or feed, that relative references are resolved against; may be empty
 */
export function sanitiseHtml(html: string, base: string): string {
  if (!/[<&>]/.test(html)) return html.trim();
  const notes = findNotes(html, base);
  return tieNotes(sanitisePlain(html, base, notes)?.trim() ?? sanitiseSlowly(html, base, notes), notes);
}

/** What `sanitiseHtml` does with HTML that is not plain: sanitize-html, within bounds. */
export function sanitiseSlowly(html: string, base: string, notes: Notes): string {
  if (measureDepth(html) > DEPTH_LIMIT) return escapeHtml(extractText(html));
  // Beside a picture that a script would have loaded, `noscript` has the same picture again.
  const isLazy = /\sdata-(?:lazy-)?src/i.test(html);
  return sanitize(html, optionsFor(base, notes, isLazy))
    .replace(EMPTY, '')
    .trim();
}
