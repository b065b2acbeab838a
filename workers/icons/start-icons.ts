import type { FetchedDocument, Fetcher } from '@/lib/net/fetch-feed';
import type { Env } from '@/lib/ops/env';
import { log } from '@/lib/ops/log';
import { metrics } from '@/lib/ops/metrics';
import { assignIcon, claimIconLookups, type IconLookup, postponeIcon, storeIcon } from '@/lib/store/icons';
import { openFetcher } from '../open-fetcher';
import { startRounds } from '../run-rounds';
import { findIcon, findSite, type IconContext } from './find-icon';
import { createIconDecoder } from './icon-decoder';
import { rememberIcons, type SharedIcons } from './remember-icons';

const ROUND_EVERY_MS = 2000;
/** Looked for at the same time: nearly all of them wait for a server. */
const AT_ONCE = 8;
const TIMEOUT_MS = 10_000;
const MAX_PICTURE_BYTES = 1_048_576;
const MAX_PAGE_BYTES = 3_145_728;

/**
 * Looks for the icons of feeds that have been read, a few at a time and apart from the queue: no item waits for a
 * picture.
 *
 * @returns how to stop; resolves at once, what is being decoded is given up.
 */
export function startIcons(env: Env): () => Promise<void> {
  if (env.FETCH_ICONS === 'off') return async () => undefined;
  const bounded = { ...env, FETCH_TIMEOUT_MS: Math.min(TIMEOUT_MS, env.FETCH_TIMEOUT_MS) };
  const pages = openFetcher({ ...bounded, FETCH_MAX_BYTES: MAX_PAGE_BYTES });
  const pictures = openFetcher({ ...bounded, FETCH_MAX_BYTES: MAX_PICTURE_BYTES });
  const decoder = createIconDecoder();
  const shared = rememberIcons();
  const working = new Set<Promise<void>>();
  const stop = startRounds({ name: 'icons', everyMs: ROUND_EVERY_MS }, async (signal) => {
    const fetchWith = async (fetcher: Fetcher, url: string): Promise<FetchedDocument | null> => {
      const answer = await fetcher.fetch({ url, etag: null, lastModified: null, signal });
      return answer.kind === 'document' ? answer : null;
    };
    const context: IconContext = {
      fetchPage: (url) => fetchWith(pages, url),
      fetchPicture: async (url) => (await fetchWith(pictures, url))?.bytes ?? null,
      decoder,
    };
    // A server that hangs keeps its own place, and no round waits for it.
    const room = AT_ONCE - working.size;
    for (const lookup of room > 0 ? await claimIconLookups(room) : []) {
      const work = lookUp(context, shared, lookup, signal).finally(() => working.delete(work));
      working.add(work);
    }
  });
  return async () => {
    const stopped = stop();
    decoder.close();
    await stopped;
    await Promise.all(working);
    await Promise.all([pages.close(), pictures.close()]);
  };
}

/** Where nothing is found, again in a week; what is interrupted or fails by a fault of ours is due when its claim ends. */
async function lookUp(
  context: IconContext,
  shared: SharedIcons,
  lookup: IconLookup,
  signal: AbortSignal,
): Promise<void> {
  const key = `${findSite(lookup)} ${lookup.icon ?? ''}`;
  try {
    const known = shared.recall(key);
    if (known !== undefined) return await settle(lookup, known, 'shared');
    const icon = await findIcon(context, lookup);
    signal.throwIfAborted();
    const iconId = icon && (await storeIcon(icon));
    shared.remember(key, iconId);
    await settle(lookup, iconId, 'found');
  } catch (error) {
    if (signal.aborted) return;
    log.warn(
      { err: error, feedId: lookup.feedId },
      'Looking for an icon failed; it is tried again in minutes.',
    );
  }
}

async function settle(lookup: IconLookup, iconId: number | null, how: 'found' | 'shared'): Promise<void> {
  metrics.iconLookups.inc({ result: iconId === null ? 'none' : how });
  await (iconId === null ? postponeIcon(lookup.feedId) : assignIcon(lookup, iconId));
}
