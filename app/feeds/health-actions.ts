'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { readHealthPath, writeHealthQuery } from '@/app/ui/health-query';
import { parseId } from '@/app/ui/parse-id';
import { currentUser } from '@/lib/auth/current-user';
import { acceptReplacements } from '@/lib/service/accept-replacements';
import { refreshFeeds } from '@/lib/service/refresh-feeds';
import { unsubscribeMany } from '@/lib/service/unsubscribe-many';
import { type Deed, readOrder } from './read-order';

/** What a deed is called afterwards, in the address of the page that tells it. */
const TOLD = { try: 'tried', accept: 'accepted', 'remove-now': 'removed' } as const;

async function perform(deed: Exclude<Deed, 'remove'>, userId: number, feedIds: number[]): Promise<number> {
  if (deed === 'try') return refreshFeeds({ userId, feedIds });
  if (deed === 'remove-now') return unsubscribeMany({ userId, feedIds });
  return (await acceptReplacements({ userId, feedIds })).length;
}

/** Does to the chosen feeds what the pressed button says, and comes back to the list, which tells what was done. */
export async function changeFeeds(form: FormData): Promise<void> {
  const { deed, feedIds } = readOrder(form);
  const back = form.get('back');
  const path = writeHealthQuery(readHealthPath(typeof back === 'string' ? back : ''));
  if (deed === 'remove' && feedIds.length > 0) {
    redirect(`/feeds/remove?${new URLSearchParams({ ids: feedIds.join(), back: path })}`);
  }
  const user = await currentUser();
  const told =
    deed === null || deed === 'remove' || feedIds.length === 0
      ? 'nothing'
      : `${TOLD[deed]}.${await perform(deed, user.id, feedIds)}`;
  revalidatePath('/', 'layout');
  redirect(`${path}${path.includes('?') ? '&' : '?'}did=${told}`);
}

/** Puts the feed that was found at a lost one's site in its place, and shows it. */
export async function acceptReplacement(form: FormData): Promise<void> {
  const feedId = parseId(String(form.get('feedId')));
  if (feedId === null) redirect('/feeds');
  const user = await currentUser();
  const [found] = await acceptReplacements({ userId: user.id, feedIds: [feedId] });
  revalidatePath('/', 'layout');
  redirect(`/feeds/${found ?? feedId}`);
}
