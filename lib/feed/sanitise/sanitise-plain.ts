import { decodeHTML } from 'entities';
import { LINK_EXTRAS } from './clean-url';
import type { Notes } from './notes';
import { findPlainTag, type PlainTag } from './plain-tags';
import { escapeText, writeAttributes } from './write-attributes';

const SLASH = 47;
const GREATER = 62;
const MAX_DEPTH = 60;

/** An opening tag in the one form that leaves nothing to interpret: lower case, every value in double quotes. */
const OPEN = /<[a-z][a-z0-9]*((?:[ \n\t]+[a-z][a-z0-9:-]*="[^"<>]*")*)[ \n\t]*(\/?)>/y;
/** Most links: one plain address, in which no reference but `&amp;` occurs. */
const PLAIN_LINK =
  /<a href="https?:\/\/[a-z0-9.-]+(?::\d+)?(?:[/?#](?:[\w.~:/?#[\]@!$()*+,;=%-]|&amp;)*)?">/iy;
/** Longer ones are somebody else's to judge. */
const MAX_LINK = 2000;
/** A reference as nothing can misread it. */
const REFERENCE = /&[a-z0-9#]{1,31};/iy;

/** References met, as sanitize-html writes them: few differ, and each is looked up in a tree of two thousand names. */
const written = new Map<string, string>();

function writeReference(reference: string): string {
  const known = written.get(reference);
  if (known !== undefined) return known;
  // It writes three as references, and all others as the characters that they stand for.
  const text = /^&(?:amp|lt|gt);$/.test(reference) ? reference : escapeText(decodeHTML(reference));
  if (written.size < 2000) written.set(reference, text);
  return text;
}

/** Walks through HTML once; what need not change is copied in runs, and not even looked at. */
class PlainWriter {
  readonly #html: string;
  readonly #base: string;
  readonly #notes: Notes;
  readonly #stack: PlainTag[] = [];
  readonly #parts: string[] = [];
  #copied = 0;
  // The next of each, at or behind the place that was reached; -1 when there is none.
  #ampersand: number;
  #close: number;

  constructor(html: string, base: string, notes: Notes) {
    this.#html = html;
    this.#base = base;
    this.#notes = notes;
    this.#ampersand = html.indexOf('&');
    this.#close = html.indexOf('>');
  }

  /** Null when something is not plain. */
  write(): string | null {
    const html = this.#html;
    let at = 0;
    while (at >= 0 && at < html.length) {
      const next = html.indexOf('<', at);
      const open = next < 0 ? html.length : next;
      this.#writeText(at, open);
      if (next < 0) break;
      at = html.charCodeAt(open + 1) === SLASH ? this.#closeTag(open) : this.#openTag(open);
    }
    if (at < 0 || this.#stack.length > 0) return null;
    if (this.#copied === 0) return html;
    this.#parts.push(html.slice(this.#copied));
    return this.#parts.join('');
  }

  #replace(from: number, to: number, text: string): void {
    this.#parts.push(this.#html.slice(this.#copied, from), text);
    this.#copied = to;
  }

  #writeText(at: number, end: number): void {
    if (this.#ampersand >= 0 && this.#ampersand < at) this.#ampersand = this.#html.indexOf('&', at);
    if (this.#close >= 0 && this.#close < at) this.#close = this.#html.indexOf('>', at);
    for (;;) {
      const { ampersand, close } = { ampersand: this.#ampersand, close: this.#close };
      if (ampersand >= 0 && ampersand < end && (close < 0 || ampersand < close)) this.#writeAmpersand(end);
      else if (close >= 0 && close < end) {
        this.#replace(close, close + 1, '&gt;');
        this.#close = this.#html.indexOf('>', close + 1);
      } else return;
    }
  }

  #writeAmpersand(end: number): void {
    const html = this.#html;
    const at = this.#ampersand;
    this.#ampersand = html.indexOf('&', at + 1);
    // XML's own are left as they stand, and are nearly all there is.
    if (html.startsWith('amp;', at + 1) || html.startsWith('lt;', at + 1) || html.startsWith('gt;', at + 1))
      return;
    REFERENCE.lastIndex = at;
    if (REFERENCE.test(html)) {
      const reference = html.slice(at, REFERENCE.lastIndex);
      this.#replace(at, REFERENCE.lastIndex, writeReference(reference));
      return;
    }
    // What a bare one means depends on what follows, up to the next.
    const next = this.#ampersand >= 0 && this.#ampersand < end ? this.#ampersand : end;
    this.#replace(at, next, escapeText(decodeHTML(html.slice(at, next))));
    if (this.#close >= 0 && this.#close < next) this.#close = html.indexOf('>', next);
  }

  /** Where the closing tag at `open` ends; -1 when it does not close the innermost element. */
  #closeTag(open: number): number {
    const top = this.#stack.pop();
    if (top === undefined || !this.#html.startsWith(top.name, open + 2)) return -1;
    const end = open + 2 + top.name.length;
    return this.#html.charCodeAt(end) === GREATER ? end + 1 : -1;
  }

  /** Where the opening tag at `open` ends; -1 when it is not spelled plainly, or not for the fast lane. */
  #openTag(open: number): number {
    const tag = findPlainTag(this.#html, open + 1);
    if (tag === null || this.#stack.at(-1)?.closedBy?.has(tag)) return -1;
    const bare = open + 1 + tag.name.length;
    const isBare = tag.isCopied && this.#html.charCodeAt(bare) === GREATER;
    const end = isBare ? bare + 1 : this.#writeTag(tag, open);
    if (tag.isVoid || end < 0) return end;
    if (this.#stack.length >= MAX_DEPTH) return -1;
    this.#stack.push(tag);
    return end;
  }

  #writeTag(tag: PlainTag, open: number): number {
    const html = this.#html;
    if (tag.name === 'a' && this.#notes.size === 0 && this.#close - open < MAX_LINK) {
      PLAIN_LINK.lastIndex = open;
      if (PLAIN_LINK.test(html)) {
        const end = PLAIN_LINK.lastIndex;
        this.#replace(end - 1, end - 1, LINK_EXTRAS);
        return end;
      }
    }
    OPEN.lastIndex = open;
    const match = OPEN.exec(html);
    const end = OPEN.lastIndex;
    if (!match || (match[2] !== '' && !tag.isVoid)) return -1;
    const attributes = writeAttributes(tag.name, match[1] ?? '', this.#base, this.#notes);
    if (attributes === null) {
      if (!tag.isVoid) return -1;
      this.#replace(open, end, '');
    } else this.#replace(open, end, `<${tag.name}${attributes}${tag.isVoid ? ' />' : '>'}`);
    return end;
  }
}

/**
 * What sanitize-html would make of HTML that is well formed and ordinary, in a tenth of its time: every tag must be
 * spelled plainly, be one of few, and nest properly. A differential test holds the two together byte for byte.
 * @returns null for everything else, which must go to sanitize-html
 */
export function sanitisePlain(html: string, base: string, notes: Notes): string | null {
  return new PlainWriter(html, base, notes).write();
}
