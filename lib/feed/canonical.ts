import Parser from 'rss-parser';
import type { FeedFormat, FeedHints, ParsedFeed, ParsedItem, ParseWarning } from './types';

/** An item in the one dialect that every format is brought into before rss-parser maps it. */
export type CanonicalItem = ParsedItem;

/** A feed in that dialect. */
export interface CanonicalFeed {
  format: FeedFormat;
  title: string | null;
  link: string | null;
  description: string | null;
  language: string | null;
  copyright: string | null;
  icon: string | null;
  hints: FeedHints;
  items: CanonicalItem[];
}

/** Elements of the dialect that rss-parser does not know by itself. */
const ITEM_FIELDS = ['published', 'updated', 'summary', 'content', 'thumbnail', 'originalLink'] as const;

/**
 * rss-parser's own methods on the object that its XML layer hands them; its types leave them out, and the package is
 * pinned. What it builds of RSS 2.0 is synchronous: only its XML layer is not.
 */
interface Builder {
  buildRSS2(tree: {
    rss: { $: { version: string }; channel: Element[] };
  }): Parser.Output<Record<string, unknown>>;
}
type Element = Record<string, unknown[]>;

const builder = new Parser({
  customFields: {
    feed: ['icon', 'hints'],
    item: [
      ...ITEM_FIELDS.map((name) => [name, name]),
      ['files', 'files', { keepArray: true }],
      ['authors', 'authors', { keepArray: true }],
    ],
  },
} as unknown as Parser.ParserOptions<object, object>) as unknown as Builder;

/** One element of the dialect for each value there is. */
function toElements(values: Record<string, unknown>): Element {
  const element: Element = {};
  for (const name in values) {
    const value = values[name];
    if (Array.isArray(value)) {
      if (value.length > 0) element[name] = value;
    } else if (value !== null && value !== undefined) element[name] = [value];
  }
  return element;
}

function toItemElement(item: CanonicalItem): Element {
  return toElements({
    title: item.title,
    link: item.link,
    guid: item.id,
    author: item.author,
    authors: item.authors,
    originalLink: item.originalLink,
    published: item.published,
    updated: item.updated,
    category: item.categories,
    comments: item.commentsUrl,
    summary: item.summary,
    content: item.content,
    thumbnail: item.thumbnail,
    files: item.enclosures,
  });
}

/**
 * Lets rss-parser map a feed in canonical form. It gets the tree that its XML layer would have made of the same feed
 * in clean RSS 2.0; descriptions go under names of their own, since its excerpts are made in quadratic time.
 */
export function mapFeed(feed: CanonicalFeed, warnings: ParseWarning[]): ParsedFeed {
  const channel = toElements({
    title: feed.title,
    link: feed.link,
    description: feed.description,
    language: feed.language,
    copyright: feed.copyright,
  });
  channel.item = feed.items.map(toItemElement);
  const output = builder.buildRSS2({ rss: { $: { version: '2.0' }, channel: [channel] } });
  return {
    format: feed.format,
    title: textOf(output.title),
    link: textOf(output.link),
    description: textOf(output.description),
    language: textOf((output as unknown as Record<string, unknown>).language),
    copyright: textOf((output as unknown as Record<string, unknown>).copyright),
    icon: feed.icon,
    hints: feed.hints,
    items: output.items.map(toParsedItem),
    warnings,
  };
}

function toParsedItem(item: Parser.Output<Record<string, unknown>>['items'][number]): ParsedItem {
  return {
    id: textOf(item.guid),
    link: textOf(item.link),
    title: textOf(item.title),
    originalLink: textOf(item.originalLink),
    author: textOf(item.author),
    authors: (item.authors as string[] | undefined) ?? [],
    published: item.published instanceof Date ? item.published : null,
    updated: item.updated instanceof Date ? item.updated : null,
    summary: textOf(item.summary),
    content: textOf(item.content),
    categories: item.categories ?? [],
    enclosures: (item.files as ParsedItem['enclosures'] | undefined) ?? [],
    thumbnail: textOf(item.thumbnail),
    commentsUrl: textOf(item.comments),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
