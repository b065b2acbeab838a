import { findForgeFeed } from './known-forges';

/** Where the feed of a page is, worked out from its address alone; null when the rule does not apply. */
type SiteRule = (url: URL, path: string[]) => string | null;

/** A feed address of a site, from the path and query of its page. */
function youtube(url: URL, path: string[]): string | null {
  const feed = 'https://www.youtube.com/feeds/videos.xml';
  const list = url.searchParams.get('list');
  if (list) return `${feed}?playlist_id=${encodeURIComponent(list)}`;
  if (path[0] === 'channel' && path[1]) return `${feed}?channel_id=${encodeURIComponent(path[1])}`;
  if (path[0] === 'user' && path[1]) return `${feed}?user=${encodeURIComponent(path[1])}`;
  // Handles (`/@name`) and `/c/name` name no channel: their page does, in a link of its head.
  return null;
}

function reddit(url: URL, path: string[]): string | null {
  if (/\.rss$/.test(url.pathname)) return null;
  const kinds = /^(?:r|user|u|domain|m)$/;
  if (path.length > 0 && !kinds.test(path[0] ?? '')) return null;
  const search = url.search;
  return `https://www.reddit.com/${path.map((part) => `${part}/`).join('')}.rss${search}`;
}

function medium(url: URL, path: string[]): string | null {
  if (path[0] === 'feed') return null;
  if (url.hostname !== 'medium.com') return path.length <= 1 ? `https://${url.hostname}/feed` : null;
  if (path[0] === 'tag' && path[1]) return `https://medium.com/feed/tag/${path[1]}`;
  const reserved = /^(?:m|me|search|topics?|about|jobs|plans|membership|p|_)$/;
  return path[0] && !reserved.test(path[0]) ? `https://medium.com/feed/${path[0]}` : null;
}

function stackExchange(url: URL, path: string[]): string | null {
  const site = url.origin;
  if (path[0] === 'feeds') return null;
  if (path[0] === 'questions' && path[1] === 'tagged' && path[2]) return `${site}/feeds/tag/${path[2]}`;
  if (path[0] === 'questions' && /^\d+$/.test(path[1] ?? '')) return `${site}/feeds/question/${path[1]}`;
  if (path[0] === 'users' && /^\d+$/.test(path[1] ?? '')) return `${site}/feeds/user/${path[1]}`;
  return path.length === 0 || path[0] === 'questions' ? `${site}/feeds` : null;
}

function bluesky(_url: URL, path: string[]): string | null {
  return path[0] === 'profile' && path[1] ? `https://bsky.app/profile/${path[1]}/rss` : null;
}

/** `feed` below the root of a blog on a hosted platform. */
function rootPath(feed: string, pages: RegExp): SiteRule {
  return (url, path) => (path.length === 0 || pages.test(url.pathname) ? `${url.origin}${feed}` : null);
}

function vimeo(_url: URL, path: string[]): string | null {
  const [first, second] = path;
  if ((first === 'channels' || first === 'groups') && second)
    return `https://vimeo.com/${first}/${second}/videos/rss`;
  return path.length === 1 && first && !/^(?:\d+|watch|features|upgrade|join|log_in)$/.test(first)
    ? `https://vimeo.com/${first}/videos/rss`
    : null;
}

function dailymotion(_url: URL, path: string[]): string | null {
  return path.length === 1 && path[0] ? `https://www.dailymotion.com/rss/user/${path[0]}` : null;
}

function devTo(_url: URL, path: string[]): string | null {
  if (path[0] === 'feed') return null;
  if (path[0] === 't' && path[1]) return `https://dev.to/feed/tag/${path[1]}`;
  return path[0] ? (path.length === 1 ? `https://dev.to/feed/${path[0]}` : null) : 'https://dev.to/feed';
}

function hackerNews(_url: URL, path: string[]): string | null {
  return path.length === 0 || path[0] === 'news' ? 'https://news.ycombinator.com/rss' : null;
}

function lobsters(_url: URL, path: string[]): string | null {
  if (path[0] === 't' && path[1]) return `https://lobste.rs/t/${path[1]}.rss`;
  return path.length === 0 ? 'https://lobste.rs/rss' : null;
}

function pixelfed(url: URL, path: string[]): string | null {
  return path.length === 1 && path[0] ? `${url.origin}/users/${path[0].replace(/^@/, '')}.atom` : null;
}

function letterboxd(_url: URL, path: string[]): string | null {
  return path.length === 1 && path[0] ? `https://letterboxd.com/${path[0]}/rss/` : null;
}

/** Hosts, as a whole or with everything below them, and the rule of each. */
const RULES: readonly [RegExp, SiteRule][] = [
  [/^(?:(?:www|m|music)\.)?youtube\.com$/, youtube],
  [/^(?:(?:www|old|new|np|m)\.)?reddit\.com$/, reddit],
  [/^(?:[a-z0-9-]+\.)?medium\.com$/, medium],
  [
    /^(?:www\.)?(?:(?:[a-z]+\.)?stackoverflow|[a-z0-9.-]+\.stackexchange|serverfault|superuser|askubuntu|stackapps)\.com$|^mathoverflow\.net$/,
    stackExchange,
  ],
  [/^bsky\.app$/, bluesky],
  [/^[a-z0-9-]+\.substack\.com$/, rootPath('/feed', /^\/(?:archive|about|p\/.*)\/?$/)],
  [/^[a-z0-9-]+\.tumblr\.com$/, rootPath('/rss', /^\/archive\/?$/)],
  [/^[a-z0-9-]+\.wordpress\.com$/, rootPath('/feed/', /^\/(?:blog|about)\/?$/)],
  [/^[a-z0-9-]+\.blogspot\.[a-z.]+$/, rootPath('/feeds/posts/default', /^\/search\/?$/)],
  [/^[a-z0-9-]+\.livejournal\.com$/, rootPath('/data/atom', /^\/profile\/?$/)],
  [/^[a-z0-9-]+\.dreamwidth\.org$/, rootPath('/data/atom', /^\/profile\/?$/)],
  [/^[a-z0-9-]+\.ghost\.io$/, rootPath('/rss/', /^\/(?:blog)\/?$/)],
  [/^[a-z0-9-]+\.(?:bearblog\.dev)$/, rootPath('/feed/', /^\/blog\/?$/)],
  [/^[a-z0-9-]+\.hashnode\.dev$/, rootPath('/rss.xml', /^\/archive\/?$/)],
  [/^[a-z0-9-]+\.micro\.blog$/, rootPath('/feed.xml', /^\/archive\/?$/)],
  [/^(?:www\.)?vimeo\.com$/, vimeo],
  [/^(?:www\.)?dailymotion\.com$/, dailymotion],
  [/^dev\.to$/, devTo],
  [/^news\.ycombinator\.com$/, hackerNews],
  [/^lobste\.rs$/, lobsters],
  [/^pixelfed\.[a-z]+$/, pixelfed],
  [/^letterboxd\.com$/, letterboxd],
];

/**
 * The feed of a page whose address says by rule where it is: no request is spent on looking. Only rules that hold for
 * every page of their form are here; for all others the page is asked.
 * @param url address of a page, absolute
 * @returns the address of its feed; null when no rule applies, or when the address already is a feed's
 */
export function feedUrlForSite(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return null;
  const path = parsed.pathname.split('/').filter((part) => part !== '');
  if (/(?:^|\.)(?:rss|atom|xml|rdf)$|^feeds?$/i.test(path.at(-1) ?? '')) return null;
  const host = parsed.hostname.replace(/\.$/, '');
  for (const [hosts, rule] of RULES) if (hosts.test(host)) return rule(parsed, path);
  return findForgeFeed(parsed, path);
}
