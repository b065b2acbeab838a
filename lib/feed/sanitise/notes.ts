import { decodeHTMLAttribute } from 'entities';
import { escapeHtml } from '../html/escape-html';
import { cleanLink, LINK_EXTRAS } from './clean-url';

/** A place in a text that a link in the same text leads to. */
interface Note {
  /**
   * The id that it gets: numbered, so that nothing of a feed's is in it. No element of ours and no property of the
   * document is called so.
   */
  id: string;
  /** Where the link led at first. */
  link: string | null;
}

/** By their ids as the text has them. */
export type Notes = ReadonlyMap<string, Note>;

const NONE: Notes = new Map();
/** A sign before it that makes no character reference of it. */
const FRAGMENT = /[^&]#/;
const LINK = /\shref\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
/** Texts have hundreds at most; those behind lead to the original, as links to what is not in the text do. */
const MOST_NOTES = 2000;
/** Longer addresses are nobody's. */
const MAX_LENGTH = 8000;
/** How elements with an id, and links to one, stand in what has been sanitised. */
const KEPT_ID = /(<[a-z][a-z0-9]*) id="(note-\d+)"/g;
const KEPT_LINK = /(<a(?: id="note-\d+")?) href="#(note-\d+)"/g;

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** What a link of this text names in it; null when it leads elsewhere. */
function readFragment(href: string, base: string): string | null {
  const text = href.trim();
  const at = text.indexOf('#');
  if (at < 0 || at === text.length - 1 || text.length > MAX_LENGTH) return null;
  return at === 0 || isSamePage(text.slice(0, at), base) ? decode(text.slice(at + 1)) : null;
}

/** Whether an address is the item's own, however its scheme and its end are spelled. */
function isSamePage(address: string, base: string): boolean {
  const [here, there] = [URL.parse(base), URL.parse(address, base || undefined)];
  const pathOf = ({ pathname }: URL) => pathname.replace(/\/$/, '');
  return (
    here !== null &&
    there !== null &&
    /^https?:$/.test(there.protocol) &&
    here.host === there.host &&
    here.search === there.search &&
    pathOf(here) === pathOf(there)
  );
}

/** Looks for links of a text into itself; most texts have none. */
export function findNotes(html: string, base: string): Notes {
  if (!FRAGMENT.test(html)) return NONE;
  const notes = new Map<string, Note>();
  for (const [, double, single, bare] of html.matchAll(LINK)) {
    const source = double ?? single ?? bare ?? '';
    const href = source.includes('&') ? decodeHTMLAttribute(source) : source;
    const name = readFragment(href, base);
    if (name === null || notes.has(name)) continue;
    notes.set(name, { id: `note-${notes.size + 1}`, link: cleanLink(href, base) });
    if (notes.size === MOST_NOTES) break;
  }
  return notes;
}

/** Where a link of the text leads within it; null for all others. */
export function linkWithin(href: string, base: string, notes: Notes): string | null {
  const note = notes.size === 0 ? undefined : notes.get(readFragment(href, base) ?? '');
  return note === undefined ? null : `#${note.id}`;
}

/** The id that an element gets for one that it has; null where no link leads there. */
export function keepId(given: string | undefined, notes: Notes): string | null {
  if (notes.size === 0 || given === undefined || given.length > MAX_LENGTH) return null;
  return (notes.get(given) ?? notes.get(decode(given)))?.id ?? null;
}

/** Sanitised HTML in which each id stands once, and links to what is not there lead where they led at first. */
export function tieNotes(html: string, notes: Notes): string {
  if (notes.size === 0) return html;
  const there = new Set<string>();
  const once = html.replace(KEPT_ID, (whole, tag: string, id: string) => {
    if (there.has(id)) return tag;
    there.add(id);
    return whole;
  });
  const links = new Map([...notes.values()].map(({ id, link }) => [id, link]));
  return once.replace(KEPT_LINK, (whole, tag: string, id: string) =>
    there.has(id) ? whole : tag + writeLink(links.get(id)),
  );
}

function writeLink(href: string | null | undefined): string {
  if (!href) return '';
  return ` href="${escapeHtml(href).replaceAll('"', '&quot;')}"${LINK_EXTRAS}`;
}
