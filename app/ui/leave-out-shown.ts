import type { Enclosure } from '@/lib/feed/types';

const SHOWN = /<(?:img|video|source)\b[^>]*?\ssrc="([^"]*)"/g;

/** As pages ask for it (Content-Security-Policy), and as it is written into attributes. */
const asShown = (url: string) => url.replace(/^http:/i, 'https:').replaceAll('&', '&amp;');

/**
 * Leaves out the files that the text itself shows. Sound stays, whatever the text does with it: only our player knows
 * its place and speed. So does what the text merely links to.
 *
 * @param html sanitised: tags and attributes are written in one way only.
 */
export function leaveOutShown(enclosures: Enclosure[], html: string): Enclosure[] {
  const shown = new Set(Array.from(html.matchAll(SHOWN), ([, src = '']) => src.replace(/^http:/i, 'https:')));
  return enclosures.filter(({ url, type }) => type?.startsWith('audio/') || !shown.has(asShown(url)));
}
