import type { FeedCandidate, FeedOffer } from './types';

/** More than anybody looks through. */
const MAX_OFFERS = 12;
const MAX_TITLE = 200;

const COMMENTS = /comment|kommentar|commentaire|comentario/i;
/** What tells the forms of one feed apart, in addresses and in titles, and nothing else. */
const FORMS = /\b(?:rss[\d.]*|atom[\d.]*|rdf|xml|json|feeds?|index|php|version|format|type|alt|\d\.\d+)\b/gi;

const strip = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(FORMS, ' ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const keyOfUrl = (url: string) => strip(url.replace(/^https?:\/\/(?:www\.)?/i, ''));
const keyOfTitle = (title: string | null) => strip(title ?? '');

/**
 * What a site offers that is worth a question: feeds of different things, not the same one as RSS and Atom, nor comments.
 *
 * @param candidates as `discoverFeeds` found them, best first.
 * @param taken the address of the one that is being read.
 * @returns that one first, then the others; nothing where there is nothing to choose.
 */
export function chooseOffers(candidates: readonly FeedCandidate[], taken: string): FeedOffer[] {
  const named = candidates.filter(({ guessed }) => !guessed);
  // What a page declares it means; links in its text may be anything.
  const declared = named.filter(({ type }) => type !== null);
  const first = named.find(({ url }) => url === taken);
  const pool = [
    ...(first ? [first] : []),
    ...(declared.length > 0 ? declared : named).filter(
      ({ url, title }) => url !== taken && !COMMENTS.test(`${url} ${title ?? ''}`),
    ),
  ];
  const urls = new Set<string>();
  const titles = new Set<string>();
  const offers = pool.flatMap(({ url, title }) => {
    const key = keyOfUrl(url);
    const name = keyOfTitle(title);
    const known = urls.has(key) || titles.has(name);
    urls.add(key);
    titles.add(name);
    return known ? [] : [{ url, title: title?.slice(0, MAX_TITLE) ?? null }];
  });
  return first !== undefined && offers.length > 1 ? offers.slice(0, MAX_OFFERS) : [];
}
