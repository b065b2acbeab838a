import Parser from 'rss-parser';
import { FeedError } from './feed-error';
import type { ParsedFeed, ParsedItem } from './types';

interface Source {
  contentType: string | null;
  url: string;
}

/** Reads a feed document. @throws FeedError when it is none */
export function parseFeed(bytes: Uint8Array, source: Source): ParsedFeed {
  const xml = new TextDecoder().decode(bytes).replace(/^[^<]+/, '');
  if (!xml) throw new FeedError('empty', 'The document is empty.');
  if (!/<(rss|feed|rdf:RDF)\b/.test(xml)) throw new FeedError('not-a-feed', 'This is not a feed.');
  const parser = new Parser({ defaultRSS: 2 }) as unknown as {
    xmlParser: { parseString(xml: string, callback: (error: unknown, tree: unknown) => void): void };
    buildRSS2(tree: unknown): Parser.Output<Record<string, string>>;
    buildRSS1(tree: unknown): Parser.Output<Record<string, string>>;
    buildAtomFeed(tree: unknown): Parser.Output<Record<string, string>>;
  };
  let tree: Record<string, unknown> = {};
  try {
    parser.xmlParser.parseString(xml, (error, result) => {
      if (error) throw error;
      tree = result as Record<string, unknown>;
    });
    const raw = tree.feed
      ? parser.buildAtomFeed(tree)
      : tree.rss
        ? parser.buildRSS2(tree)
        : parser.buildRSS1(tree);
    return toFeed(raw, source);
  } catch (error) {
    throw new FeedError('malformed', `The feed cannot be read: ${String(error).slice(0, 200)}`);
  }
}

function toFeed(raw: Parser.Output<Record<string, string>>, source: Source): ParsedFeed {
  const items = raw.items.map((item): ParsedItem => {
    const date = item.isoDate ? new Date(item.isoDate) : null;
    return {
      id: item.guid ?? item.id ?? null,
      link: item.link && URL.canParse(item.link, source.url) ? new URL(item.link, source.url).href : null,
      title: item.title ?? null,
      author: item.creator ?? item.author ?? null,
      published: date && !Number.isNaN(date.getTime()) ? date : null,
      updated: null,
      summary: item.summary ?? null,
      content: item['content:encoded'] ?? item.content ?? null,
      categories: (item.categories ?? []).filter((category) => typeof category === 'string'),
      enclosures: item.enclosure
        ? [
            {
              url: item.enclosure.url,
              type: item.enclosure.type ?? null,
              length: Number(item.enclosure.length) || null,
            },
          ]
        : [],
      thumbnail: null,
      commentsUrl: item.comments ?? null,
    };
  });
  return {
    format: 'rss',
    title: raw.title ?? null,
    link: raw.link ?? null,
    description: raw.description ?? null,
    language: null,
    copyright: null,
    icon: null,
    hints: {
      ttlMinutes: null,
      skipHours: [],
      skipDays: [],
      updateMinutes: null,
      hubUrl: null,
      selfUrl: null,
      newFeedUrl: null,
    },
    items,
    warnings: [],
  };
}
