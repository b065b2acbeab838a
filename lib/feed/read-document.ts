import { decodeBytes } from './decode/decode-bytes';
import { discoverFeeds } from './discover';
import { FeedError } from './feed-error';
import { identifyItems } from './identify-items';
import { makeItem } from './make-item';
import { parseFeed } from './parse-feed';
import { readLinkHeader } from './read-link-header';
import type { FeedHints, ReadOptions, ReadOutcome } from './types';
import { describeAbsurdDates } from './warnings';

/** Markup in which a page says that it is one. */
const PAGE = /<(?:!doctype\s+html|html|head|body|title|meta|link)\b/i;
/** How far into a document that is looked for. */
const PAGE_HEAD = 100_000;

/**
 * Reads whatever an address answered with: a feed (identified, sanitised, bounded items), a page and the feeds that it
 * offers, or the reason why it is neither. Never throws; the result can be cloned across threads.
 */
export function readDocument(bytes: Uint8Array, options: ReadOptions): ReadOutcome {
  try {
    const { items, ...feed } = parseFeed(bytes, options);
    return {
      kind: 'feed',
      feed: {
        ...feed,
        hints: heedHeader(feed.hints, options),
        warnings: [...feed.warnings, ...describeAbsurdDates(items, options.now)],
      },
      items: identifyItems(items).map((found, index) => makeItem(found, index, options)),
    };
  } catch (error) {
    if (!(error instanceof FeedError))
      return { kind: 'error', code: 'malformed', message: 'The feed cannot be read.' };
    return (
      (error.code === 'not-a-feed' && readPage(bytes, options)) || {
        kind: 'error',
        code: error.code,
        message: error.message,
      }
    );
  }
}

function readPage(bytes: Uint8Array, options: ReadOptions): ReadOutcome | null {
  const { text } = decodeBytes(bytes, options.contentType);
  return PAGE.test(text.slice(0, PAGE_HEAD))
    ? { kind: 'page', candidates: discoverFeeds(text, options.url) }
    : null;
}

function heedHeader(hints: FeedHints, { link = null, url }: ReadOptions): FeedHints {
  const { hubUrl, selfUrl } = readLinkHeader(link, url);
  return { ...hints, hubUrl: hubUrl ?? hints.hubUrl, selfUrl: selfUrl ?? hints.selfUrl };
}
