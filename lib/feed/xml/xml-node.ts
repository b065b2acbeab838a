/** An element of the tolerant tree: names are canonical (`media:content`), text is decoded, order is kept. */
export interface XmlElement {
  /** Canonical prefix and lower-case local name; core elements of the document's own format have no prefix. */
  name: string;
  /** Attributes by canonical name (`href`, `xml:base`, `rdf:about`); values are decoded. */
  attributes: Record<string, string>;
  children: XmlNode[];
  /** The element around it; `xml:base` is looked up through it. */
  parent: XmlElement | null;
  /** False when the document ended before its closing tag. */
  closed: boolean;
}

/** A child: an element, or decoded text. */
export type XmlNode = XmlElement | string;

/** Codes of what had to be repaired in a document, by which `describeRepairs` finds words for it. */
export type Repairs = Set<string>;

/** Whether a node is an element. */
export function isElement(node: XmlNode): node is XmlElement {
  return typeof node !== 'string';
}

/** The first child element of that name. */
export function findChild(element: XmlElement, name: string): XmlElement | null {
  for (const child of element.children) if (isElement(child) && child.name === name) return child;
  return null;
}

const NONE: readonly XmlElement[] = Object.freeze([]);

/** Child elements of that name, in order. Most are asked for in vain, and none is made a list of. */
export function findChildren(element: XmlElement, name: string): readonly XmlElement[] {
  let found: XmlElement[] | null = null;
  for (const child of element.children) {
    if (!isElement(child) || child.name !== name) continue;
    if (found) found.push(child);
    else found = [child];
  }
  return found ?? NONE;
}

/** All text below an element, in order, untrimmed. The depth of the tree is bounded, so this may recurse. */
export function readText(element: XmlElement): string {
  const only = element.children[0];
  if (element.children.length === 1 && typeof only === 'string') return only;
  let text = '';
  for (const child of element.children) text += isElement(child) ? readText(child) : child;
  return text;
}

/** Trimmed text of the first non-empty child among `names`, else null. */
export function readChildText(element: XmlElement, names: readonly string[]): string | null {
  for (const name of names) {
    for (const child of element.children) {
      if (!isElement(child) || child.name !== name) continue;
      const text = readText(child).trim();
      if (text) return text;
    }
  }
  return null;
}
