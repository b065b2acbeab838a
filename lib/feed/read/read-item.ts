import type { CanonicalItem } from '../canonical';
import { resolveUrl } from '../html/resolve-url';
import {
  findChild,
  findChildren,
  isElement,
  readChildText,
  readText,
  type XmlElement,
} from '../xml/xml-node';
import { readCategories } from './read-categories';
import { readDates } from './read-dates';
import { findAlternate, type Link, readLinks } from './read-links';
import { readMedia } from './read-media';
import { readAuthors } from './read-people';
import { baseOf, firstHtml, firstPlain, type Source } from './source';

const TITLES = [
  'title',
  'atom:title',
  'rss:title',
  'dc:title',
  'dcterms:title',
  'media:title',
  'itunes:title',
  'schema:name',
  'headline',
];
const SUMMARIES = [
  'description',
  'summary',
  'atom:summary',
  'rss:description',
  'dc:description',
  'dcterms:abstract',
  'dcterms:description',
  'itunes:summary',
  'googleplay:description',
  'abstract',
  'media:description',
  'itunes:subtitle',
  'schema:description',
  'subtitle',
  'excerpt',
];
const CONTENTS = [
  'content:encoded',
  'encoded',
  'content',
  'atom:content',
  'xhtml:body',
  'xhtml:div',
  'body',
  'fullitem',
  'content:content',
  'media:text',
];
const IDS = ['guid', 'id', 'atom:id', 'rss:guid', 'dc:identifier', 'dcterms:identifier'];

/** Reads an item of any XML format into the one dialect. */
export function readItem(item: XmlElement, source: Source): CanonicalItem {
  const links = readLinks(item, source);
  const { published, updated } = readDates(item, source.repairs);
  const media = readMedia(item, links, source);
  const groups = findGroups(item);
  const authors = readItemAuthors(item, source);
  return {
    id: readId(item),
    link: readItemLink(item, links, source),
    title: firstPlain(item, TITLES, source) ?? readGrouped(groups, ['media:title'], source),
    originalLink: readOriginalLink(item),
    author: authors[0] ?? null,
    authors,
    published,
    updated,
    summary: firstHtml(item, SUMMARIES, source) ?? readGroupedHtml(groups, source),
    content: firstHtml(item, CONTENTS, source) ?? readContentItems(item, source),
    categories: readCategories(item),
    enclosures: media.enclosures,
    thumbnail: media.thumbnail,
    commentsUrl: readComments(item, links, source),
  };
}

/** `media:group` and `media:content`, also one in the other. */
function findGroups(item: XmlElement): readonly XmlElement[] {
  const outer = [...findChildren(item, 'media:group'), ...findChildren(item, 'media:content')];
  if (outer.length === 0) return outer;
  return outer.flatMap((group) => [group, ...findChildren(group, 'media:content')]);
}

function readGrouped(groups: readonly XmlElement[], names: readonly string[], source: Source): string | null {
  for (const group of groups) {
    const text = firstPlain(group, names, source);
    if (text) return text;
  }
  return null;
}

function readGroupedHtml(groups: readonly XmlElement[], source: Source): string | null {
  for (const group of groups) {
    const html = firstHtml(group, ['media:description', 'media:text'], source);
    // YouTube describes its videos in plain text, with meaningful line breaks.
    if (html) return /<[a-z]/i.test(html) ? html : html.replace(/\r?\n/g, '<br>\n');
  }
  return null;
}

/** The older form of RSS 1.0's content module: the text is the `rdf:value` of an item in a bag. */
function readContentItems(parent: XmlElement, source: Source): string | null {
  for (const child of parent.children) {
    if (!isElement(child) || !/^(?:content:items?|rdf:bag|rdf:li)$/.test(child.name)) continue;
    const html = firstHtml(child, ['rdf:value'], source) ?? readContentItems(child, source);
    if (html !== null) return html;
  }
  return null;
}

function readId(item: XmlElement): string | null {
  const id = readChildText(item, IDS) ?? item.attributes['rdf:about'] ?? null;
  return id?.trim() || null;
}

function readItemLink(item: XmlElement, links: readonly Link[], source: Source): string | null {
  const alternate = findAlternate(links);
  if (alternate) return alternate;
  const base = baseOf(item, source);
  const own = item.attributes.href ?? item.attributes['rdf:about'] ?? readPermalink(item);
  if (own && (/^https?:\/\//i.test(own) || item.attributes.href)) return resolveUrl(own, base);
  const other = readChildText(item, ['url', 'schema:url', 'dc:source', 'dcterms:source']);
  return other && /^https?:\/\//i.test(other) ? resolveUrl(other, base) : null;
}

/** Who did something for an item: better than nobody. */
const CONTRIBUTORS = ['contributor', 'atom:contributor', 'dc:contributor', 'dc:publisher'];

/** RFC 4287, 4.2.1: an entry without author has that of its source, else that of the feed. */
function readItemAuthors(item: XmlElement, source: Source): string[] {
  if (!source.isAtom) return readAuthors(item, ['managingeditor', ...CONTRIBUTORS]);
  const origin = findChild(item, 'source');
  for (const element of [item, origin, item.parent]) {
    const authors = element ? readAuthors(element) : [];
    if (authors.length > 0) return authors;
  }
  return readAuthors(item, CONTRIBUTORS);
}

function readOriginalLink(item: XmlElement): string | null {
  const link = readChildText(item, ['feedburner:origlink', 'pheedo:origlink']);
  return link && /^https?:\/\//i.test(link) ? resolveUrl(link, '') : null;
}

/** RSS 2.0: a guid is the item's address unless `isPermaLink` says otherwise. */
function readPermalink(item: XmlElement): string | null {
  for (const guid of findChildren(item, 'guid')) {
    if ((guid.attributes.ispermalink ?? 'true').trim().toLowerCase() !== 'false')
      return readText(guid).trim() || null;
  }
  return null;
}

function readComments(item: XmlElement, links: readonly Link[], source: Source): string | null {
  const comments = readChildText(item, ['comments', 'rss:comments']);
  const reference =
    comments ??
    links.find(({ rel, type }) => rel === 'replies' && !/atom|rss|xml/.test(type ?? ''))?.url ??
    null;
  const url = reference ? resolveUrl(reference, baseOf(item, source)) : null;
  return url && /^https?:/i.test(url) ? url : null;
}
