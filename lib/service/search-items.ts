import { extractText } from '@/lib/feed/make-excerpt';
import { cutSnippet, markMatches } from '@/lib/feed/search/mark-matches';
import { planWindows } from '@/lib/feed/search/plan-windows';
import { readQuery, type SearchQuery } from '@/lib/feed/search/read-query';
import { feedLexeme, quoteLexeme } from '@/lib/feed/search/write-vector';
import { type Cursor, readCursor, writeCursor } from '@/lib/store/cursor';
import type { ItemScope } from '@/lib/store/item-scope';
import {
  type FoundItem,
  findMatches,
  hasStrayStars,
  listFewFeeds,
  type Match,
  rankMatches,
  readFoundItems,
} from '@/lib/store/search-items';
import type { SearchHit, SearchPage } from '@/lib/store/views';

const PAGE = 50;
/** So many feeds can be named in a query; more are looked up for each match. */
const FEW_FEEDS = 100;
/**
 * Of the newest matches, and of the newest in whose title all words stand, so many are compared for relevance; half of
 * them where the others are far back.
 */
const COMPARED = 200;
/** The same of phrases, which are found by looking at many more. */
const COMPARED_PHRASES = 100;
const MAX_QUERY = 500;
/** How much of an article is read for words to show. */
const SNIPPET_TEXT = 6000;

export interface SearchRequest {
  userId: number;
  /** As typed. */
  text: string;
  scope: ItemScope;
  order: 'date' | 'relevance';
  /** From `nextCursor` of the page before. */
  cursor?: string | undefined;
}

/** What is searched, whichever words. */
interface Place {
  userId: number;
  scope: ItemScope;
  /** Lexemes of the feeds, where these are few; null: any. */
  feeds: string | null;
}

async function findPlace(userId: number, scope: ItemScope): Promise<Place | null> {
  const few = await listFewFeeds(userId, scope, FEW_FEEDS);
  if (few === null) return { userId, scope, feeds: null };
  // Stars are found although nobody follows their feeds any more.
  if (scope.kind === 'all' && (await hasStrayStars(userId))) return { userId, scope, feeds: null };
  const feeds = few.map((id) => quoteLexeme(feedLexeme(id))).join(' | ');
  return few.length === 0 ? null : { userId, scope, feeds };
}

const narrow = (query: string, lexemes: string | null) =>
  lexemes === null ? query : `(${query}) & (${lexemes})`;

interface Limits {
  from: Cursor | null;
  limit: number;
  /** So many will do, rather than looking further back for the rest. */
  enough: number;
  hasPrefix: boolean;
}

/** Goes back in time, window by window, until there are enough: fewer are all that there are. */
async function findNewest(
  { userId, scope, feeds }: Place,
  query: string,
  { from, limit, enough, hasPrefix }: Limits,
): Promise<Match[]> {
  const found: Match[] = [];
  let before = from;
  for (const [index, { lexemes, since }] of planWindows(from?.sortAt ?? new Date()).entries()) {
    // Of two days, each item is looked at sooner than everything is found that begins with a letter or two.
    const among = hasPrefix && index === 0 && lexemes !== null ? narrow(`(${lexemes})`, feeds) : null;
    const wanted = among === null ? narrow(narrow(query, feeds), lexemes) : query;
    const stretch = { scope, query: wanted, among, since, before };
    found.push(...(await findMatches(userId, { ...stretch, limit: limit - found.length })));
    if (found.length >= enough || since === null) break;
    // Ids begin at 1: nothing that is as old as the window's beginning comes twice, or is left out.
    before = { sortAt: since, id: 0 };
  }
  return found;
}

async function findByDate(place: Place, query: SearchQuery, cursor: string | undefined) {
  const found = await findNewest(place, query.indexed, {
    from: readCursor(cursor),
    limit: PAGE + 1,
    enough: PAGE + 1,
    hasPrefix: query.hasPrefix,
  });
  const page = found.slice(0, PAGE);
  const last = page.at(-1);
  return {
    ids: page.map(({ id }) => id),
    nextCursor: found.length > PAGE && last !== undefined ? writeCursor(last) : null,
  };
}

async function findByRelevance(place: Place, query: SearchQuery, cursor: string | undefined) {
  const limit = query.hasPhrase ? COMPARED_PHRASES : COMPARED;
  const enough = Math.max(PAGE + 1, limit / 2);
  const limits = { from: null, limit, enough, hasPrefix: query.hasPrefix };
  const inTitle = query.isPlain ? query.inTitle : `(${query.inTitle}) & (${query.indexed})`;
  // At the same time: looking for either goes from window to window, and neither needs to know of the other.
  const [newest, titled] = await Promise.all([
    findNewest(place, query.indexed, limits),
    findNewest(place, inTitle, limits),
  ]);
  const ids = [...new Set([...newest, ...titled].map(({ id }) => id))];
  const ranked = await rankMatches(place.userId, { scope: place.scope, query: query.anywhere }, ids);
  const start = /^\d{1,4}$/.test(cursor ?? '') ? Number(cursor) : 0;
  const end = start + PAGE;
  return { ids: ranked.slice(start, end), nextCursor: ranked.length > end ? String(end) : null };
}

/** @returns where the words stand in the first of the texts that has them. */
function findSnippet(texts: (string | null)[], query: SearchQuery) {
  for (const html of texts) {
    const snippet = html === null ? null : cutSnippet(extractText(html, SNIPPET_TEXT), query);
    if (snippet !== null) return snippet;
  }
  return null;
}

function showHit({ html, fullHtml, ...item }: FoundItem, query: SearchQuery): SearchHit {
  const excerpt = markMatches(item.excerpt, query);
  const snippet = excerpt.some(({ isMatch }) => isMatch)
    ? excerpt
    : (findSnippet([html, fullHtml], query) ?? excerpt);
  return { ...item, marked: { title: markMatches(item.title, query), excerpt: snippet } };
}

/**
 * Searches what a user follows, and what they have starred. By date, all that matches can be walked through; by
 * relevance, the newest matches are compared, and the newest that have the words in their title.
 *
 * @returns null where nothing is asked for: no word, or only such as must not be there.
 */
export async function searchItems(request: SearchRequest): Promise<SearchPage | null> {
  const { userId, scope, order, cursor } = request;
  const query = readQuery(request.text.slice(0, MAX_QUERY));
  if (query === null) return null;
  const place = await findPlace(userId, scope);
  if (place === null) return { items: [], nextCursor: null };
  const find = order === 'date' ? findByDate : findByRelevance;
  const { ids, nextCursor } = await find(place, query, cursor);
  const items = ids.length === 0 ? [] : await readFoundItems(userId, ids);
  return { items: items.map((item) => showHit(item, query)), nextCursor };
}
