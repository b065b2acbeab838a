'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { readHealthPath, writeHealthQuery } from '@/app/ui/health-query';
import { parseId } from '@/app/ui/parse-id';
import { currentUser } from '@/lib/auth/current-user';
import { acceptReplacements } from '@/lib/service/accept-replacements';
import { refreshFeeds } from '@/lib/service/refresh-feeds';
import { undoUnsubscribe } from '@/lib/service/undo-unsubscribe';
import { unsubscribeMany } from '@/lib/service/unsubscribe-many';
import { type Deed, readOrder } from './read-order';

/** @returns what the page that comes next is to tell. */
async function perform(deed: Exclude<Deed, 'remove'>, userId: number, feedIds: number[]): Promise<string> {
  if (deed === 'remove-now') {
    const { count, undo } = await unsubscribeMany({ userId, feedIds });
    return undo === null ? 'nothing' : `removed.${count}&undo=${undo}`;
  }
  if (deed === 'try') return `tried.${await refreshFeeds({ userId, feedIds })}`;
  return `accepted.${(await acceptReplacements({ userId, feedIds })).length}`;
}

/** Does to the chosen feeds what the pressed button says, and comes back to the list, which tells what was done. */
export async function changeFeeds(form: FormData): Promise<void> {
  const user = await currentUser();
  const { deed, feedIds } = readOrder(form);
  const back = form.get('back');
  const path = writeHealthQuery(readHealthPath(typeof back === 'string' ? back : ''));
  if (deed === 'remove' && feedIds.length > 0) {
    redirect(`/feeds/remove?${new URLSearchParams({ ids: feedIds.join(), back: path })}`);
  }
  const told =
    deed === null || deed === 'remove' || feedIds.length === 0
      ? 'nothing'
      : await perform(deed, user.id, feedIds);
  revalidatePath('/', 'layout');
  redirect(`${path}${path.includes('?') ? '&' : '?'}did=${told}`);
}

/** Brings back what was unsubscribed from, and shows it: the feed if it is one, else the list. */
export async function undoRemoval(form: FormData): Promise<void> {
  const user = await currentUser();
  const feedIds = await undoUnsubscribe({ userId: user.id, undo: String(form.get('undo')) });
  revalidatePath('/', 'layout');
  if (feedIds.length === 1) redirect(`/feeds/${feedIds[0]}`);
  redirect(`/feeds?did=${feedIds.length === 0 ? 'late' : `restored.${feedIds.length}`}`);
}

/** Puts the feed that was found at a lost one's site in its place, and shows it. */
export async function acceptReplacement(form: FormData): Promise<void> {
  const user = await currentUser();
  const feedId = parseId(String(form.get('feedId')));
  if (feedId === null) redirect('/feeds');
  const [found] = await acceptReplacements({ userId: user.id, feedIds: [feedId] });
  revalidatePath('/', 'layout');
  redirect(`/feeds/${found ?? feedId}`);
}
