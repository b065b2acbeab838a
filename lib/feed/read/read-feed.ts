import type { CanonicalFeed } from '../canonical';
import { collapseText } from '../html/clean-text';
import { resolveUrl } from '../html/resolve-url';
import { findChild, readChildText, type XmlElement } from '../xml/xml-node';
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

/** Reads a feed of any XML format into the one dialect. */
export function readFeed(root: FeedRoot, url: string): CanonicalFeed {
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
  const source: Source = { isAtom, url };
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
    items: root.items.map((item) => readItem(item, source)),
  };
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
