import type { FailureCode } from '@/lib/ops/fetch-error';
import type { ClaimedFeed } from '@/lib/store/claims';
import { type ObtainAttempt, type ObtainedFailure, obtainFrom } from './obtain-from';

/** A server that answers so may be there without TLS. A certificate that is not valid is none of these: it warns. */
const WITHOUT_TLS: ReadonlySet<string> = new Set<FailureCode>(['no-https', 'connect']);

/**
 * Whether the address that somebody gave, or that was made of a name alone, asks for a secure connection which the
 * server may not have. Not once a feed has been read over one: then its absence is a fault, or an attack.
 */
export function mayBePlain(
  feed: Pick<ClaimedFeed, 'url' | 'lastSuccessAt' | 'replacement'>,
  failed: ObtainedFailure,
): boolean {
  const { answer, failure } = failed;
  const secure = feed.url.startsWith('https:') && answer.redirects.length === 0;
  const unread = feed.lastSuccessAt === null && feed.replacement === null;
  return secure && unread && WITHOUT_TLS.has(failure.code);
}

/**
 * Looks whether a server has at the same address without TLS (port 80, or the port that is given) a feed, or a page
 * that names one. It is for a reader to accept: others on the way can read and change what comes from there.
 *
 * @returns the address; null where nothing is to be read there; undefined where that cannot be told now.
 */
export async function seekPlain(attempt: ObtainAttempt): Promise<string | null | undefined> {
  const plain = attempt.feed.url.replace(/^https:/, 'http:');
  const step = await obtainFrom(plain, attempt);
  if (step.kind === 'feed') return plain;
  if (step.kind === 'page') return step.candidates.length > 0 ? plain : null;
  return step.kind === 'failed' && !step.failure.network && !step.rests ? null : undefined;
}
