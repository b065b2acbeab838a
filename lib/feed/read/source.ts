import { resolveUrl } from '../html/resolve-url';
import { readHtml, readPlain } from '../xml/text-construct';
import { isElement, type Repairs, type XmlElement } from '../xml/xml-node';

/** What the readers of a document share. */
export interface Source {
  /** Whether the document follows Atom's rules for text without a type. */
  isAtom: boolean;
  /** Gets the codes of what was repaired. */
  repairs: Repairs;
  /** Base of relative addresses where no `xml:base` says otherwise; empty when unknown. */
  url: string;
}

/** The base address in force at an element: each `xml:base` is resolved against the one around it (XML Base, 4). */
export function baseOf(element: XmlElement, source: Source): string {
  let bases: string[] | null = null;
  for (let at: XmlElement | null = element; at; at = at.parent) {
    const base = at.attributes['xml:base'];
    if (base) bases = [...(bases ?? []), base];
  }
  if (bases === null) return source.url;
  return bases.reduceRight((outer, base) => resolveUrl(base, outer) ?? outer, source.url);
}

/** Whether text in this element follows Atom's rules: elements of the other family keep their own. */
function followsAtom(element: XmlElement, source: Source): boolean {
  if (element.name.startsWith('atom:')) return true;
  return source.isAtom && !element.name.includes(':');
}

/** HTML of the first of the named children that has any. */
export function firstHtml(parent: XmlElement, names: readonly string[], source: Source): string | null {
  for (const name of names) {
    for (const child of parent.children) {
      if (!isElement(child) || child.name !== name || child.children.length === 0) continue;
      const html = readHtml(child, followsAtom(child, source), baseOf(child, source), source.repairs);
      if (html !== null) return html;
    }
  }
  return null;
}

/** Plain text of the first of the named children that has any. */
export function firstPlain(parent: XmlElement, names: readonly string[], source: Source): string | null {
  for (const name of names) {
    for (const child of parent.children) {
      if (!isElement(child) || child.name !== name || child.children.length === 0) continue;
      const text = readPlain(child, followsAtom(child, source), source.repairs);
      if (text !== null) return text;
    }
  }
  return null;
}
