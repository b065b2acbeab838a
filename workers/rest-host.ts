import { scheduleRest } from '@/lib/feed/schedule';
import type { FetchResult } from '@/lib/net/fetch-feed';
import { restHost } from '@/lib/store/claim-feeds';

/** What letting a server rest needs of the world. */
export interface RestContext {
  restHost: typeof restHost;
  now(): Date;
  /** From 0 to 1. */
  random(): number;
}

/** The world as it is. */
export const RESTS: RestContext = { restHost, now: () => new Date(), random: Math.random };

/**
 * Lets a server rest that says that it is asked too often, or is overwhelmed and says for how long: whichever of its
 * addresses it says so at, it says so of itself.
 *
 * @returns whether it did: then it is asked for nothing more now.
 */
export async function letRest(
  context: RestContext,
  answer: Pick<FetchResult, 'status' | 'retryAfter' | 'url'>,
): Promise<boolean> {
  const { status, retryAfter, url } = answer;
  const rest = scheduleRest({ status, retryAfter, now: context.now(), random: context.random() });
  if (rest === null) return false;
  const { host } = new URL(url);
  const why = [`${host} wants to be left alone`, ...(rest.asked === null ? [] : [rest.asked])].join(': ');
  await context.restHost(host, rest.until, why);
  return true;
}
