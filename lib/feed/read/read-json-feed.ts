import type { CanonicalFeed, CanonicalItem } from '../canonical';
import { parseDate } from '../dates/parse-date';
import { cleanText, collapseText } from '../html/clean-text';
import { escapeHtml } from '../html/escape-html';
import { resolveHtml } from '../html/resolve-html';
import { resolveUrl } from '../html/resolve-url';
import type { Enclosure } from '../types';
import type { Repairs } from '../xml/xml-node';
import { NO_HINTS } from './read-hints';

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string, or the number or boolean that somebody wrote instead of one. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? cleanText(value).trim() : null;
}

function lineOf(value: unknown): string | null {
  const text = textOf(value);
  return text === null ? null : collapseText(text) || null;
}

/**
 * Reads JSON Feed 1.0 and 1.1 (jsonfeed.org).
 * @param repairs gets the codes of what was repaired
 * @returns null when the JSON is no feed
 */
export function readJsonFeed(json: unknown, url: string, repairs: Repairs): CanonicalFeed | null {
  if (!isObject(json)) return null;
  const isFeed =
    /jsonfeed\.org/i.test(textOf(json.version) ?? '') ||
    (Array.isArray(json.items) &&
      [json.title, json.home_page_url, json.feed_url].some((value) => textOf(value) !== null));
  if (!isFeed) return null;
  const base = url || (textOf(json.feed_url) ?? textOf(json.home_page_url) ?? '');
  const address = (value: unknown): string | null => resolveUrl(textOf(value) ?? '', base);
  const hub = listOf(json.hubs)
    .filter(isObject)
    .find(({ type }) => /websub/i.test(textOf(type) ?? ''));
  return {
    format: 'json',
    title: lineOf(json.title),
    link: address(json.home_page_url),
    description: descriptionOf(json.description),
    language: lineOf(json.language),
    copyright: null,
    icon: address(json.icon) ?? address(json.favicon),
    hints: { ...NO_HINTS, hubUrl: hub ? address(hub.url) : null, selfUrl: address(json.feed_url) },
    items: listOf(json.items)
      .filter(isObject)
      .map((item) => readItem(item, base, readAuthors(json), repairs)),
  };
}

function descriptionOf(value: unknown): string | null {
  const text = textOf(value);
  return text === null ? null : escapeHtml(text);
}

function readAuthors(value: Json): string[] {
  const authors = [...listOf(value.authors), value.authors, value.author].filter(isObject);
  const names = authors
    .map((author) => lineOf(author.name) ?? lineOf(author.url))
    .filter((name) => name !== null);
  const plain = lineOf(value.author);
  return names.length > 0 ? [...new Set(names)] : plain ? [plain] : [];
}

/** Plain text as HTML: line breaks mean something in `content_text`. */
function readContent(item: Json, base: string): string | null {
  const html = textOf(item.content_html);
  if (html !== null) return resolveHtml(html, base);
  const text = textOf(item.content_text);
  return text === null ? null : escapeHtml(text).replace(/\r?\n/g, '<br>\n');
}

function readItem(item: Json, base: string, feedAuthors: string[], repairs: Repairs): CanonicalItem {
  const own = readAuthors(item);
  const authors = own.length > 0 ? own : feedAuthors;
  const link = resolveUrl(textOf(item.url) ?? textOf(item.external_url) ?? '', base);
  const summary = textOf(item.summary);
  const image = resolveUrl(textOf(item.image) ?? textOf(item.banner_image) ?? '', base);
  return {
    id: textOf(item.id),
    link,
    title: lineOf(item.title),
    originalLink: null,
    author: authors[0] ?? null,
    authors,
    published: readDate(item.date_published, repairs),
    updated: readDate(item.date_modified, repairs),
    summary: summary === null ? null : escapeHtml(summary),
    content: readContent(item, base),
    categories: [
      ...new Set(
        listOf(item.tags)
          .map(lineOf)
          .filter((tag) => tag !== null),
      ),
    ],
    enclosures: listOf(item.attachments)
      .filter(isObject)
      .flatMap((file) => readAttachment(file, base)),
    thumbnail: image,
    commentsUrl: null,
  };
}

function readDate(value: unknown, repairs: Repairs): Date | null {
  const text = textOf(value);
  const date = text === null ? null : parseDate(text);
  if (text !== null && date === null) repairs.add('unreadable-date');
  return date;
}

function readAttachment(file: Json, base: string): Enclosure[] {
  const url = resolveUrl(textOf(file.url) ?? '', base);
  if (url === null) return [];
  const length = Number(file.size_in_bytes);
  const seconds = Number(file.duration_in_seconds);
  const enclosure: Enclosure = {
    url,
    type: lineOf(file.mime_type),
    length: length > 0 ? Math.round(length) : null,
  };
  if (seconds > 0) enclosure.duration = seconds;
  return [enclosure];
}
