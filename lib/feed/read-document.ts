import { discoverFeeds } from './discover';
import { FeedError } from './feed-error';
import { hashFields, identifyItems } from './identify-items';
import { normaliseItemUrl } from './item-url';
import { extractText, makeExcerpt } from './make-excerpt';
import { parseFeed } from './parse-feed';
import { sanitiseHtml } from './sanitise-html';
import type { NewItem, ParsedItem, ReadOptions, ReadOutcome } from './types';

const DAY = 86_400_000;
/** A title for an item that has none is its first words, up to this length. */
const TITLE_LENGTH = 80;

/**
 * Reads whatever an address answered with: a feed (identified, sanitised items), or a page and the feeds it offers.
 * Never throws; the result can be cloned across threads.
 */
export function readDocument(bytes: Uint8Array, options: ReadOptions): ReadOutcome {
  try {
    const { items, ...feed } = parseFeed(bytes, options);
    const identified = identifyItems(items);
    return { kind: 'feed', feed, items: identified.map((pair, index) => makeItem(pair, index, options)) };
  } catch (error) {
    if (!(error instanceof FeedError)) return { kind: 'error', code: 'malformed', message: String(error) };
    if (error.code === 'not-a-feed') {
      const html = new TextDecoder().decode(bytes);
      if (/<(?:html|head|body|!doctype html)\b/i.test(html)) {
        return { kind: 'page', candidates: discoverFeeds(html, options.url) };
      }
    }
    return { kind: 'error', code: error.code, message: error.message };
  }
}

function makeItem(
  pair: { identity: string; item: ParsedItem },
  index: number,
  options: ReadOptions,
): NewItem {
  const { identity, item } = pair;
  const html = sanitiseHtml(item.content ?? item.summary ?? '', item.link ?? options.url);
  const excerpt = makeExcerpt(html);
  const title = item.title || extractText(html).slice(0, TITLE_LENGTH) || item.link || 'Untitled';
  const url = item.link ? normaliseItemUrl(item.link) : null;
  const publishedAt = believeDate(item.published ?? item.updated, options.now);
  const rest = {
    author: item.authors.join(', ') || null,
    enclosures: item.enclosures,
    categories: item.categories,
    thumbnail: item.thumbnail,
    commentsUrl: item.commentsUrl,
  };
  return {
    identity,
    contentHash: hashFields([url, title, html, JSON.stringify(rest)]),
    url,
    title,
    publishedAt,
    sortAt: new Date(
      Math.min(publishedAt?.getTime() ?? Number.POSITIVE_INFINITY, options.now.getTime() - index),
    ),
    html,
    excerpt,
    ...rest,
  };
}

/** A date is absurd before 1900, at the epoch itself (an unset clock), and more than a day ahead of ours. */
function believeDate(date: Date | null, now: Date): Date | null {
  if (!date || Number.isNaN(date.getTime()) || date.getTime() === 0) return null;
  if (date.getUTCFullYear() < 1900 || date.getTime() > now.getTime() + DAY) return null;
  return date;
}
