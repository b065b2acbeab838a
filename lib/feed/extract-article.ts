import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { decodeBytes } from './decode/decode-bytes';
import { extractText } from './make-excerpt';
import { measureDepth } from './sanitise/measure-depth';
import { sanitiseHtml } from './sanitise/sanitise-html';

/** What is taken from the web, and what it has to be more than. */
export interface PageToExtract {
  bytes: Uint8Array;
  /** The Content-Type header, as sent. */
  contentType: string | null;
  /** Where the page came from, after redirects. */
  url: string;
  /** Characters of text that the feed brings. */
  known: number;
}

export type ExtractedArticle =
  | {
      kind: 'article';
      /** Sanitised. */
      html: string;
    }
  | { kind: 'none'; code: 'not-a-page' | 'no-article' | 'nothing-more' };

/** Tags that open an element; the longest articles with all comments have some 30,000. */
const MOST_TAGS = 100_000;
/** An upper bound: unclosed paragraphs count as nested. */
const DEEPEST = 3000;
/** Characters of text that an article has at least; shorter ones are banners and teasers. */
const LEAST_TEXT = 140;
const LONGEST_HTML = 2_000_000;

/**
 * Takes the article out of a web page, without what stands around it: by the rules of Firefox's reader view. Nothing of
 * the page runs, and nothing that it names is loaded. How long it takes depends on the page: bound it from outside.
 */
export function extractArticle({ bytes, contentType, url, known }: PageToExtract): ExtractedArticle {
  if (!/^\s*(?:$|text\/html|application\/xhtml\+xml|(?:text|application)\/xml)/i.test(contentType ?? ''))
    return { kind: 'none', code: 'not-a-page' };
  const page = decodeBytes(bytes, declareCharset(bytes, contentType)).text;
  if (!/<[a-z!]/i.test(page.slice(0, 10_000))) return { kind: 'none', code: 'not-a-page' };
  const isBounded = countTags(page) <= MOST_TAGS && measureDepth(page) <= DEEPEST;
  const found = isBounded ? findArticle(page, url) : null;
  if (found === null || found.length > LONGEST_HTML) return { kind: 'none', code: 'no-article' };
  const length = extractText(found).length;
  if (length < LEAST_TEXT) return { kind: 'none', code: 'no-article' };
  return length <= known ? { kind: 'none', code: 'nothing-more' } : { kind: 'article', html: found };
}

function countTags(page: string): number {
  let count = 0;
  for (const _ of page.matchAll(/<[a-z]/gi)) count += 1;
  return count;
}

/** @returns the article, sanitised; null where there is none. */
function findArticle(page: string, url: string): string | null {
  // A page without a root element has no document.
  const { document } = parseHTML(/<html[\s>]/i.test(page) ? page : `<html><body>${page}</body></html>`);
  const href = document.querySelector('base[href]')?.getAttribute('href') ?? '';
  const base = URL.parse(href, url)?.href ?? url;
  // Its addresses stay as they are: the sanitiser makes them absolute.
  for (const element of document.querySelectorAll('base')) element.remove();
  return readArticle(document as unknown as Document, base);
}

function readArticle(document: Document, base: string): string | null {
  try {
    const article = new Readability(document).parse();
    return article?.content ? sanitiseHtml(article.content, base) : null;
  } catch (error) {
    // Readability tells of documents that are none with plain errors.
    if (error instanceof Error && error.constructor === Error) return null;
    throw error;
  }
}

/** Bytes at the start of a page in which it says its charset (HTML, 13.2.3.2: 1024; many come later). */
const DECLARATION_BYTES = 4096;

/** @returns the Content-Type with the charset that the page itself declares, where the header says none. */
function declareCharset(bytes: Uint8Array, contentType: string | null): string | null {
  if (/charset\s*=/i.test(contentType ?? '')) return contentType;
  const head = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const charset = /<meta\s[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:()-]+)/i.exec(head)?.[1];
  return charset === undefined ? contentType : `text/html; charset=${charset}`;
}
