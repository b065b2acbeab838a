import { Parser } from 'htmlparser2';

/** Markup that is read: icons are named in a page's head. */
const SCAN_LENGTH = 512_000;
/** The size, in pixels, that pictures are wanted in at least. */
const WANTED = 64;
/** What browsers assume of pictures that do not say their size. */
const TOUCH_ICON = 180;
const FAVICON = 32;

interface IconLink {
  url: string;
  /** Its longer side in pixels; Infinity where it is drawn in any. */
  size: number;
}

/**
 * Pictures that an HTML page names as its icon (HTML, 4.6.7.8 "Link type icon"; `apple-touch-icon` by usage), best
 * first: the smallest that are large enough, then the largest of the others. Masks, of one colour, are none.
 *
 * @param html the page, decoded.
 * @param url address of the page, after redirects: base of relative links.
 */
export function findIconLinks(html: string, url: string): string[] {
  const found: IconLink[] = [];
  let base = url;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'base' && attributes.href && URL.canParse(attributes.href, url)) {
        base = new URL(attributes.href, url).href;
      } else if (name === 'link') {
        const link = readIconLink(attributes, base);
        if (link !== null) found.push(link);
      }
    },
  });
  parser.end(html.slice(0, SCAN_LENGTH));
  return [...new Set(found.sort(compareLinks).map((link) => link.url))];
}

function readIconLink(attributes: Record<string, string>, base: string): IconLink | null {
  const { rel = '', href = '', sizes = '', type = '' } = attributes;
  const relations = rel.toLowerCase().split(/\s+/);
  const touch = relations.some((name) => name.startsWith('apple-touch-icon'));
  if (!touch && !relations.includes('icon')) return null;
  if (href.trim() === '' || !URL.canParse(href, base)) return null;
  const { href: url, protocol, pathname } = new URL(href, base);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  const drawn = /svg/i.test(type) || pathname.toLowerCase().endsWith('.svg');
  return { url, size: drawn ? Number.POSITIVE_INFINITY : readSize(sizes, touch ? TOUCH_ICON : FAVICON) };
}

/** @param sizes such as `16x16 32x32` or `any`. */
function readSize(sizes: string, assumed: number): number {
  const numbers = [...sizes.matchAll(/(\d{1,5})x(\d{1,5})/gi)].map(([, width]) => Number(width));
  return numbers.length > 0 ? Math.max(...numbers) : assumed;
}

function compareLinks(a: IconLink, b: IconLink): number {
  const enough = Number(b.size >= WANTED) - Number(a.size >= WANTED);
  if (enough !== 0 || a.size === b.size) return enough;
  return a.size >= WANTED ? a.size - b.size : b.size - a.size;
}
