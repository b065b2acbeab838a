import { createHash } from 'node:crypto';
import type { IconLookup, NewIcon } from '@/lib/store/icons';
import type { IconPicture } from './convert-picture';
import type { IconDecoder } from './icon-decoder';

/** Of the pictures that a page names, as many are tried. */
const MAX_LINKS = 3;

interface Page {
  bytes: Uint8Array;
  /** Where it came from, after redirects. */
  url: string;
}

/** What looking for an icon needs of the world. */
export interface IconContext {
  /** @returns the document at an address; null when it cannot be had. */
  fetchPage(url: string): Promise<Page | null>;
  fetchPicture(url: string): Promise<Uint8Array | null>;
  decoder: Pick<IconDecoder, 'findLinks' | 'convert'>;
}

interface Found extends NewIcon {
  good: boolean;
}

const isHttp = (url: string) => /^https?:$/.test(URL.parse(url)?.protocol ?? '');

/** @returns the page that a feed belongs to: the one it names, else the root of its own server. */
export function findSite({ url, siteUrl }: Pick<IconLookup, 'url' | 'siteUrl'>): string {
  return siteUrl !== null && isHttp(siteUrl) ? siteUrl : new URL('/', url).href;
}

/**
 * Looks for a picture that stands for a feed: the one that the feed names, those that its site's page names, and
 * `/favicon.ico` of the site. The first that is square and not tiny is taken; failing that, the first of all.
 *
 * @returns null when there is none.
 */
export async function findIcon(context: IconContext, lookup: IconLookup): Promise<NewIcon | null> {
  let best: Found | null = null;
  for await (const url of listCandidates(context, lookup)) {
    const found = await obtain(context, url);
    if (found?.good) return found;
    best ??= found;
  }
  return best;
}

/** Each once, and the page is fetched only when the feed's own picture does not do. */
async function* listCandidates(context: IconContext, lookup: IconLookup): AsyncGenerator<string> {
  const seen = new Set<string>();
  const isNew = (url: string) => isHttp(url) && !seen.has(url) && seen.add(url);
  if (lookup.icon !== null && isNew(lookup.icon)) yield lookup.icon;
  const site = findSite(lookup);
  const page = await context.fetchPage(site);
  const links = page === null ? [] : await context.decoder.findLinks(page.bytes, page.url);
  yield* links.filter(isNew).slice(0, MAX_LINKS);
  const favicon = new URL('/favicon.ico', page?.url ?? site).href;
  if (isNew(favicon)) yield favicon;
}

async function obtain(context: IconContext, url: string): Promise<Found | null> {
  const bytes = await context.fetchPicture(url);
  if (bytes === null) return null;
  const picture: IconPicture | null = await context.decoder.convert(bytes);
  return picture && { ...picture, hash: createHash('sha256').update(bytes).digest() };
}
