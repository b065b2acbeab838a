import type { FeedHints, NewItem } from '@/lib/feed/types';
import type { ClaimedFeed } from '@/lib/store/claims';
import { unlessBusy } from './host-visits';
import { type ObtainAttempt, type ObtainedFeed, obtainFrom } from './obtain-from';

/**
 * The address that a podcast says it has moved to (`itunes:new-feed-url`).
 *
 * @returns null where it says none, or the one that it has.
 */
function readStatedAddress(hints: FeedHints | null, answered: string): string | null {
  const stated = hints?.newFeedUrl ?? null;
  if (stated === null || !URL.canParse(stated, answered)) return null;
  const url = new URL(stated, answered);
  const downgrade = url.protocol === 'http:' && answered.startsWith('https:');
  if (!/^https?:$/.test(url.protocol) || downgrade || url.username !== '') return null;
  url.hash = '';
  return url.href === answered ? null : url.href;
}

/** Whether two documents are of one feed: half of the shorter one's items are in both. */
function areSame(a: NewItem[], b: NewItem[]): boolean {
  const known = new Set(a.map(({ identity }) => identity));
  const shared = b.filter(({ identity }) => known.has(identity)).length;
  return shared > 0 && shared * 2 >= Math.min(a.length, b.length);
}

/**
 * Sees whether the same document is where this one says that it lives now: anybody can write anything there. Once
 * it has been seen, it is not asked for again.
 */
export async function confirmNewAddress(
  attempt: ObtainAttempt,
  obtained: ObtainedFeed,
): Promise<ObtainedFeed> {
  const { feed } = attempt;
  const stated = readStatedAddress(obtained.document.feed.hints, obtained.answer.url);
  if (stated === null || stated === feed.url || obtained.answer.delta) return obtained;
  if (stated === feed.movedTo) return { ...obtained, stated };
  const there = await unlessBusy(obtainFrom(stated, attempt));
  const same = there?.kind === 'feed' && areSame(obtained.document.items, there.document.items);
  return same ? { ...obtained, stated } : obtained;
}

/** What a document said that has not changed since counts on, once it has been confirmed. */
export function readConfirmedAddress(feed: ClaimedFeed, answered: string): string | null {
  // Written by finishRead, from FeedHints.
  const stated = readStatedAddress(feed.hints as FeedHints | null, answered);
  return stated !== null && stated === feed.movedTo ? stated : null;
}
