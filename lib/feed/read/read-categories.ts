import { htmlToText } from '../html/html-to-text';
import { findChildren, isElement, readText, type XmlElement } from '../xml/xml-node';

const NAMES = new Set([
  'category',
  'atom:category',
  'rss:category',
  'dc:subject',
  'dcterms:subject',
  'media:category',
  'prism:keyword',
  'schema:keywords',
]);
const LISTS = new Set(['media:keywords', 'itunes:keywords', 'keywords', 'prism:keywords']);

/** Categories beyond this are noise. */
const MAX_CATEGORIES = 200;

/** Labels of an item or feed, each once, in the order of the document. */
export function readCategories(parent: XmlElement): string[] {
  const found = parent.children.flatMap((child) => (isElement(child) ? readLabels(child) : []));
  return [...new Set(found.slice(0, MAX_CATEGORIES).map(htmlToText))].filter((text) => text !== '');
}

function readLabels(element: XmlElement): string[] {
  if (NAMES.has(element.name)) return readCategory(element);
  if (LISTS.has(element.name)) return readText(element).split(',', MAX_CATEGORIES);
  if (element.name === 'itunes:category') return readItunes(element);
  return element.name === 'media:group' ? readCategories(element) : [];
}

function readCategory(element: XmlElement): string[] {
  const { term, label } = element.attributes;
  // A term may be an address or a number (YouTube, Blogger's kinds): then its label is what people read.
  if (term) return [label && /[:/]|^\d+$/.test(term) ? label : term];
  if (label) return [label];
  const items = collectItems(element);
  return items.length > 0 ? items : [readText(element)];
}

/** `rdf:li` of a Bag or Seq, whatever lies between. */
function collectItems(element: XmlElement): string[] {
  return element.children.flatMap((child) => {
    if (!isElement(child)) return [];
    return child.name === 'rdf:li' || child.name === 'rdf:value'
      ? [child.attributes['rdf:resource'] ?? readText(child)]
      : collectItems(child);
  });
}

function readItunes(element: XmlElement): string[] {
  const own = element.attributes.text ?? '';
  return [own, ...findChildren(element, 'itunes:category').flatMap(readItunes)];
}
