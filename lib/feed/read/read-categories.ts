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

/** Labels of an item or feed, each once, in the order of the document. */
export function readCategories(parent: XmlElement): string[] {
  const found: string[] = [];
  for (const child of parent.children) {
    if (!isElement(child)) continue;
    if (NAMES.has(child.name)) found.push(...readCategory(child));
    else if (LISTS.has(child.name)) found.push(...readText(child).split(','));
    else if (child.name === 'itunes:category') found.push(...readItunes(child));
    else if (child.name === 'media:group') found.push(...readCategories(child));
  }
  return [...new Set(found.map(htmlToText))].filter((text) => text !== '');
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
