import { decodeHTMLStrict } from 'entities';

/** Longest text that the entities of one document may grow to: a "billion laughs" stops here. */
const EXPANSION_LIMIT = 200_000;
const DECLARATION = /<!ENTITY\s+([\w.:-]{1,100})\s+(?:"([^"]{0,5000})"|'([^']{0,5000})')\s*>/g;
/** Longest DTD that is read. */
const DTD_LENGTH = 100_000;

/** Turns entity references of XML text into characters. */
export type EntityDecoder = (text: string) => string;

/** Decodes XML's, HTML's and numeric references; a bare `&`, or one without `;`, stays as it is. */
function decodeReferences(text: string): string {
  return text.includes('&') ? decodeHTMLStrict(text) : text;
}

/**
 * A decoder that knows the entities that the document's DTD declares (XML 1.0, 4.2: internal ones only; external
 * ones are never fetched).
 * @param prolog what stands before the root element
 */
export function createEntityDecoder(prolog: string): EntityDecoder {
  const declared = readDeclarations(prolog);
  if (declared.size === 0) return decodeReferences;
  let budget = EXPANSION_LIMIT;
  const expand = (text: string, depth: number): string =>
    text.replace(/&([\w.:-]{1,100});/g, (reference, name: string) => {
      const value = declared.get(name);
      if (value === undefined) return reference;
      if (depth > 4 || value.length > budget) return '';
      budget -= value.length;
      return expand(value, depth + 1);
    });
  return (text) => (text.includes('&') ? decodeHTMLStrict(expand(text, 0)) : text);
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
