import type { XmlElement } from './xml-node';

/** Elements that hold text only: a sibling that opens inside one means that its closing tag is missing. */
const LEAVES = new Set(
  'title link guid id pubdate updated published issued modified created category comments name email uri ttl language copyright rights generator managingeditor webmaster lastbuilddate dc:title dc:date dc:creator dc:subject dc:identifier enclosure media:thumbnail itunes:image atom:link'.split(
    ' ',
  ),
);
/** Elements that start a new field wherever a leaf is open. */
const FIELDS = new Set(
  'title link description guid id pubdate author category comments enclosure updated published summary content source language copyright ttl managingeditor webmaster lastbuilddate generator docs image subtitle tagline content:encoded dc:creator dc:date dc:subject dc:title dc:identifier media:content media:thumbnail media:group slash:comments wfw:commentrss'.split(
    ' ',
  ),
);
/** Elements that hold HTML, sometimes unescaped. */
const BODIES = new Set(['description', 'summary', 'content:encoded', 'tagline', 'subtitle']);
/** Of the fields, those that are no HTML element too, so that they cannot be part of a body. */
const FIELDS_NOT_HTML = new Set(
  [...FIELDS].filter(
    (name) => !/^(title|link|source|summary|image|content|id|subtitle|description)$/.test(name),
  ),
);
const HOLDERS = new Set([
  'item',
  'entry',
  'channel',
  'feed',
  'image',
  'author',
  'contributor',
  'rss',
  'rdf:rdf',
]);

/**
 * How many open elements a new one closes by appearing: a document that forgot `</title>` or `</item>` goes on as its
 * author meant it, rather than losing everything that follows in one field.
 * @param stack open elements, outermost first
 */
export function countImpliedCloses(stack: readonly XmlElement[], name: string): number {
  const top = stack.at(-1);
  if (!top) return 0;
  if (name === 'item' || name === 'entry') return countToOpenItem(stack, name);
  if (LEAVES.has(top.name) && FIELDS.has(name)) {
    const holder = stack.at(-2);
    return holder && HOLDERS.has(holder.name) ? 1 : 0;
  }
  if (FIELDS_NOT_HTML.has(name)) return countToOpenBody(stack);
  return 0;
}

function countToOpenItem(stack: readonly XmlElement[], name: string): number {
  for (let index = stack.length - 1; index > 0; index -= 1) {
    const element = stack[index];
    if (!element) return 0;
    if (element.name === name) return stack.length - index;
    // An entry inside somebody's content is that content.
    if (element.name === 'content' || element.name === 'source' || element.name.startsWith('?')) return 0;
  }
  return 0;
}

function countToOpenBody(stack: readonly XmlElement[]): number {
  for (let index = stack.length - 1; index > 0; index -= 1) {
    const element = stack[index];
    if (!element || HOLDERS.has(element.name)) return 0;
    if (BODIES.has(element.name) && HOLDERS.has(stack[index - 1]?.name ?? '')) return stack.length - index;
  }
  return 0;
}
