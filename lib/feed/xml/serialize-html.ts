import { escapeAttribute, escapeHtml } from '../html/escape-html';
import { resolveUrl } from '../html/resolve-url';
import { isUrlAttribute, resolveAttribute } from '../html/url-attributes';
import { isElement, type XmlElement, type XmlNode } from './xml-node';

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/** Name of an element in HTML: canonical prefixes are ours, and HTML has none. */
function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/**
 * HTML of elements that stand in a document as markup (Atom `type="xhtml"`, and markup that somebody forgot to
 * escape), in their order, with addresses resolved against `base` and every `xml:base` below it.
 */
export function serializeHtml(nodes: readonly XmlNode[], base: string): string {
  let html = '';
  for (const node of nodes) html += isElement(node) ? serializeElement(node, base) : escapeHtml(node);
  return html;
}

function serializeElement(element: XmlElement, outer: string): string {
  const name = localName(element.name);
  const own = element.attributes['xml:base'];
  const base = own ? (resolveUrl(own, outer) ?? outer) : outer;
  let attributes = '';
  for (const key of Object.keys(element.attributes)) {
    if (key === 'xml:base' || key === 'xml:space') continue;
    const value = element.attributes[key] ?? '';
    const attribute = localName(key);
    attributes += ` ${attribute}="${escapeAttribute(isUrlAttribute(attribute) ? resolveAttribute(attribute, value, base) : value)}"`;
  }
  const content = serializeHtml(element.children, base);
  // A void element with content was never closed: what follows is not inside.
  if (VOID.has(name)) return `<${name}${attributes}>${content}`;
  return `<${name}${attributes}>${content}</${name}>`;
}
