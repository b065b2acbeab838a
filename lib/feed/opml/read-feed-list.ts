import { decodeBytes } from '../decode/decode-bytes';
import { cleanText } from '../html/clean-text';
import { parseXml } from '../xml/parse-xml';
import { readLines } from './read-lines';
import { readOutlines } from './read-outlines';
import type { FeedList, ListedFeed } from './types';

/** More feeds than anybody reads. */
const MAX_FEEDS = 20_000;
/** How far into a file it is looked at to say what it is instead. */
const HEAD = 20_000;

const OUTLINE = /<(?:[\w.-]{1,40}:)?outline[\s/>]/i;
const OPML = /<(?:[\w.-]{1,40}:)?opml[\s>]/i;
const FEED = /<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf)[\s>]/i;
const PAGE = /<(?:!doctype\s+html|html|head|body)\b/i;

const refuse = (message: string): FeedList => ({ kind: 'refused', message });

function toList(feeds: ListedFeed[], folders: string[]): FeedList {
  const cut = feeds.length > MAX_FEEDS;
  return { kind: 'list', feeds: cut ? feeds.slice(0, MAX_FEEDS) : feeds, folders, cut };
}

function readMarkup(text: string): FeedList {
  const { document } = parseXml(text);
  const { feeds, folders } = readOutlines(document, MAX_FEEDS + 1);
  return feeds.length === 0 ? refuse('There is no feed in this file.') : toList(feeds, folders);
}

/** What a file is that has no outlines. */
function describeMarkup(head: string): FeedList {
  if (OPML.test(head)) return refuse('There is no feed in this file.');
  if (FEED.test(head)) return refuse('This is a feed, not a list of feeds: add it by its address.');
  if (PAGE.test(head)) return refuse('This is a web page, not a list of feeds.');
  return refuse('This is not a list of feeds: neither OPML nor addresses, one a line.');
}

/**
 * Reads a list of feeds: OPML of any version, however broken, or addresses, one a line. Pure.
 *
 * OPML is read through the same tolerant tree as feeds: what a parser of well-formed XML refuses (files cut off in the
 * middle, without `<body>`, nested a thousand deep) is what people have.
 *
 * @see http://opml.org/spec2.opml
 */
export function readFeedList(bytes: Uint8Array): FeedList {
  const decoded = decodeBytes(bytes, null).text;
  if (decoded.trim() === '') return refuse('The file is empty.');
  // Pictures, archives and the like; UTF-16 has been decoded by now.
  if (decoded.includes('\0')) return refuse('This is not a list of feeds: it is no text at all.');
  const text = cleanText(decoded);
  if (OUTLINE.test(text)) return readMarkup(text);
  const head = text.slice(0, HEAD);
  if (/^[\s\ufeff]*</.test(head)) return describeMarkup(head);
  const feeds = readLines(text, MAX_FEEDS + 1);
  return feeds === null ? describeMarkup(head) : toList(feeds, []);
}
