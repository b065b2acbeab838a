import { decodeHTMLStrict } from 'entities';
import { cleanText } from '../html/clean-text';
import type { Repairs } from './xml-node';

/** Longest text that the entities of one document may grow to: a "billion laughs" stops here. */
const EXPANSION_LIMIT = 200_000;
const DECLARATION = /<!ENTITY\s+([\w.:-]{1,100})\s+(?:"([^"]{0,5000})"|'([^']{0,5000})')\s*>/g;
/** Longest DTD that is read. */
const DTD_LENGTH = 100_000;

/** Text without control characters, and a note that there were some. */
export function cleanNoting(text: string, repairs: Repairs): string {
  const clean = cleanText(text);
  if (clean !== text) repairs.add('control-characters');
  return clean;
}

/** Turns entity references of XML text into characters; of clean text it makes clean text. */
export type EntityDecoder = (text: string) => string;

/** A whole reference, at the place where one may be. */
const REFERENCE = /&(#?)[a-z0-9]{1,31};/iy;
const OTHER_REFERENCE = /&(?!amp;)/;

/**
 * Decodes XML's, HTML's and numeric references; a bare `&`, or one without `;`, stays as it is. Nearly all are three of
 * XML's own, which the engine replaces all at once; of these, `&amp;` comes last, so that none is decoded twice.
 */
function decodeReferences(text: string, repairs: Repairs): string {
  if (!text.includes('&')) return text;
  const rest = text.replace(/&lt;/g, '<').replace(/&gt;/g, '>');
  return OTHER_REFERENCE.test(rest) ? decodeOthers(rest, repairs) : rest.replace(/&amp;/g, '&');
}

function decodeOthers(text: string, repairs: Repairs): string {
  let decoded = '';
  let copied = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', copied)) {
    REFERENCE.lastIndex = at;
    const match = REFERENCE.exec(text);
    if (!match) repairs.add('bare-ampersand');
    const character = match ? decodeReference(match[0], match[1] === '#', repairs) : '&';
    decoded += text.slice(copied, at) + character;
    copied = at + (match?.[0].length ?? 1);
  }
  return decoded + text.slice(copied);
}

function decodeReference(reference: string, isNumeric: boolean, repairs: Repairs): string {
  if (reference === '&amp;') return '&';
  if (!isNumeric && reference !== '&quot;' && reference !== '&apos;') repairs.add('undeclared-entity');
  const character = decodeHTMLStrict(reference);
  return isNumeric ? cleanNoting(character, repairs) : character;
}

/**
 * A decoder that knows the entities that the document's DTD declares (XML 1.0, 4.2: internal ones only; external
 * ones are never fetched).
 * @param prolog what stands before the root element
 * @param repairs gets the codes of what was not as XML wants it
 */
export function createEntityDecoder(prolog: string, repairs: Repairs): EntityDecoder {
  const declared = readDeclarations(prolog);
  if (declared.size === 0) return (text) => decodeReferences(text, repairs);
  let budget = EXPANSION_LIMIT;
  const expand = (text: string, depth: number): string =>
    text.replace(/&([\w.:-]{1,100});/g, (reference, name: string) => {
      const value = declared.get(name);
      if (value === undefined) return reference;
      if (depth > 4 || value.length > budget) return '';
      budget -= value.length;
      return expand(value, depth + 1);
    });
  return (text) => (text.includes('&') ? decodeReferences(expand(text, 0), repairs) : text);
}

function readDeclarations(prolog: string): Map<string, string> {
  const declared = new Map<string, string>();
  const start = prolog.indexOf('<!DOCTYPE');
  if (start < 0) return declared;
  for (const [, name, double, single] of prolog.slice(start, start + DTD_LENGTH).matchAll(DECLARATION)) {
    if (name && !declared.has(name)) declared.set(name, double ?? single ?? '');
  }
  return declared;
}
