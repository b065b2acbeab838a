import type { ParseWarning } from '@/lib/feed/types';
import type { FeedStatus, IconKey } from './views';

/** What the store hands out about how feeds fare: plain objects, owned by the asking user. */

/** Milliseconds of each part of an attempt; null for what it did not come to. */
export interface FetchPhases {
  connect: number | null;
  wait: number | null;
  download: number | null;
  parse: number | null;
  save: number | null;
}

/** One attempt to fetch a feed. */
export interface FetchView {
  id: number;
  startedAt: Date;
  outcome: 'updated' | 'unchanged' | 'failed';
  httpStatus: number | null;
  bytes: number;
  phases: FetchPhases;
  totalMs: number;
  newItems: number;
  updatedItems: number;
  /** One sentence in a person's words; null unless it failed. */
  errorMessage: string | null;
  nextFetchAt: Date | null;
  nextReason: string | null;
  /** What was repaired in the document. */
  warnings: ParseWarning[];
}

export interface FetchPage {
  /** Newest first. */
  fetches: FetchView[];
  /** Pass it back to get older ones; null at the end. */
  nextCursor: string | null;
}

/** What one day (UTC) brought. */
export interface FeedDay {
  /** Such as 2026-11-24. */
  day: string;
  /** Items published that day. */
  items: number;
  /** Attempts that failed; null when the log of attempts does not go back so far. */
  failures: number | null;
}

export const HEALTH_FILTERS = ['all', 'failing', 'dormant', 'slow', 'gone', 'moved'] as const;
export type HealthFilter = (typeof HEALTH_FILTERS)[number];

export const HEALTH_SORTS = ['name', 'newest', 'checked', 'slowest', 'failures'] as const;
export type HealthSort = (typeof HEALTH_SORTS)[number];

/** Which feeds are asked for, and in which order. */
export interface HealthQuery {
  show: HealthFilter;
  sort: HealthSort;
  /** Part of a name or an address; empty for all. */
  search: string;
  /** From 1. */
  page: number;
}

/** A feed as the list of all feeds tells how it fares. */
export interface FeedHealth {
  id: number;
  /** Never empty. */
  title: string;
  host: string;
  icon: IconKey | null;
  status: FeedStatus;
  /** Whether somebody has asked for a fetch that has not ended yet. */
  waiting: boolean;
  /** Failures in a row. */
  failures: number;
  errorMessage: string | null;
  lastFetchedAt: Date | null;
  lastSuccessAt: Date | null;
  nextFetchAt: Date | null;
  nextReason: string | null;
  newestItemAt: Date | null;
  lastTotalMs: number | null;
  /** A feed found at the site of this one, which is lost. */
  replacement: string | null;
  /** Where permanent redirects lead. */
  movedTo: string | null;
}

export interface HealthPage {
  feeds: FeedHealth[];
  /** How many there are for each filter, among those that the search finds. */
  counts: Record<HealthFilter, number>;
  /** The page that this is: the last one, where a later one was asked for. */
  page: number;
  pages: number;
}

/** Something that is wrong with this installation rather than with a feed. */
export interface Trouble {
  code: 'database-down' | 'database-slow' | 'no-worker' | 'paused' | 'behind';
  /** One calm sentence. */
  message: string;
}
