import { FeedError } from '@/lib/feed/feed-error';
import { normaliseItemUrl } from '@/lib/feed/item-url';
import { parseFeed } from '@/lib/feed/parse-feed';
import { sanitiseHtml } from '@/lib/feed/sanitise/sanitise-html';
import type { Enclosure, ParsedFeed, ParsedItem, ParseWarning } from '@/lib/feed/types';
import { describeAbsurdDates } from '@/lib/feed/warnings';

/** An entry as it is printed: times in ISO 8601 UTC, `null` where the feed says nothing. */
interface EntryLine {
  title: string | null;
  link: string | null;
  id: string | null;
  author: string | null;
  published: string | null;
  updated: string | null;
  summary: string | null;
  content: string | null;
  categories: string[];
  enclosures: Enclosure[];
  thumbnail: string | null;
  comments: string | null;
}

/** What is printed of a document. */
export interface DocumentLine {
  file: string;
  ok: boolean;
  error: { code: string; message: string } | null;
  feed: Omit<ParsedFeed, 'items' | 'warnings'> | null;
  entries: EntryLine[];
  warnings: ParseWarning[];
}

/** Reads one document; whatever is wrong with it is part of the result. */
export function describeDocument(
  file: string,
  bytes: Uint8Array,
  { contentType, url, isRaw }: { contentType: string | null; url: string; isRaw: boolean },
): DocumentLine {
  try {
    const { items, warnings, ...feed } = parseFeed(bytes, { contentType, url });
    const entries = items.map((item) => (isRaw ? describeItem(item) : describeClean(item, url)));
    if (!isRaw && feed.description !== null)
      feed.description = sanitiseHtml(feed.description, feed.link ?? url);
    const all = [...warnings, ...describeAbsurdDates(items, new Date())];
    return { file, ok: true, error: null, feed, entries, warnings: all };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    return {
      file,
      ok: false,
      error: { code: error.code, message: error.message },
      feed: null,
      entries: [],
      warnings: [],
    };
  }
}

function describeItem(item: ParsedItem): EntryLine {
  return {
    title: item.title,
    link: item.link,
    id: item.id,
    author: item.author,
    published: item.published?.toISOString() ?? null,
    updated: item.updated?.toISOString() ?? null,
    summary: item.summary,
    content: item.content,
    categories: item.categories,
    enclosures: item.enclosures,
    thumbnail: item.thumbnail,
    comments: item.commentsUrl,
  };
}

/** The entry as it would be stored. */
function describeClean(item: ParsedItem, url: string): EntryLine {
  const address = item.originalLink ?? item.link;
  const link = address === null ? null : (normaliseItemUrl(address) ?? address);
  const clean = (html: string | null): string | null =>
    html === null ? null : sanitiseHtml(html, link ?? url);
  return {
    ...describeItem(item),
    link,
    author: item.authors.join(', ') || null,
    summary: clean(item.summary),
    content: clean(item.content),
  };
}
