import { resolveUrl } from '../html/resolve-url';
import type { FeedHints } from '../types';
import { findChild, isElement, readChildText, readText, type XmlElement } from '../xml/xml-node';
import { findLink, type Link } from './read-links';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** Minutes of the periods of the RSS 1.0 syndication module. */
const PERIODS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    hourly: 60,
    daily: 1440,
    weekly: 10_080,
    monthly: 43_200,
    yearly: 525_600,
  }),
);

/** Hints of a document that gives none. */
export const NO_HINTS: FeedHints = {
  ttlMinutes: null,
  skipHours: [],
  skipDays: [],
  updateMinutes: null,
  hubUrl: null,
  selfUrl: null,
  newFeedUrl: null,
};

/** What a feed says about how often, and from where, it wants to be fetched. */
export function readHints(feed: XmlElement, links: readonly Link[], base: string): FeedHints {
  const ttl = Number.parseInt(readChildText(feed, ['ttl', 'rss:ttl']) ?? '', 10);
  const newUrl = readChildText(feed, ['itunes:new-feed-url', 'itunes:new_feed_url']);
  return {
    ttlMinutes: ttl > 0 ? ttl : null,
    skipHours: readList(feed, 'skiphours', readHour),
    skipDays: readList(feed, 'skipdays', (text) => DAYS.indexOf(text.toLowerCase())),
    updateMinutes: readUpdatePeriod(feed),
    hubUrl: findLink(links, 'hub'),
    selfUrl: findLink(links, 'self'),
    newFeedUrl: newUrl ? resolveUrl(newUrl, base) : null,
  };
}

/** RSS 0.91 counted hours from 1 to 24, RSS 2.0 counts them from 0 to 23. */
function readHour(text: string): number {
  const hour = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return hour === 24 ? 0 : hour;
}

function readList(feed: XmlElement, name: string, read: (text: string) => number): number[] {
  const list = findChild(feed, name);
  const values = (list?.children ?? []).filter(isElement).map((child) => read(readText(child).trim()));
  return [...new Set(values.filter((value) => value >= 0 && value < 24))].sort((a, b) => a - b);
}

function readUpdatePeriod(feed: XmlElement): number | null {
  const period = readChildText(feed, ['sy:updateperiod']);
  const frequency = Number.parseInt(readChildText(feed, ['sy:updatefrequency']) ?? '1', 10);
  if (!period && !readChildText(feed, ['sy:updatefrequency'])) return null;
  const minutes = PERIODS.get((period ?? 'daily').toLowerCase());
  return minutes ? Math.max(1, Math.round(minutes / Math.max(1, frequency || 1))) : null;
}
