import { parseDate } from '../dates/parse-date';
import { isElement, type Repairs, readText, type XmlElement } from '../xml/xml-node';

const PUBLISHED = [
  'pubdate',
  'published',
  'issued',
  'atom:published',
  'atom:issued',
  'rss:pubdate',
  'dcterms:issued',
  'dcterms:available',
  'dc:issued',
  'prism:publicationdate',
  'publicationdate',
  'datepublished',
  'schema:datepublished',
  'publishdate',
  'pubdatetime',
  'created',
  'atom:created',
  'dcterms:created',
  'dc:created',
];
const UPDATED = [
  'updated',
  'atom:updated',
  'modified',
  'atom:modified',
  'dcterms:modified',
  'dcterms:date',
  'dc:date',
  'dc:modified',
  'date',
  'lastmod',
  'lastbuilddate',
  'prism:modificationdate',
  'schema:datemodified',
  'app:edited',
  'rss:date',
];

const NAMES = new Set([...PUBLISHED, ...UPDATED]);

/** When an item was published and last changed; null where nothing says so in a way that can be read. */
export function readDates(
  parent: XmlElement,
  repairs: Repairs,
): { published: Date | null; updated: Date | null } {
  const dates = parent.children.filter(
    (child): child is XmlElement => isElement(child) && NAMES.has(child.name),
  );
  return {
    published: firstDate(dates, PUBLISHED, repairs),
    // CDF 1.0: `<Item LastMod="…">`.
    updated: firstDate(dates, UPDATED, repairs) ?? parseDate(parent.attributes.lastmod ?? ''),
  };
}

function firstDate(dates: readonly XmlElement[], names: readonly string[], repairs: Repairs): Date | null {
  for (const name of names) {
    for (const child of dates) {
      if (child.name !== name) continue;
      const text = readText(child);
      const date = parseDate(text) ?? (child.attributes.value ? parseDate(child.attributes.value) : null);
      if (date) return date;
      if (text.trim() !== '') repairs.add('unreadable-date');
    }
  }
  return null;
}
