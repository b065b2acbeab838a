import type { ExtractedArticle } from '@/lib/feed/extract-article';
import { extractText } from '@/lib/feed/make-excerpt';
import type { FetchFeed } from '@/lib/net/fetch-feed';
import type { FullTextTask } from '@/lib/store/full-texts';
import { letRest, type RestContext } from '../rest-host';
import type { ArticlePool } from './article-pool';

/** What fetching the page of an item needs of the world. */
export interface FullTextContext extends RestContext {
  fetch: FetchFeed;
  extract: ArticlePool['extract'];
}

type Result = { html: string } | { code: string; message: string };

const SENTENCES: Record<Extract<ExtractedArticle, { kind: 'none' }>['code'], string> = {
  'not-a-page': 'What is at its address is no page.',
  'no-article': 'No article could be found on its page.',
  'nothing-more': 'Its page has no more text than the feed brings.',
};

/**
 * Fetches the page of an item and takes the article out of it.
 *
 * @returns what is kept of it; every failure is one.
 * @throws the reason of the signal, when the worker stops.
 */
export async function fetchFullText(
  context: FullTextContext,
  task: FullTextTask,
  signal: AbortSignal,
): Promise<Result> {
  if (task.isHopeless) return { code: 'internal', message: 'The reader itself failed on its page.' };
  const { host } = new URL(task.url);
  if (task.restReason !== null)
    return { code: 'resting', message: `The server ${host} has asked to be left alone for a while.` };
  const answer = await context.fetch({
    url: task.url,
    etag: null,
    lastModified: null,
    userAgent: task.userAgent,
    signal,
  });
  if (answer.kind === 'failed') await letRest(context, answer);
  if (answer.kind === 'failed') return { code: answer.failure.code, message: answer.failure.message };
  if (answer.kind !== 'document') return { code: 'not-a-page', message: SENTENCES['not-a-page'] };
  const { bytes, contentType, url } = answer;
  const article = await context.extract({ bytes, contentType, url, known: extractText(task.html).length });
  signal.throwIfAborted();
  if (article === null)
    return { code: 'too-complicated', message: 'Its page is too complicated to be read.' };
  return article.kind === 'article'
    ? { html: article.html }
    : { code: article.code, message: SENTENCES[article.code] };
}
