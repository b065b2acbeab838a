import { decodeHTMLStrict } from 'entities';
import type { Repairs } from './xml-node';

/** Longest text that the entities of one document may grow to: a "billion laughs" stops here. */
const EXPANSION_LIMIT = 200_000;
const DECLARATION = /<!ENTITY\s+([\w.:-]{1,100})\s+(?:"([^"]{0,5000})"|'([^']{0,5000})')\s*>/g;
/** Longest DTD that is read. */
const DTD_LENGTH = 100_000;

/** Turns entity references of XML text into characters. */
export type EntityDecoder = (text: string) => string;

/** An `&` that is none of XML's own five references, nor a numeric one. */
const UNUSUAL = /&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/i;
/** An `&` that starts no reference at all. */
const BARE = /&(?![a-z][a-z0-9]{1,31};|#)/i;
const NUMERIC = /&(?:#|[A-Z])/;

/**
 * Decodes XML's, HTML's and numeric references; a bare `&`, or one without `;`, stays as it is. Text that has only
 * XML's own, as nearly all has, takes a search each; `&amp;` comes last, so that nothing is decoded twice.
 */
function decodeReferences(text: string, repairs: Repairs): string {
  if (!text.includes('&')) return text;
  if (UNUSUAL.test(text)) {
    repairs.add(BARE.test(text) ? 'bare-ampersand' : 'undeclared-entity');
    return decodeHTMLStrict(text);
  }
  if (NUMERIC.test(text)) return decodeHTMLStrict(text);
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
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
