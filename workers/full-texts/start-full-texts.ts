import type { Env } from '@/lib/ops/env';
import { metrics } from '@/lib/ops/metrics';
import { restHost } from '@/lib/store/claim-feeds';
import { claimFullTexts, type FullTextTask, handBackFullText, settleFullText } from '@/lib/store/full-texts';
import { HostBusyError, type HostVisits } from '../host-visits';
import { openFetcher } from '../open-fetcher';
import { startRounds } from '../run-rounds';
import { createArticlePool } from './article-pool';
import { type FullTextContext, fetchFullText } from './fetch-full-text';

/** Somebody waits for it. */
const ROUND_EVERY_MS = 500;
const AT_ONCE = 4;
/** Less than the claim of a row. */
const TIMEOUT_MS = 20_000;
const MAX_PAGE_BYTES = 5_242_880;

/**
 * Fetches the pages of items whose readers want more than the feed brings: through the same guard and limits as feeds,
 * and at a host no more at once.
 *
 * @returns how to stop; resolves when what is under way has been handed back.
 */
export function startFullTexts(env: Env, visits: HostVisits): () => Promise<void> {
  const fetcher = openFetcher({
    ...env,
    FETCH_TIMEOUT_MS: Math.min(TIMEOUT_MS, env.FETCH_TIMEOUT_MS),
    FETCH_MAX_BYTES: Math.min(MAX_PAGE_BYTES, env.FETCH_MAX_BYTES),
  });
  const pool = createArticlePool();
  const work = async (task: FullTextTask, signal: AbortSignal) => {
    const visit = visits.begin(true);
    const enter = (host: string) => visit.enter(host, signal);
    const context: FullTextContext = {
      fetch: (request) => fetcher.fetch({ ...request, enter }),
      extract: pool.extract,
      restHost,
      now: () => new Date(),
      random: Math.random,
    };
    try {
      const result = await fetchFullText(context, task, signal);
      metrics.fullTexts.inc({ result: 'html' in result ? 'found' : result.code });
      await settleFullText(task.itemId, result);
    } catch (error) {
      const isBusy = error instanceof HostBusyError;
      if (signal.aborted || isBusy) await handBackFullText(task.itemId);
      if (!isBusy) throw error;
    } finally {
      await visit.end();
    }
  };
  const stop = startRounds({
    name: 'full texts',
    everyMs: ROUND_EVERY_MS,
    atOnce: AT_ONCE,
    claim: (limit) => claimFullTexts(limit, env.FETCH_HOST_CONCURRENCY),
    work,
  });
  return async () => {
    // A page that is being read keeps its thread: closing that ends it.
    await Promise.all([stop(), pool.close()]);
    await fetcher.close();
  };
}
