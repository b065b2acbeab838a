import { feedUrlForSite } from '@/lib/feed/known-sites';
import type { FeedCandidate } from '@/lib/feed/types';
import { unlessBusy } from './host-visits';
import { isWorthSeeking } from './lost-feed';
import { type ObtainAttempt, type ObtainedFailure, obtainFrom, type Step } from './obtain-from';
import { mayBePlain, seekPlain } from './seek-plain';

/** Requests that one search may make. */
const MAX_REQUESTS = 8;

/** Looks at addresses one by one, each once, as long as requests are left. */
class Search {
  readonly #seen: Set<string>;
  readonly #attempt: ObtainAttempt;
  #left = MAX_REQUESTS;
  /** Whether a server did not say what it has: there may be a feed, another time. */
  isUnsure = false;

  constructor(attempt: ObtainAttempt) {
    this.#attempt = attempt;
    this.#seen = new Set([attempt.feed.url.replace(/#.*$/, '')]);
  }

  async look(url: string): Promise<Step | null> {
    if (this.#left === 0 || this.#seen.has(url)) return null;
    this.#seen.add(url);
    this.#left -= 1;
    const step = await obtainFrom(url, this.#attempt);
    if (step.kind === 'failed') this.#note(step);
    // Redirects that lead back to the lost address have found nothing.
    return step.kind === 'feed' && this.#seen.has(step.answer.url) && step.answer.url !== url ? null : step;
  }

  #note({ failure, answer, rests }: ObtainedFailure): void {
    if (rests) this.#left = 0;
    if (rests || failure.network || (answer.status ?? 0) >= 500) this.isUnsure = true;
  }

  async tryCandidates(candidates: FeedCandidate[]): Promise<string | null> {
    for (const { url } of candidates) if ((await this.look(url))?.kind === 'feed') return url;
    return null;
  }
}

/** Pages that may say where the feed is now: the one it belonged to, then the front page of its server. */
function listPlaces(feedUrl: string, siteUrl: string | null): string[] {
  const site = siteUrl !== null && /^https?:/.test(siteUrl) && URL.canParse(siteUrl) ? [siteUrl] : [];
  return [...site, new URL('/', feedUrl).href].map((place) => place.replace(/#.*$/, ''));
}

/** @returns null where there is nothing; undefined where that cannot be told now. */
async function seek(attempt: ObtainAttempt, offered: FeedCandidate[]): Promise<string | null | undefined> {
  const { feed } = attempt;
  const search = new Search(attempt);
  const named = await search.tryCandidates(offered);
  if (named !== null) return named;
  for (const place of listPlaces(feed.url, feed.siteUrl)) {
    const known = feedUrlForSite(place);
    if (known !== null && (await search.look(known))?.kind === 'feed') return known;
    const step = await search.look(place);
    if (step?.kind === 'feed') return place;
    const found = step?.kind === 'page' ? await search.tryCandidates(step.candidates) : null;
    if (found !== null) return found;
  }
  return search.isUnsure ? undefined : null;
}

function withSought(obtained: ObtainedFailure, sought: string | null | undefined): ObtainedFailure {
  return sought === undefined ? obtained : { ...obtained, sought };
}

/**
 * Looks for a feed again that is lost, at its site and in the way that new feeds are found, and for one whose server
 * has no secure connection without it. What is found is kept for a reader to accept; nothing is switched.
 *
 * @param candidates feeds that the page names which is in the feed's place.
 * @returns the failure, with what was found if it was time to look, and the servers had a place for it.
 */
export async function seekReplacement(
  attempt: ObtainAttempt,
  obtained: ObtainedFailure,
  candidates: FeedCandidate[],
): Promise<ObtainedFailure> {
  const { context, feed } = attempt;
  if (mayBePlain(feed, obtained)) return withSought(obtained, await unlessBusy(seekPlain(attempt)));
  const { origin } = new URL(feed.url);
  const offered = candidates.filter(({ url, guessed }) => !guessed && new URL(url).origin === origin);
  const worth = isWorthSeeking({
    ...feed,
    now: context.now(),
    code: obtained.failure.code,
    failures: feed.failures + 1,
    offered: offered.length > 0,
  });
  if (!worth) return obtained;
  return withSought(obtained, await unlessBusy(seek(attempt, offered)));
}
