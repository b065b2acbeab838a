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
  const dates: XmlElement[] = [];
  for (const child of parent.children) if (isElement(child) && NAMES.has(child.name)) dates.push(child);
  return {
    published: firstDate(dates, PUBLISHED, repairs),
    updated: firstDate(dates, UPDATED, repairs) ?? readAttribute(parent),
  };
}

/** CDF 1.0: `<Item LastMod="…">`. */
function readAttribute(parent: XmlElement): Date | null {
  const { lastmod } = parent.attributes;
  return lastmod === undefined ? null : parseDate(lastmod);
}

function firstDate(dates: readonly XmlElement[], names: readonly string[], repairs: Repairs): Date | null {
  if (dates.length === 0) return null;
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
