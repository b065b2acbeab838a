import type { FeedFormat } from '../types';
import { findChild, findChildren, isElement, type XmlElement } from '../xml/xml-node';

/** Where a feed and its items are in a tree. */
export interface FeedRoot {
  format: FeedFormat;
  /** The elements that describe the feed, in order of authority: `<channel>` before `<rss>`. */
  feeds: XmlElement[];
  items: XmlElement[];
}

/** Depth to which a feed may be wrapped in something else. */
const SEARCH_DEPTH = 6;

/** Finds the feed in a tree; null when the document is none. Items count wherever the formats, or mistakes, put them. */
export function findRoot(document: XmlElement): FeedRoot | null {
  const root = searchRoot(document, 0);
  if (!root) return findBareItems(document);
  switch (root.name.replace(/^(?:rss|atom):/, '')) {
    case 'feed':
      return { format: 'atom', feeds: [root], items: collectItems(root) };
    case 'entry':
      return { format: 'atom', feeds: [root], items: [root] };
    case 'rdf:rdf':
      return rssRoot(root, 'rdf');
    case 'channel': {
      const isCdf =
        !findChild(root, 'link') && (root.attributes.href !== undefined || root.children.some(isCdfElement));
      return { format: isCdf ? 'cdf' : 'rss', feeds: [root], items: collectItems(root) };
    }
    default:
      return rssRoot(root, 'rss');
  }
}

/** Items without anything around them: what is left of a feed whose first lines were lost. */
function findBareItems(document: XmlElement): FeedRoot | null {
  const items = findChildren(document, 'item');
  const isItem = (element: XmlElement) =>
    ['title', 'link', 'guid', 'description'].some((name) => findChild(element, name));
  return items.length > 0 && items.every(isItem)
    ? { format: 'rss', feeds: [document], items: [...items] }
    : null;
}

function isCdfElement(node: XmlElement['children'][number]): boolean {
  return (
    isElement(node) &&
    (node.name === 'abstract' || (node.name === 'item' && node.attributes.href !== undefined))
  );
}

function searchRoot(parent: XmlElement, depth: number): XmlElement | null {
  if (depth > SEARCH_DEPTH) return null;
  for (const child of parent.children) {
    if (!isElement(child)) continue;
    if (/^(?:(?:rss|atom):)?(?:rss|feed|channel)$|^rdf:rdf$|^entry$/.test(child.name)) return child;
    const found = searchRoot(child, depth + 1);
    // A page may talk about feeds, or have elements of these names; a feed that is wrapped in one has items.
    if (found && (!/^(?:xhtml:)?html$/.test(child.name) || collectItems(found).length > 0)) return found;
  }
  return null;
}

function rssRoot(root: XmlElement, format: FeedFormat): FeedRoot | null {
  const channels = [...findChildren(root, 'channel'), ...findChildren(root, 'rss:channel')];
  // RDF is used for more than feeds (FOAF, licences).
  if (format === 'rdf' && channels.length === 0 && !findChild(root, 'item')) return null;
  return { format, feeds: [...channels, root], items: collectItems(root) };
}

const ITEM = /^(?:(?:rss|atom):)?(?:item|entry)$/;
const HOLDER = /^(?:(?:rss|atom):)?(?:channel|items|rss|feed)$/;

function collectItems(parent: XmlElement, items: XmlElement[] = []): XmlElement[] {
  for (const child of parent.children) {
    if (!isElement(child)) continue;
    if (ITEM.test(child.name)) items.push(child);
    else if (HOLDER.test(child.name)) collectItems(child, items);
  }
  return items;
}
