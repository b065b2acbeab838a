import { collapseSpace } from '../html/clean-text';
import { htmlToText } from '../html/html-to-text';
import { isElement, readChildText, readText, type XmlElement } from '../xml/xml-node';

/** Elements that name who wrote something, the most particular first. */
const AUTHOR_NAMES = [
  'author',
  'atom:author',
  'rss:author',
  'dc:creator',
  'dcterms:creator',
  'dc:author',
  'itunes:author',
  'googleplay:author',
  'foaf:maker',
  'prism:author',
  'schema:author',
  'sioc:has_creator',
  'byline',
  'creator',
  'media:credit',
];
const MAYBE_AUTHORS = new Set(AUTHOR_NAMES);

/** The name in `name@host (Name)`, `Name (name@host)`, `Name <name@host>`; an address alone stays (RSS 2.0, author). */
function readPersonName(text: string): string | null {
  const value = htmlToText(text.slice(0, 500).replace(/<([^<>\s@]+@[^<>\s@]+)>/, '($1)')).replace(
    /^mailto:/i,
    '',
  );
  const name =
    /^\(?[^\s()]+@[^\s()]+\)?\s*\((.+)\)$/.exec(value)?.[1] ??
    /^(.+?)\s*\([^\s()]*@[^\s()]*\)$/.exec(value)?.[1] ??
    value;
  return collapseSpace(name) || null;
}

function readPerson(element: XmlElement): string | null {
  if (element.name === 'media:credit' && !/^(?:author|creator|owner|)$/i.test(element.attributes.role ?? ''))
    return null;
  const name = readChildText(element, [
    'name',
    'atom:name',
    'foaf:name',
    'rss:name',
    'schema:name',
    'title',
    'dc:title',
  ]);
  if (name) return htmlToText(name);
  const contact = readChildText(element, ['email', 'atom:email', 'uri', 'url', 'atom:uri']);
  if (contact) return contact;
  for (const child of element.children) {
    const nested = isElement(child) && /^(?:foaf:|rdf:)/.test(child.name) ? readPerson(child) : null;
    if (nested) return nested;
  }
  return readPersonName(readText(element));
}

/**
 * Who wrote an item or publishes a feed: all names of the first element kind that has any.
 * @param extra further element names, asked last
 */
export function readAuthors(parent: XmlElement, extra: readonly string[] = []): string[] {
  const candidates: XmlElement[] = [];
  for (const child of parent.children) {
    if (isElement(child) && (MAYBE_AUTHORS.has(child.name) || extra.includes(child.name)))
      candidates.push(child);
  }
  if (candidates.length === 0) return [];
  for (const wanted of [...AUTHOR_NAMES, ...extra]) {
    const names = new Set<string>();
    for (const child of candidates) {
      if (child.name !== wanted) continue;
      const name = readPerson(child);
      if (name) names.add(name);
    }
    if (names.size > 0) return [...names];
  }
  return [];
}
