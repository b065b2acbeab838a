import { Piscina } from 'piscina';
import type { ExtractedArticle, PageToExtract } from '@/lib/feed/extract-article';
import { log } from '@/lib/ops/log';
import { findThreadEntry } from '../thread-entry';

/** An article takes some 50 ms; a page that was made to do harm gets no further. */
const TIMEOUT_MS = 8000;
/** Heap of the thread, in MB. */
const HEAP_MB = 512;
const IDLE_MS = 60_000;

export interface ArticlePool {
  /** Takes the article out of a page; never rejects: null where that takes too long, or ends the thread. */
  extract(page: PageToExtract): Promise<ExtractedArticle | null>;
  close(): Promise<void>;
}

/** Opens a thread that takes articles out of pages, one after the other; it is there while it is needed. */
export function createArticlePool(timeoutMs = TIMEOUT_MS): ArticlePool {
  const pool = new Piscina<PageToExtract, ExtractedArticle>({
    ...findThreadEntry('full-texts/article-thread'),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  let turn: Promise<unknown> = Promise.resolve();
  const run = async (page: PageToExtract) => {
    try {
      return await pool.run(page, { signal: AbortSignal.timeout(timeoutMs) });
    } catch (error) {
      log.warn({ err: error, url: page.url, bytes: page.bytes.byteLength }, 'A page could not be read.');
      return null;
    }
  };
  return {
    extract(page) {
      // The clock of a page starts when the thread is free for it.
      const extracted = turn.then(() => run(page));
      turn = extracted;
      return extracted;
    },
    close: () => pool.destroy(),
  };
}
