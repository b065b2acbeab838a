import { Parser } from 'htmlparser2';
import type { FeedCandidate } from './types';

const FEED_TYPE = /^(?:application|text)\/(?:(?:rss|atom|rdf|feed)\+?(?:xml|json)|json)\b/i;

/**
 * Feeds that an HTML page offers.
 * @param html the page, decoded
 * @param url address of the page, base of relative links
 */
export function discoverFeeds(html: string, url: string): FeedCandidate[] {
  const found = new Map<string, FeedCandidate>();
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name !== 'link' || !attributes.href) return;
      const rel = (attributes.rel ?? '').toLowerCase().split(/\s+/);
      if (!rel.includes('feed') && !(rel.includes('alternate') && FEED_TYPE.test(attributes.type ?? '')))
        return;
      if (!URL.canParse(attributes.href, url)) return;
      const href = new URL(attributes.href, url).href;
      if (!found.has(href))
        found.set(href, { url: href, title: attributes.title ?? null, type: attributes.type ?? null });
    },
  });
  parser.end(html);
  return [...found.values()];
}
