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

const NONE: readonly string[] = [];

/** Categories beyond this are noise. */
const MAX_CATEGORIES = 200;

/** Labels of an item or feed, each once, in the order of the document. */
export function readCategories(parent: XmlElement): string[] {
  const labels = new Set<string>();
  let count = 0;
  for (const child of parent.children) {
    if (!isElement(child)) continue;
    for (const label of readLabels(child)) {
      count += 1;
      if (count > MAX_CATEGORIES) break;
      const text = htmlToText(label);
      if (text !== '') labels.add(text);
    }
  }
  return [...labels];
}

function readLabels(element: XmlElement): readonly string[] {
  if (NAMES.has(element.name)) return readCategory(element);
  if (LISTS.has(element.name)) return readText(element).split(',', MAX_CATEGORIES);
  if (element.name === 'itunes:category') return readItunes(element);
  return element.name === 'media:group' ? readCategories(element) : NONE;
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
