'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { parseId } from '@/app/ui/parse-id';
import { currentUser } from '@/lib/auth/current-user';
import { followOffers } from '@/lib/service/follow-offers';

/** Follows the chosen ones (`offer`) of the feeds that a site offers, and shows the first. */
export async function chooseOffered(form: FormData): Promise<void> {
  const feedId = parseId(String(form.get('feedId')));
  if (feedId === null) redirect('/feeds');
  const user = await currentUser();
  const urls = form.get('do') === 'keep' ? [] : form.getAll('offer').map(String);
  const followed = await followOffers({ userId: user.id, feedId, urls });
  revalidatePath('/', 'layout');
  redirect(`/feeds/${followed.feedId}`);
}
