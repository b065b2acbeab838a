import { Tokenizer } from 'htmlparser2';
import { createEntityDecoder } from './decode-entities';
import { TreeBuilder } from './tree-builder';
import type { Repairs, XmlElement } from './xml-node';

/**
 * An XML declaration, with or without its `?>`: the tokeniser would look for the end of an unclosed one behind the
 * last item.
 */
const DECLARATION = /<\?xml\s[^<>]{0,500}>/i;

/** Length of a prolog when nobody says where it ends. */
const PROLOG = 10_000;

/** A tree of everything that looks like markup, and what had to be repaired to get it. */
export interface XmlDocument {
  document: XmlElement;
  repairs: Repairs;
}

/**
 * Reads XML as a browser reads HTML: whatever the input, there is a tree. Linear in the length of `xml`, with bounded
 * depth.
 * @param xml without control characters
 * @param prolog length of what stands before the root element: only there are declarations looked for
 */
export function parseXml(xml: string, prolog = PROLOG): XmlDocument {
  const declaration = DECLARATION.exec(xml.slice(0, prolog));
  const repairs: Repairs = new Set();
  const decode = createEntityDecoder(xml.slice(0, prolog), repairs);
  const builder = new TreeBuilder(xml, decode, repairs, () => tokenizer.pause());
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, builder);
  let from = declaration ? declaration.index + declaration[0].length : 0;
  // Each time the builder halts the tokeniser, it goes on behind what the builder has dealt with itself.
  while (from >= 0) {
    builder.offset = from;
    builder.restartAt = -1;
    tokenizer.reset();
    tokenizer.write(from === 0 ? xml : xml.slice(from));
    from = builder.restartAt;
  }
  tokenizer.end();
  return { document: builder.document, repairs };
}
