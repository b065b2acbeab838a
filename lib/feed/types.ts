/** What a feed document says, and what of it is kept. Plain data: every layer may import these types. */

/** A file that an item carries: RSS `enclosure`, Atom `rel="enclosure"`, Media RSS `content`, JSON Feed `attachments`. */
export interface Enclosure {
  url: string;
  type: string | null;
  /** Bytes as the feed states them, unchecked. */
  length: number | null;
  /** Seconds, of sound and film. */
  duration?: number;
  /** What the file is to the item when it is not the file itself. Stored items have no `thumbnail` among their enclosures. */
  rel?: 'thumbnail' | 'chapters' | 'transcript';
}

/** What was repaired or guessed while reading; shown on the feed's page. */
export interface ParseWarning {
  /** Stable, kebab-case. */
  code: string;
  /** One sentence in a person's words. */
  message: string;
}

/** One entry as the feed has it: links resolved, text fields plain, HTML fields not sanitised. */
export interface ParsedItem {
  /** guid, Atom id, rdf:about or JSON Feed id, trimmed; null when there is none. */
  id: string | null;
  link: string | null;
  /** Where the link leads when it only counts clicks (`feedburner:origLink`, `pheedo:origLink`). */
  originalLink: string | null;
  title: string | null;
  /** The first of `authors`. */
  author: string | null;
  authors: string[];
  published: Date | null;
  updated: Date | null;
  summary: string | null;
  content: string | null;
  categories: string[];
  enclosures: Enclosure[];
  thumbnail: string | null;
  commentsUrl: string | null;
}

/** What the feed says about how it wants to be fetched. */
export interface FeedHints {
  ttlMinutes: number | null;
  /** RSS `skipHours`, 0 to 23 in UTC. */
  skipHours: number[];
  /** RSS `skipDays`, 0 (Sunday) to 6 in UTC. */
  skipDays: number[];
  /** From `sy:updatePeriod` and `sy:updateFrequency`. */
  updateMinutes: number | null;
  /** WebSub hub and topic (self) addresses. */
  hubUrl: string | null;
  selfUrl: string | null;
  /** `itunes:new-feed-url`. */
  newFeedUrl: string | null;
}

export type FeedFormat = 'rss' | 'rdf' | 'atom' | 'json' | 'cdf';

export interface ParsedFeed {
  format: FeedFormat;
  title: string | null;
  link: string | null;
  description: string | null;
  language: string | null;
  copyright: string | null;
  icon: string | null;
  hints: FeedHints;
  items: ParsedItem[];
  warnings: ParseWarning[];
}

/** What an item's identity is made of, as the feed has it, but for its text. */
export type ItemNames = Pick<ParsedItem, 'id' | 'link' | 'title' | 'published'>;

/** An item ready to be stored: identified, sanitised, bounded. */
export interface NewItem {
  /** Hex SHA-256 that stays the same when the item is edited, moved or reordered; unique within the feed. */
  identity: string;
  /** What its other identities are made of, under which it may be stored from when the document had another shape. */
  names: ItemNames;
  /** Hex SHA-256 of everything a reader would see; a change of it means the item was edited. */
  contentHash: string;
  url: string | null;
  title: string;
  author: string | null;
  /** As the feed says; null when missing or absurd. */
  publishedAt: Date | null;
  /** publishedAt, but never in the future and never missing. */
  sortAt: Date;
  /** Sanitised HTML. */
  html: string;
  /** Plain text, at most 300 characters. */
  excerpt: string;
  enclosures: Enclosure[];
  categories: string[];
  thumbnail: string | null;
  commentsUrl: string | null;
}

/** Codes that a document itself can fail with. */
export type DocumentErrorCode = 'not-a-feed' | 'malformed' | 'empty';

/** A feed that an HTML page offers. */
export interface FeedCandidate {
  url: string;
  title: string | null;
  type: string | null;
  /** Set where the page says nothing: feeds are often at this address, and nobody knows whether one is. */
  guessed?: true;
}

/** One of the feeds of a site, for a reader to choose from. */
export interface FeedOffer {
  url: string;
  title: string | null;
}

/** Everything the worker needs from one document: plain, structured-clonable, so that it can cross threads. */
export type ReadOutcome =
  | { kind: 'feed'; feed: Omit<ParsedFeed, 'items'>; items: NewItem[] }
  | { kind: 'page'; candidates: FeedCandidate[] }
  | { kind: 'error'; code: DocumentErrorCode; message: string };

export interface ReadOptions {
  /** The Content-Type header, as sent. */
  contentType: string | null;
  /** The Link header, as sent. */
  link?: string | null;
  /** The address the document came from, after redirects: base of relative links. */
  url: string;
  /** When it was fetched: dates after it are not believed. */
  now: Date;
}
