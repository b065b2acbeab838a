import type { Enclosure, ParseWarning } from '@/lib/feed/types';

/** What the store hands out to pages: plain objects, owned by the asking user, ids as numbers. */

export type FeedStatus = 'queued' | 'fetching' | 'ready' | 'failing' | 'gone';

/** What a worker is doing with the feed right now. */
type FetchStage = 'connecting' | 'downloading' | 'parsing' | 'saving';

interface FetchErrorView {
  code: string;
  /** One sentence in a person's words. */
  message: string;
}

/** What a feed's icon is called in its address, `/icons/{key}/{32 or 64}`. */
export type IconKey = string;

export interface FeedView {
  id: number;
  url: string;
  host: string;
  siteUrl: string | null;
  /** The reader's own name for it, else the feed's, else its address: never empty. */
  title: string;
  description: string | null;
  language: string | null;
  status: FeedStatus;
  stage: FetchStage | null;
  /** Failures in a row. */
  attempt: number;
  error: FetchErrorView | null;
  itemCount: number;
  lastFetchedAt: Date | null;
  nextFetchAt: Date | null;
  /** Why then, in words. */
  nextReason: string | null;
  warnings: ParseWarning[];
  icon: IconKey | null;
}

/** Body of GET /api/feeds/{id}/status, before its dates become ISO strings. */
export interface FeedStatusView {
  id: number;
  status: FeedStatus;
  stage: FetchStage | null;
  title: string;
  itemCount: number;
  attempt: number;
  error: FetchErrorView | null;
  lastFetchedAt: Date | null;
  nextFetchAt: Date | null;
  /** Whether somebody has asked for a fetch that has not ended yet. */
  waiting: boolean;
  /** For how many seconds; null when nobody waits. */
  waitedSeconds: number | null;
}

export interface SubscriptionView {
  /** Of the feed. */
  id: number;
  title: string;
  status: FeedStatus;
  icon: IconKey | null;
  /** Null: in no folder. */
  folderId: number | null;
}

export interface ItemSummary {
  id: number;
  feedId: number;
  feedTitle: string;
  feedIcon: IconKey | null;
  title: string;
  author: string | null;
  url: string | null;
  excerpt: string;
  thumbnail: string | null;
  /** As the feed says, null when it does not; `sortAt` is always there. */
  publishedAt: Date | null;
  sortAt: Date;
  /** By this reader: marked so, or not above the watermark. */
  read: boolean;
  starred: boolean;
}

export interface ItemPage {
  items: ItemSummary[];
  /** Opaque: pass it back to get the next page; null at the end. */
  nextCursor: string | null;
}

/** A piece of a text, and whether it is what was searched for. */
export interface MarkedText {
  text: string;
  isMatch: boolean;
}

export interface SearchHit extends ItemSummary {
  /** Title and excerpt in pieces; the excerpt is of where the words first stand. */
  marked: { title: MarkedText[]; excerpt: MarkedText[] };
}

export interface SearchPage {
  items: SearchHit[];
  /** Opaque, as that of `ItemPage`. */
  nextCursor: string | null;
}

/** The text of an item's own page, as far as that has come. */
export type FullTextView =
  /** Nobody has asked for it. */
  | { status: 'none' }
  | { status: 'waiting' }
  | {
      status: 'ready';
      /** Sanitised. */
      html: string;
    }
  | { status: 'failed'; error: FetchErrorView };

export interface ItemView extends ItemSummary {
  /** Sanitised. */
  html: string;
  enclosures: Enclosure[];
  categories: string[];
  commentsUrl: string | null;
  feedLanguage: string | null;
  /** Whether the reader wants the feed's items with the text of their own pages. */
  wantsFullText: boolean;
}
