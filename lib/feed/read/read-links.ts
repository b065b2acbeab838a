import { resolveUrl } from '../html/resolve-url';
import { isElement, readText, type XmlElement } from '../xml/xml-node';
import { baseOf, type Source } from './source';

/** A link of an item or feed: Atom's element, or the text of RSS's. */
export interface Link {
  url: string;
  /** Lower case, without the IANA address that some write before it; `alternate` where none is given (RFC 4287, 4.2.7.2). */
  rel: string;
  type: string | null;
  title: string | null;
  length: string | null;
  /** Whether the element is of the document's own format: RSS's `<link>` says more than an `<atom:link>` beside it. */
  isOwn: boolean;
}

const LINK_NAMES = new Set(['link', 'atom:link', 'rss:link', 'xhtml:link', 'l:link', 'a']);

/** All links of an item or feed, in the order of the document. */
export function readLinks(parent: XmlElement, source: Source): Link[] {
  const links: Link[] = [];
  for (const child of parent.children) {
    if (!isElement(child) || !LINK_NAMES.has(child.name)) continue;
    const { href, rel, type, title, length } = child.attributes;
    const reference = href ?? child.attributes.url ?? child.attributes['rdf:resource'] ?? readText(child);
    if (reference.includes('&amp;')) source.repairs.add('double-escaped');
    const base = baseOf(child, source);
    // An empty reference names its base (RFC 3986, 4.4), which only `xml:base` makes anything but the feed itself.
    const url = resolveUrl(reference, base) ?? (href === '' && base !== source.url ? base : null);
    if (url === null || /^javascript:/i.test(url)) continue;
    const relation = (rel ?? '')
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\/www\.iana\.org\/assignments\/relation\//, '');
    links.push({
      url,
      rel: relation || 'alternate',
      type: type?.trim() || null,
      title: title ?? null,
      length: length ?? null,
      isOwn: child.name === 'link',
    });
  }
  return links;
}

/** The page that an item or feed stands for: of several alternates the HTML one. */
export function findAlternate(links: readonly Link[]): string | null {
  const all = links.filter(({ rel }) => rel.split(/\s+/).includes('alternate'));
  const own = all.filter(({ isOwn }) => isOwn);
  const alternates = own.length > 0 ? own : all;
  const page = alternates.find(({ type }) => /^(?:text\/html|application\/xhtml\+xml)/i.test(type ?? ''));
  return (page ?? alternates.find(({ type }) => type === null) ?? alternates[0])?.url ?? null;
}

/** The first link with that relation. */
export function findLink(links: readonly Link[], rel: string): string | null {
  return links.find((link) => link.rel.split(/\s+/).includes(rel))?.url ?? null;
}
