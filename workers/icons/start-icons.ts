import type { Fetcher } from '@/lib/net/fetch-feed';
import type { Env } from '@/lib/ops/env';
import { metrics } from '@/lib/ops/metrics';
import {
  assignIcon,
  claimIconLookups,
  type IconLookup,
  postponeIcon,
  putOffIcon,
  storeIcon,
} from '@/lib/store/icons';
import { HostBusyError, type HostVisits } from '../host-visits';
import { openFetcher } from '../open-fetcher';
import { letRest, RESTS } from '../rest-host';
import { startRounds } from '../run-rounds';
import { findIcon, findSite, type IconContext } from './find-icon';
import { createIconDecoder } from './icon-decoder';
import { rememberIcons, type SharedIcons } from './remember-icons';

const ROUND_EVERY_MS = 2000;
const AT_ONCE = 8;
const TIMEOUT_MS = 10_000;
const MAX_PICTURE_BYTES = 1_048_576;
const MAX_PAGE_BYTES = 3_145_728;
/** As long as feeds wait whose own host rests. */
const REST_MS = 3_600_000;

/**
 * Looks for the icons of feeds that have been read, a few at a time and apart from the queue: no item waits for a
 * picture.
 *
 * @returns how to stop; resolves at once, what is being decoded is given up.
 */
export function startIcons(env: Env, visits: HostVisits): () => Promise<void> {
  if (env.FETCH_ICONS === 'off') return async () => undefined;
  const bounded = { ...env, FETCH_TIMEOUT_MS: Math.min(TIMEOUT_MS, env.FETCH_TIMEOUT_MS) };
  const pages = openFetcher({ ...bounded, FETCH_MAX_BYTES: MAX_PAGE_BYTES });
  const pictures = openFetcher({ ...bounded, FETCH_MAX_BYTES: MAX_PICTURE_BYTES });
  const decoder = createIconDecoder();
  const shared = rememberIcons();
  const work = async (lookup: IconLookup, signal: AbortSignal) => {
    const visit = visits.begin(false);
    const enter = (host: string) => visit.enter(host, signal);
    const fetchWith = async (fetcher: Fetcher, url: string) => {
      const answer = await fetcher.fetch({ url, etag: null, lastModified: null, signal, enter });
      const { host } = new URL(answer.url);
      if (await letRest(RESTS, answer))
        throw new HostBusyError(host, new Date(Date.now() + REST_MS), 'it asked');
      return answer.kind === 'document' ? answer : null;
    };
    const context: IconContext = {
      fetchPage: (url) => fetchWith(pages, url),
      fetchPicture: async (url) => (await fetchWith(pictures, url))?.bytes ?? null,
      decoder,
    };
    try {
      await lookUp(context, shared, lookup, signal);
    } catch (error) {
      if (!(error instanceof HostBusyError)) throw error;
      // Where a server just has no place the icon is due again, as if this worker had been killed.
      if (error.reason !== null) await putOffIcon(lookup.feedId, error.until);
    } finally {
      await visit.end();
    }
  };
  const stop = startRounds({
    name: 'icons',
    everyMs: ROUND_EVERY_MS,
    atOnce: AT_ONCE,
    claim: claimIconLookups,
    work,
  });
  return async () => {
    const stopped = stop();
    decoder.close();
    await stopped;
    await Promise.all([pages.close(), pictures.close()]);
  };
}

/** Where nothing is found, it is looked for again in a week. */
async function lookUp(
  context: IconContext,
  shared: SharedIcons,
  lookup: IconLookup,
  signal: AbortSignal,
): Promise<void> {
  const key = `${findSite(lookup)} ${lookup.icon ?? ''}`;
  const known = shared.recall(key);
  if (known !== undefined) return settle(lookup, known, 'shared');
  const icon = await findIcon(context, lookup);
  signal.throwIfAborted();
  const iconId = icon && (await storeIcon(icon));
  shared.remember(key, iconId);
  await settle(lookup, iconId, 'found');
}

async function settle(lookup: IconLookup, iconId: number | null, how: 'found' | 'shared'): Promise<void> {
  metrics.iconLookups.inc({ result: iconId === null ? 'none' : how });
  await (iconId === null ? postponeIcon(lookup.feedId) : assignIcon(lookup, iconId));
}
