import { Parser } from 'htmlparser2';
import { collapseText } from './html/clean-text';
import type { FeedCandidate } from './types';

/** Markup read for candidates: heads are at the start, and pages are not bounded. */
const SCAN_LENGTH = 3_000_000;
/** Links of a body that are kept. */
const MAX_LINKS = 20;
/** Candidates that are worth trying. */
const MAX_CANDIDATES = 30;

const FEED_TYPE = /^\s*(?:application|text)\/(?:rss|atom|rdf|feed)\+?(?:xml|json)?\b/i;
const MAYBE_TYPE = /^\s*(?:application|text)\/(?:xml|json)\b/i;
const FEED_PATH =
  /(?:^|[/._-])(?:feeds?|rss2?|atom|rdf|index\.xml|feed\.json)(?:[/._-]?(?:xml|rss|atom|rdf|json|php))?\/?$|\.(?:rss|atom|rdf)$|[?&](?:feed|format|type|alt)=(?:rss2?|atom|rdf|feed|json)\b/i;
const FEED_WORDS = /\b(?:rss|atom|feed|flux|xml feed|subscribe via rss)\b/i;
/** Feeds beside the one that is looked for: comments of one page, and descriptions that are no feeds. */
const ASIDE = /comments?\b|\/wp-json\/|oembed|opensearch|\.(?:css|js|png|svg|ico|html?)(?:\?|$)/i;
/** Where feeds are when nothing says so, most common first. */
const WELL_KNOWN = ['/feed', '/rss', '/feed.xml', '/rss.xml', '/atom.xml', '/index.xml', '/feed.json'];

interface Found extends FeedCandidate {
  rank: number;
}

/**
 * Feeds that an HTML page offers, best first: those that it declares in its head (its own before those of comments),
 * then links that look like feeds, and only when there are neither, the places where feeds usually are.
 * @param html the page, decoded
 * @param url address of the page, after redirects: base of relative links
 */
export function discoverFeeds(html: string, url: string): FeedCandidate[] {
  const scan = new PageScan(url);
  const parser = new Parser(scan, { lowerCaseTags: true, decodeEntities: true });
  parser.end(html.slice(0, SCAN_LENGTH));
  const found = [...scan.declared, ...scan.linked.slice(0, MAX_LINKS)].sort((a, b) => a.rank - b.rank);
  if (found.length === 0) return guessFeeds(url);
  const unique = new Map<string, FeedCandidate>();
  for (const { rank: _, ...candidate } of found)
    if (!unique.has(candidate.url)) unique.set(candidate.url, candidate);
  return [...unique.values()].slice(0, MAX_CANDIDATES);
}

/** Well-known addresses at the root of the site, and below the page's own path when it has one. */
function guessFeeds(url: string): FeedCandidate[] {
  if (!URL.canParse(url)) return [];
  const { origin, pathname } = new URL(url);
  const own = pathname.replace(/\/[^/]*\.[^/]*$/, '').replace(/\/+$/, '');
  const bases = own === '' ? [''] : [own, ''];
  const paths = bases.flatMap((base, index) =>
    WELL_KNOWN.slice(0, index === 0 && own !== '' ? 2 : undefined).map((path) => base + path),
  );
  return paths.map((path) => ({ url: origin + path, title: null, type: null, guessed: true }));
}

/** Collects candidates from the events of htmlparser2, which does not care where head ends. */
class PageScan {
  readonly declared: Found[] = [];
  readonly linked: Found[] = [];
  #base: string;
  readonly #page: string;
  #anchor: Found | null = null;
  #anchorText = '';

  constructor(url: string) {
    this.#base = url;
    this.#page = url;
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    if (name === 'base' && attributes.href) this.#base = this.#resolve(attributes.href) ?? this.#base;
    else if (name === 'link') this.#addDeclared(attributes);
    else if (name === 'a' && attributes.href) this.#openAnchor(attributes);
    else if (name === 'img' && this.#anchor) this.#anchorText += ` ${attributes.alt ?? ''}`;
  }

  ontext(text: string): void {
    if (this.#anchor && this.#anchorText.length < 200) this.#anchorText += text;
  }

  onclosetag(name: string): void {
    const anchor = this.#anchor;
    if (name !== 'a' || !anchor) return;
    this.#anchor = null;
    const text = collapseText(this.#anchorText);
    const looksRight = FEED_PATH.test(anchor.url) || anchor.type !== null;
    if (!looksRight && !(FEED_WORDS.test(text) && /rss|atom|feed|xml/i.test(anchor.url))) return;
    this.linked.push({
      ...anchor,
      title: anchor.title ?? (text.slice(0, 100) || null),
      rank: 6 + (ASIDE.test(anchor.url) ? 2 : 0),
    });
  }

  #resolve(reference: string): string | null {
    const value = reference
      .trim()
      .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
      .replace(/^feed:\/\//i, 'http://');
    if (value === '' || !URL.canParse(value, this.#base)) return null;
    const url = new URL(value, this.#base);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
    url.hash = '';
    return url.href;
  }

  /** Ranks: a feed by type 0, one of JSON 1, `rel=feed` 1, generic XML 3, comments 5 and later. */
  #addDeclared({ rel = '', type, href, title }: Record<string, string>): void {
    const url = href ? this.#resolve(href) : null;
    const relations = rel.toLowerCase().split(/\s+/);
    if (!url || url === this.#page || relations.includes('stylesheet')) return;
    const isAlternate = relations.includes('alternate');
    const isFeed = relations.includes('feed');
    const isTyped = FEED_TYPE.test(type ?? '');
    if (!isFeed && !(isAlternate && (isTyped || MAYBE_TYPE.test(type ?? '')))) return;
    const kind = isTyped && !/json/i.test(type ?? '') ? 0 : isTyped || isFeed ? 1 : 3;
    const aside = ASIDE.test(url) || /comment|kommentar|commentaire|comentario/i.test(title ?? '') ? 5 : 0;
    if (kind === 3 && aside > 0) return;
    this.declared.push({
      url,
      title: collapseText(title ?? '') || null,
      type: type?.trim().toLowerCase() || null,
      rank: kind + aside,
    });
  }

  #openAnchor({ href = '', type, title }: Record<string, string>): void {
    const url = this.#resolve(href);
    if (!url || url === this.#page) return;
    const feedType = FEED_TYPE.test(type ?? '') ? (type ?? null) : null;
    this.#anchor = { url, title: title ? collapseText(title) : null, type: feedType, rank: 6 };
    this.#anchorText = '';
  }
}
