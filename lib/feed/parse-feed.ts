import { type CanonicalFeed, mapFeed } from './canonical';
import { type DecodedText, decodeBytes } from './decode/decode-bytes';
import { FeedError } from './feed-error';
import { type FeedRoot, findRoot } from './read/find-root';
import { readFeed } from './read/read-feed';
import { readJsonFeed } from './read/read-json-feed';
import type { ParsedFeed } from './types';
import { describeRepairs } from './warnings';
import { cleanNoting } from './xml/decode-entities';
import { parseXml } from './xml/parse-xml';

/** Where a document came from. */
export interface FeedSource {
  /** The Content-Type header, as sent. */
  contentType: string | null;
  /** Address of the document, after redirects; an empty string when it has none. */
  url: string;
}

/** An element that only feeds have, in the part of a document where its root must be. */
const FEED_TAG = /<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel|entry|item)[\s>/]/i;
/** A control character as JSON writes it. */
const CONTROL_ESCAPE = /\\u00(?:0[0-8bcef]|1[\da-f]|7f|[89][\da-f])/i;
const JSON_START = /^[\s\ufeff]*[{[]/;
/** More items than any feed has; what lies beyond is a mistake or an attack. */
const MAX_ITEMS = 20_000;
/** How far into a document its root element is looked for: comments, DTDs and PHP warnings come before it. */
const PROLOG = 1_000_000;

/**
 * Reads a feed document of any format: RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, CDF. Repairs what it can,
 * and says so in `warnings`. Pure: the same bytes always give the same feed.
 * @throws FeedError `empty` (no text at all), `not-a-feed` (something else, such as a page), `malformed` (a feed of
 *   which nothing can be read)
 */
export function parseFeed(bytes: Uint8Array, source: FeedSource): ParsedFeed {
  const decoded = decodeBytes(bytes, source.contentType);
  const { text } = decoded;
  if (text.trim() === '') throw new FeedError('empty', 'The document is empty.');
  const url = URL.canParse(source.url) ? source.url : '';
  const codes = new Set<string>(decoded.warnings);
  const feed = JSON_START.test(text) ? parseJson(text, url, codes) : parseMarkup(decoded, url, codes);
  if (feed.items.length > MAX_ITEMS) {
    codes.add('too-many-items');
    feed.items.length = MAX_ITEMS;
  }
  return mapFeed(feed, describeRepairs(codes, decoded.charset));
}

function parseJson(text: string, url: string, codes: Set<string>): CanonicalFeed {
  const source = text.replace(/^\ufeff/, '');
  let json = readJson(source);
  if (json === undefined) {
    json = readJson(repairJson(source));
    if (json !== undefined) codes.add('broken-json');
  }
  if (json === undefined && /jsonfeed\.org/i.test(text.slice(0, 2000))) {
    throw new FeedError('malformed', 'The JSON of this feed is broken.');
  }
  if (CONTROL_ESCAPE.test(source)) codes.add('control-characters');
  const feed = readJsonFeed(json, url, codes);
  if (!feed) throw new FeedError('not-a-feed', 'This is not a feed.');
  return feed;
}

/** A value, or undefined for what is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Longer JSON is not repaired: the engine's regular expressions run out of stack on longer strings. */
const REPAIRABLE_LENGTH = 1_000_000;

/** Commas before a closing bracket, and line breaks inside strings: what hand-made JSON gets wrong. */
function repairJson(text: string): string {
  if (text.length > REPAIRABLE_LENGTH) return text;
  const printable = text.replace(/\p{Cc}/gu, ' ');
  return printable.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|, {0,200}(?=[}\]])/g, (match) =>
    match.startsWith(',') ? '' : match,
  );
}

function parseMarkup(decoded: DecodedText, url: string, codes: Set<string>): CanonicalFeed {
  const text = decoded.isPrintable ? decoded.text : cleanNoting(decoded.text, codes);
  const start = FEED_TAG.exec(text.slice(0, PROLOG))?.index ?? -1;
  if (start < 0) throw new FeedError('not-a-feed', notFeedMessage(text));
  const { document, repairs } = parseXml(text, start);
  if (hasJunk(text.slice(0, start))) codes.add('leading-junk');
  const root = findRoot(document);
  if (!root) throw new FeedError('not-a-feed', notFeedMessage(text));
  if (root.items.length > MAX_ITEMS) root.items.length = MAX_ITEMS + 1;
  const feed = readFeed(root, url, repairs);
  if (root.items.length === 0) checkComplete(root, feed, text);
  for (const code of repairs) codes.add(code);
  return feed;
}

/**
 * A feed may be empty, but one that was cut off before its first item says nothing about what it has: taken for a
 * feed it would look as if everything were in order.
 * @throws FeedError `malformed`, or `not-a-feed` when there is nothing of a feed but the name of an element
 */
function checkComplete(root: FeedRoot, feed: CanonicalFeed, text: string): void {
  // RSS 1.0 has its items behind the channel; some documents forget no more than the last closing tag.
  const holder = root.format === 'rdf' ? root.feeds.at(-1) : root.feeds[0];
  if (holder?.closed !== false) return;
  if (isPage(text) || (feed.title === null && feed.link === null && feed.description === null))
    throw new FeedError('not-a-feed', notFeedMessage(text));
  throw new FeedError('malformed', 'The feed ends in the middle, before its first item.');
}

/** Anything but white space, comments, declarations and processing instructions before the root element. */
function hasJunk(prolog: string): boolean {
  if (prolog.includes('<!DOCTYPE')) return false;
  return /\S/.test(prolog.replace(/<[?!][^>]*>|\ufeff/g, '').replace(/<[\w:-]{0,40}$/, ''));
}

function isPage(text: string): boolean {
  return /<(?:!doctype\s+html|html|head|body)\b/i.test(text.slice(0, 10_000));
}

function notFeedMessage(text: string): string {
  return isPage(text) ? 'This is a web page, not a feed.' : 'This is not a feed.';
}
