import type { ListedFeed } from './types';

/** What looks like an address: the rest is left for `parseFeedAddress` to say something about. */
const ADDRESS = /^(?:(?:web\+)?feed:|https?:|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:[:/?]|$))/iu;
/** Longer lines are no addresses; what is kept of them is shown to whoever brought them. */
const MAX_LENGTH = 4096;

/**
 * Reads addresses, one a line; lines that are empty or begin with `#` mean nothing.
 *
 * @param limit at most so many.
 * @returns null when no line has an address.
 */
export function readLines(text: string, limit: number): ListedFeed[] | null {
  const feeds: ListedFeed[] = [];
  let found = false;
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    const address = match[0].trim().slice(0, MAX_LENGTH);
    if (address === '' || address.startsWith('#')) continue;
    found ||= ADDRESS.test(address);
    feeds.push({ address, title: null, siteUrl: null, folder: null });
    if (feeds.length === limit) break;
  }
  return found ? feeds : null;
}
