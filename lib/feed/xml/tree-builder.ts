import { QuoteType, type TokenizerCallbacks } from 'htmlparser2';
import type { EntityDecoder } from './decode-entities';
import { countImpliedCloses } from './implied-close';
import { NamespaceScope } from './namespaces';
import type { Repairs, XmlElement } from './xml-node';

/** Deeper elements are flattened into their ancestor: no feed nests so deep, and later passes may recurse. */
const MAX_DEPTH = 200;
const MAX_ATTRIBUTES = 200;
/** Stray `<` that are repaired one by one; a document with more of them is noise, and its rest is left out. */
const MAX_STRAYS = 50_000;
/** HTML elements without content, which naked HTML leaves unclosed. */
const VOID = new Set(['br', 'hr', 'img', 'wbr', 'xhtml:br', 'xhtml:hr', 'xhtml:img', 'xhtml:wbr']);
/** White space between the children of these means nothing, and is not kept. */
const CONTAINERS = new Set(
  'rss rdf:rdf channel item items entry feed author image media:group media:content source'.split(' '),
);
/** Characters of text from which on it is cheaper to start the tokeniser again behind it. */
const SKIPPED_LENGTH = 60;
const NAME_START = /^[a-z_:\u0080-\uffff]/i;
const ROOTS = /^(?:[\w.-]+:)?(rss|rdf|feed|entry|channel|item)$/i;
const NO_ATTRIBUTES: Record<string, string> = Object.freeze({});

/** Builds the tree from the events of htmlparser2's tokeniser; offsets are into `xml`. */
export class TreeBuilder implements TokenizerCallbacks {
  readonly document: XmlElement = {
    name: '#document',
    attributes: NO_ATTRIBUTES,
    children: [],
    parent: null,
    closed: true,
  };
  readonly repairs: Repairs;
  /** Set when the markup at this offset is no tag after all: tokenising starts again there. */
  restartAt = -1;
  /** Added to the offsets of events: tokenising may have started again inside the document. */
  offset = 0;
  readonly #xml: string;
  readonly #decode: EntityDecoder;
  readonly #halt: () => void;
  readonly #stack: XmlElement[] = [];
  readonly #rawNames: string[] = [];
  readonly #scopes: NamespaceScope[] = [];
  #current: XmlElement = this.document;
  #scope = new NamespaceScope('rss');
  #hasRoot = false;
  #tagStart = 0;
  #tagName = '';
  #attributes: string[] = [];
  #value = '';
  #hasQuotes = false;
  #strays = 0;
  /** The next end of a CDATA section, or that of the document: it is looked for once. */
  #cdataEnd = -1;

  constructor(xml: string, decode: EntityDecoder, repairs: Repairs, halt: () => void) {
    this.#xml = xml;
    this.repairs = repairs;
    this.#decode = decode;
    this.#halt = halt;
  }

  #slice(start: number, end: number): string {
    return this.#xml.slice(start + this.offset, end + this.offset);
  }

  #restart(at: number): void {
    this.#strays += 1;
    this.restartAt = this.#strays > MAX_STRAYS ? this.#xml.length : at;
    this.repairs.add('stray-less-than');
    this.#halt();
  }

  onopentagname(start: number, end: number): void {
    this.#tagStart = start + this.offset - 1;
    this.#tagName = this.#slice(start, end);
    this.#attributes = [];
    this.#hasQuotes = false;
    // Most tags repeat, and are known to be names.
    if (this.#scope.names.has(this.#tagName)) return;
    if (!NAME_START.test(this.#tagName)) {
      this.#addText('<');
      this.#restart(this.#tagStart + 1);
    } else this.#checkStray(this.#tagName, start);
  }

  /** A `<` inside a tag: either the tag was never closed, or the text before was no tag. */
  #checkStray(name: string, start: number): void {
    const stray = name.indexOf('<');
    if (stray < 0) return;
    const at = start + this.offset + stray;
    if (this.#hasQuotes) this.#open(false);
    else this.#addText(this.#decode(this.#xml.slice(this.#tagStart, at)));
    this.#restart(at);
  }

  onattribname(start: number, end: number): void {
    const name = this.#slice(start, end);
    this.#checkStray(name, start);
    if (this.restartAt < 0) this.#attributes.push(name);
  }

  onattribdata(start: number, end: number): void {
    this.#value = this.#slice(start, end);
  }

  onattribend(quote: QuoteType): void {
    if (this.restartAt >= 0) return;
    if (quote === QuoteType.Double || quote === QuoteType.Single) this.#hasQuotes = true;
    this.#attributes.push(this.#value);
    this.#value = '';
  }

  onopentagend(end: number): void {
    if (this.restartAt >= 0) return;
    this.#open(false);
    this.#skipContent(end + this.offset + 1);
  }

  /** Most content is one CDATA section or one long text: its end is found at once, where the tokeniser would walk there. */
  #skipContent(start: number): void {
    const next = this.#xml.indexOf('<', start);
    if (next - start > SKIPPED_LENGTH) {
      this.#addText(this.#decode(this.#xml.slice(start, next)));
      this.restartAt = next;
      this.#halt();
    } else if (next === start && this.#xml.startsWith('<![CDATA[', start)) {
      this.#skipCdata(start + 9);
    }
  }

  #skipCdata(start: number): void {
    if (this.#cdataEnd < start) {
      const found = this.#xml.indexOf(']]>', start);
      this.#cdataEnd = found < 0 ? this.#xml.length : found;
    }
    const end = this.#cdataEnd;
    const section = this.#xml.slice(start, end);
    // `<![CDATA[x]]</title>`: what ends the element ends a section that somebody forgot to close.
    const own = section.indexOf(`]]</${this.#rawNames.at(-1)}`);
    if (own >= 0) this.repairs.add('unclosed-element');
    else if (end === this.#xml.length) return;
    this.#addText(own < 0 ? section : section.slice(0, own));
    this.restartAt = own < 0 ? end + 3 : start + own + 2;
    this.#halt();
  }

  onselfclosingtag(): void {
    if (this.restartAt < 0) this.#open(true);
  }

  #open(isEmpty: boolean): void {
    const scope = this.#enterScope();
    const name = scope.nameElement(this.#tagName);
    const implied = countImpliedCloses(this.#stack, name);
    if (implied > 0) {
      this.repairs.add('unclosed-element');
      for (let count = 0; count < implied; count += 1) this.#pop();
    }
    const parent = this.#current;
    const element: XmlElement = {
      name,
      attributes: this.#readAttributes(scope),
      children: [],
      parent,
      closed: true,
    };
    parent.children.push(element);
    if (isEmpty || VOID.has(name)) return;
    if (this.#stack.length >= MAX_DEPTH) {
      this.repairs.add('too-deep');
      return;
    }
    this.#stack.push(element);
    this.#rawNames.push(this.#tagName);
    this.#scopes.push(this.#scope);
    this.#scope = scope;
    this.#current = element;
  }

  #enterScope(): NamespaceScope {
    const root = this.#hasRoot ? null : ROOTS.exec(this.#tagName)?.[1]?.toLowerCase();
    if (root) {
      this.#hasRoot = true;
      this.#scope = new NamespaceScope(root === 'feed' || root === 'entry' ? 'atom' : 'rss');
    }
    let declared: Map<string, string> | null = null;
    for (let index = 0; index < this.#attributes.length; index += 2) {
      const name = this.#attributes[index] ?? '';
      if (!name.startsWith('xmlns')) continue;
      declared ??= new Map();
      if (name === 'xmlns') declared.set('', this.#attributes[index + 1] ?? '');
      else if (name[5] === ':') declared.set(name.slice(6), this.#attributes[index + 1] ?? '');
    }
    return declared ? this.#scope.extend(declared, Boolean(root)) : this.#scope;
  }

  #readAttributes(scope: NamespaceScope): Record<string, string> {
    if (this.#attributes.length === 0) return NO_ATTRIBUTES;
    const attributes: Record<string, string> = {};
    const count = Math.min(this.#attributes.length, 2 * MAX_ATTRIBUTES);
    for (let index = 0; index < count; index += 2) {
      const raw = this.#attributes[index] ?? '';
      if (raw.startsWith('xmlns')) continue;
      const name = scope.nameAttribute(raw);
      if (!Object.hasOwn(attributes, name))
        attributes[name] = this.#decode(this.#attributes[index + 1] ?? '');
    }
    return attributes;
  }

  onclosetag(start: number, end: number): void {
    const top = this.#rawNames.at(-1);
    if (top?.length === end - start && this.#xml.startsWith(top, start + this.offset)) this.#pop();
    else this.#closeOther(start, end);
  }

  #closeOther(start: number, end: number): void {
    let raw = this.#slice(start, end);
    const stray = raw.indexOf('<');
    if (stray >= 0) {
      this.#restart(start + this.offset + stray);
      raw = raw.slice(0, stray);
    }
    const name = raw.toLowerCase();
    const index = this.#rawNames.findLastIndex((open) => open.toLowerCase() === name);
    if (index < 0) {
      if (!/^(?:br|p|hr|img|wbr)$/i.test(raw)) this.repairs.add('unmatched-close');
      return;
    }
    if (index < this.#stack.length - 1) this.repairs.add('unclosed-element');
    while (this.#stack.length > index) this.#pop();
  }

  #pop(): void {
    this.#stack.pop();
    this.#rawNames.pop();
    this.#scope = this.#scopes.pop() ?? this.#scope;
    this.#current = this.#stack.at(-1) ?? this.document;
  }

  ontext(start: number, end: number): void {
    if (this.restartAt >= 0) return;
    const text = this.#slice(start, end);
    if (CONTAINERS.has(this.#current.name) && text.charCodeAt(0) <= 32 && text.trim() === '') return;
    if (text.includes('<')) this.repairs.add('stray-less-than');
    this.#addText(this.#decode(text));
  }

  oncdata(start: number, end: number, endOffset: number): void {
    this.#addText(this.#slice(start, end - endOffset));
  }

  #addText(text: string): void {
    if (this.#current !== this.document) this.#current.children.push(text);
  }

  onend(): void {
    for (const element of this.#stack) element.closed = false;
    if (this.#scope.undeclared.size > 0) this.repairs.add('undeclared-prefix');
    if (this.#stack.length > 0) this.repairs.add('truncated');
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onattribentity(): void {}
  ontextentity(): void {}
}
