import { isUtf8 } from 'node:buffer';
import { decodeHTMLStrict } from 'entities';
import { cleanText, collapseSpace } from '../html/clean-text';
import { escapeHtml } from '../html/escape-html';
import { htmlToText } from '../html/html-to-text';
import { resolveHtml } from '../html/resolve-html';
import { serializeHtml } from './serialize-html';
import { isElement, type Repairs, readText, type XmlElement } from './xml-node';

/** How the text of an element is meant. */
type TextKind = 'text' | 'html' | 'xhtml' | 'base64' | 'foreign';

const XML_TYPE = /^(?:xhtml$|application\/xhtml\+xml|.*\+xml\b|(?:text|application)\/xml)/;
/** Markup that plain text does not contain by accident. */
const LOOKS_LIKE_HTML =
  /<\/(?:a|b|i|p|em|ul|ol|li|div|span|strong|blockquote|table|h[1-6]|pre|code)\s*>|<(?:br|hr|p|img|a)(?:\s[^<>]*)?\/?>|&(?:#\d{2,6}|#x[\da-f]{2,5}|amp|lt|gt|quot|nbsp|[lr][sd]quo|[mn]dash|hellip);/i;

/**
 * RFC 4287, 3.1 and 4.1.3, and `mode` of Atom 0.3. Without a `type`, RSS means HTML; Atom means plain text, but many
 * of its feeds do not, so there the text itself decides.
 */
function kindOf(element: XmlElement, isAtom: boolean): TextKind {
  const type = element.attributes.type?.trim().toLowerCase() ?? '';
  const mode = element.attributes.mode?.trim().toLowerCase();
  if (mode === 'base64' || element.attributes.encoding === 'base64') return 'base64';
  if (mode === 'escaped') return type === 'text/plain' ? 'text' : 'html';
  if (element.children.some(isElement))
    return XML_TYPE.test(type) || mode === 'xml' ? 'xhtml' : isAtom ? 'xhtml' : 'html';
  if (XML_TYPE.test(type)) return 'xhtml';
  if (type === 'html' || type === 'text/html') return 'html';
  if (type === 'text') return 'text';
  if (type === '' || type.startsWith('text/') || type === 'plain') {
    if (!isAtom && type === '') return 'html';
    return LOOKS_LIKE_HTML.test(readText(element)) ? 'html' : 'text';
  }
  if (!isAtom) return 'html';
  return type.includes('/') ? 'foreign' : 'html';
}

/** Text with naked elements in between: when it is escaped HTML all the same, it is not escaped again. */
function readMixed(element: XmlElement, base: string): string {
  if (!element.children.some(isElement)) return readText(element);
  const escaped = element.children.some((child) => !isElement(child) && /<[a-z/!]/i.test(child));
  if (!escaped) return serializeHtml(element.children, base);
  return element.children.map((child) => (isElement(child) ? serializeHtml([child], base) : child)).join('');
}

/** RFC 4287, 3.1.1.3: the wrapping `div` is not part of the content. */
function readXhtml(element: XmlElement, base: string): string {
  const children = element.children.filter((child) => isElement(child) || child.trim() !== '');
  const [only] = children;
  const isWrapper =
    only && isElement(only) && children.length === 1 && /^(?:xhtml:)?(?:div|body)$/.test(only.name);
  if (!isWrapper || only.attributes['xml:base']) return serializeHtml(children, base);
  return serializeHtml(only.children, base);
}

/**
 * RFC 4287, 4.1.3.3: content of any other type is base64. What is no text after decoding is nothing to read (a
 * picture), or was not encoded at all.
 */
function decodeBase64(element: XmlElement): string {
  const text = readText(element);
  const bytes = Buffer.from(text, 'base64');
  const decoded = isUtf8(bytes) ? bytes.toString('utf8') : '\0';
  if (!/[^\P{Cc}\t\n\r]/u.test(decoded)) return decoded;
  return /^(?:image|audio|video)\/|octet-stream/.test(element.attributes.type ?? '') ? '' : escapeHtml(text);
}

/** HTML out of a CDATA section that was escaped, or nested in another. */
function stripCdata(html: string, repairs: Repairs): string {
  if (!/^\s*<!\[CDATA\[/.test(html)) return html;
  repairs.add('double-escaped');
  return html.replace(/^\s*<!\[CDATA\[/, '').replace(/\]\]>\s*$/, '');
}

/** Notes when the text itself, and not its type, made it HTML. */
function noteKind(element: XmlElement, kind: TextKind, isAtom: boolean, repairs: Repairs): void {
  const { type, mode } = element.attributes;
  if (kind === 'html' && isAtom && mode === undefined && !/html/i.test(type ?? ''))
    repairs.add('mistyped-html');
}

/**
 * The element's content as HTML, addresses resolved.
 * @param isAtom whether Atom's rules say what a missing `type` means
 * @param repairs gets the codes of what was not as the formats want it
 * @returns null when it is empty, or not for reading
 */
export function readHtml(
  element: XmlElement,
  isAtom: boolean,
  base: string,
  repairs: Repairs,
): string | null {
  const kind = kindOf(element, isAtom);
  noteKind(element, kind, isAtom, repairs);
  let html: string;
  if (kind === 'xhtml') html = readXhtml(element, base);
  else if (kind === 'text') html = escapeHtml(readText(element));
  else if (kind === 'base64' || kind === 'foreign')
    html = resolveHtml(cleanText(decodeBase64(element)), base);
  else html = resolveHtml(stripCdata(readMixed(element, base), repairs), base);
  const trimmed = html.trim();
  return trimmed === '' ? null : trimmed;
}

/** The element's content as one line of plain text; null when it is empty. */
export function readPlain(element: XmlElement, isAtom: boolean, repairs: Repairs): string | null {
  const kind = kindOf(element, isAtom);
  noteKind(element, kind, isAtom, repairs);
  let text: string;
  if (kind === 'text') text = collapseSpace(readText(element));
  else if (kind === 'xhtml') text = htmlToText(readXhtml(element, ''));
  else if (kind === 'base64' || kind === 'foreign') text = htmlToText(cleanText(decodeBase64(element)));
  else {
    const html = readMixed(element, '');
    // RSS does not say whether a title is text or HTML; where it is marked as HTML, references are no mistake.
    const isUnmarked = element.attributes.type === undefined && html.includes('&') && !html.includes('<');
    if (isUnmarked && decodeHTMLStrict(html) !== html) repairs.add('double-escaped');
    text = htmlToText(html);
  }
  return text === '' ? null : text;
}
