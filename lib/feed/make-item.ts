import { hash } from 'node:crypto';
import { believeDates } from './dates/believe-date';
import { hashFields, type IdentifiedItem } from './identify-items';
import { normaliseItemUrl } from './item-url';
import { extractText, makeExcerpt, truncateText } from './make-excerpt';
import { sanitiseHtml } from './sanitise/sanitise-html';
import type { Enclosure, NewItem, ParsedItem, ReadOptions } from './types';

/** Characters of a title, and of the one that an item without title gets from its text. */
const TITLE_LENGTH = 1000;
const MADE_TITLE_LENGTH = 80;
const AUTHOR_LENGTH = 300;
const MAX_CATEGORIES = 40;
const CATEGORY_LENGTH = 100;
const MAX_ENCLOSURES = 50;
const URL_LENGTH = 4000;
const LONG_TEXT = 1000;

/**
 * An item as it is stored, out of one as the feed has it.
 * @param index its place in the document: items without a date keep their order by it
 */
export function makeItem({ identity, item }: IdentifiedItem, index: number, options: ReadOptions): NewItem {
  const url = readAddress(item);
  const html = sanitiseHtml(item.content ?? item.summary ?? '', url ?? options.url);
  const publishedAt = believeDates(item, options.now);
  const shown: Shown = {
    url,
    title: makeTitle(item, html, url),
    author: truncateText(item.authors.join(', '), AUTHOR_LENGTH) || null,
    enclosures: keepEnclosures(item.enclosures),
    categories: keepCategories(item.categories),
    thumbnail: keepUrl(item.thumbnail),
    commentsUrl: keepUrl(item.commentsUrl),
  };
  return {
    identity,
    names: { id: item.id, link: item.link, title: item.title, published: item.published },
    contentHash: hashShown(shown, html),
    publishedAt,
    sortAt: new Date(
      Math.min(publishedAt?.getTime() ?? Number.POSITIVE_INFINITY, options.now.getTime() - index),
    ),
    html,
    excerpt: makeExcerpt(html),
    ...shown,
  };
}

/** What a reader would see of an item beside its text. */
type Shown = Pick<
  NewItem,
  'url' | 'title' | 'author' | 'enclosures' | 'categories' | 'thumbnail' | 'commentsUrl'
>;

function hashShown(shown: Shown, html: string): string {
  const listed = (list: readonly unknown[]): string | null => (list.length > 0 ? JSON.stringify(list) : null);
  return hashFields([
    shown.url,
    shown.title,
    shown.author,
    listed(shown.enclosures),
    listed(shown.categories),
    shown.thumbnail,
    shown.commentsUrl,
    // A long text is hashed by itself: to join it to the rest would copy it first.
    html.length > LONG_TEXT ? hash('sha256', html) : html,
  ]);
}

/** Where the item's title leads: past a counter of clicks, and for an item without link to its id when that is a page. */
function readAddress(item: ParsedItem): string | null {
  const address =
    item.originalLink ?? item.link ?? (item.id && /^https?:\/\//i.test(item.id) ? item.id : null);
  const url = address === null ? null : normaliseItemUrl(address);
  return url !== null && url.length <= URL_LENGTH ? url : null;
}

function makeTitle(item: ParsedItem, html: string, url: string | null): string {
  if (item.title) return truncateText(item.title, TITLE_LENGTH);
  const file = item.enclosures
    .find(({ rel }) => rel === undefined)
    ?.url.split('/')
    .at(-1);
  return truncateText(extractText(html.slice(0, 5000), 300), MADE_TITLE_LENGTH) || url || file || 'Untitled';
}

function keepUrl(value: string | null): string | null {
  return value !== null && value.length <= URL_LENGTH && /^https?:\/\/./i.test(value) ? value : null;
}

function keepEnclosures(enclosures: readonly Enclosure[]): Enclosure[] {
  return enclosures
    .filter(({ url, rel }) => rel !== 'thumbnail' && keepUrl(url) !== null)
    .slice(0, MAX_ENCLOSURES);
}

/** Categories that differ only in case are one. */
function keepCategories(categories: readonly string[]): string[] {
  const kept = new Map<string, string>();
  for (const category of categories) {
    const text = truncateText(category, CATEGORY_LENGTH);
    if (!kept.has(text.toLowerCase())) kept.set(text.toLowerCase(), text);
    if (kept.size === MAX_CATEGORIES) break;
  }
  return [...kept.values()];
}
