import { type ExtractedArticle, extractArticle, type PageToExtract } from '@/lib/feed/extract-article';

/** Entry of a thread: piscina calls it once for each page. */
export default function runTask(page: PageToExtract): ExtractedArticle {
  return extractArticle(page);
}
