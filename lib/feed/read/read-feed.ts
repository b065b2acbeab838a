import type { CanonicalFeed, CanonicalItem } from '../canonical';
import { collapseText } from '../html/clean-text';
import { resolveUrl } from '../html/resolve-url';
import { findChild, type Repairs, readChildText, type XmlElement } from '../xml/xml-node';
import type { FeedRoot } from './find-root';
import { NO_HINTS, readHints } from './read-hints';
import { readItem } from './read-item';
import { findAlternate, readLinks } from './read-links';
import { baseOf, firstHtml, firstPlain, type Source } from './source';

const TITLES = [
  'title',
  'atom:title',
  'rss:title',
  'dc:title',
  'dcterms:title',
  'itunes:title',
  'media:title',
];
const DESCRIPTIONS = [
  'description',
  'subtitle',
  'tagline',
  'atom:subtitle',
  'atom:tagline',
  'rss:description',
  'dc:description',
  'dcterms:description',
  'itunes:summary',
  'itunes:subtitle',
  'googleplay:description',
  'abstract',
  'info',
  'atom:info',
  'summary',
  'media:description',
];

/**
 * Reads a feed of any XML format into the one dialect.
 * @param repairs gets the codes of what was repaired
 */
export function readFeed(root: FeedRoot, url: string, repairs: Repairs): CanonicalFeed {
  const [feed] = root.feeds;
  const isAtom = root.format === 'atom';
  if (!feed)
    return {
      format: root.format,
      title: null,
      link: null,
      description: null,
      language: null,
      copyright: null,
      icon: null,
      hints: NO_HINTS,
      items: [],
    };
  // CDF has a base of its own: an attribute of its root.
  const base = root.format === 'cdf' ? resolveUrl(feed.attributes.base ?? '', url) : null;
  const source: Source = { isAtom, url: base && URL.canParse(base) ? base : url, repairs };
  const isEntry = feed.name === 'entry';
  const first = <T>(read: (element: XmlElement) => T | null): T | null => {
    for (const element of root.feeds) {
      const value = isEntry ? null : read(element);
      if (value !== null) return value;
    }
    return null;
  };
  const links = root.feeds.flatMap((element) => readLinks(element, source));
  const link = isEntry ? null : (findAlternate(links) ?? readHref(feed, source));
  return {
    format: root.format,
    title: first((element) => firstPlain(element, TITLES, source)),
    link,
    description: first((element) => firstHtml(element, DESCRIPTIONS, source)),
    language: first((element) => readLanguage(element)),
    copyright: first((element) =>
      firstPlain(
        element,
        ['copyright', 'rights', 'atom:rights', 'dc:rights', 'dcterms:rights', 'media:copyright'],
        source,
      ),
    ),
    icon: first((element) => readIcon(element, source)),
    hints: readHints(feed, links, baseOf(feed, source)),
    items: readItems(root, { ...source, url: baseOfItems(source.url, link) }),
  };
}

/**
 * An item that the end of a truncated document cut off is left out when nothing in it says which one it is: it will
 * come again, and complete.
 */
function readItems(root: FeedRoot, source: Source): CanonicalItem[] {
  const items: CanonicalItem[] = [];
  for (const element of root.items) {
    const item = readItem(element, source);
    if (element.closed || item.id !== null || item.link !== null) items.push(item);
  }
  return items;
}

/** Services that publish the feeds of others under their own host, where no relative address leads anywhere. */
const PROXY =
  /(?:^|\.)(?:feedburner\.com|feedproxy\.google\.com|feedblitz\.com|feedpress\.(?:me|it)|feedsportal\.com|follow\.it|rss\.app)$/;

function baseOfItems(url: string, link: string | null): string {
  if (url === '' || link === null || !URL.canParse(link)) return url;
  return PROXY.test(new URL(url).hostname) ? link : url;
}

/** CDF has its address in an attribute; RSS 1.0's `rdf:about` names the channel, usually by the address of its page. */
function readHref(feed: XmlElement, source: Source): string | null {
  const href = feed.attributes.href;
  return href ? resolveUrl(href, baseOf(feed, source)) : null;
}

function readLanguage(feed: XmlElement): string | null {
  const language =
    readChildText(feed, ['language', 'dc:language', 'dcterms:language']) ??
    feed.attributes['xml:lang'] ??
    null;
  return language ? collapseText(language).slice(0, 40) || null : null;
}

function readIcon(feed: XmlElement, source: Source): string | null {
  const base = baseOf(feed, source);
  for (const name of ['image', 'rss:image']) {
    const image = findChild(feed, name);
    const url =
      image &&
      (readChildText(image, ['url', 'rss:url']) ?? image.attributes.href ?? image.attributes['rdf:resource']);
    if (url) return resolveUrl(url, base);
  }
  const text = readChildText(feed, [
    'icon',
    'logo',
    'atom:icon',
    'atom:logo',
    'webfeeds:icon',
    'webfeeds:logo',
  ]);
  if (text) return resolveUrl(text, base);
  for (const name of ['itunes:image', 'googleplay:image', 'media:thumbnail', 'logo']) {
    const image = findChild(feed, name);
    const url =
      image?.attributes.href ??
      image?.attributes.url ??
      (name === 'logo' ? image?.attributes.href : undefined);
    if (url) return resolveUrl(url, base);
  }
  return null;
}
