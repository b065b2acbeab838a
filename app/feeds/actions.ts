'use server';

import { revalidatePath } from 'next/cache';
import { RedirectType, redirect } from 'next/navigation';
import type { AddFeedState } from '@/app/ui/add-feed-form';
import { parseId } from '@/app/ui/parse-id';
import { currentUser } from '@/lib/auth/current-user';
import { refreshFeed } from '@/lib/service/refresh-feed';
import { subscribe } from '@/lib/service/subscribe';
import { unsubscribe } from '@/lib/service/unsubscribe';

function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Subscribes to the address in the form and goes to the feed's page, or says why not. */
export async function addFeed(_state: AddFeedState, form: FormData): Promise<AddFeedState> {
  const address = readText(form, 'address');
  const user = await currentUser();
  const result = await subscribe({ userId: user.id, address });
  if (!result.ok) return { message: result.message, typed: address };
  revalidatePath('/', 'layout');
  redirect(`/feeds/${result.feedId}`);
}

/** Asks for the feed to be fetched now, and shows its page, where the attempt can be watched. */
export async function tryNow(form: FormData): Promise<void> {
  const feedId = parseId(readText(form, 'feedId'));
  if (feedId === null) redirect('/');
  const user = await currentUser();
  await refreshFeed({ userId: user.id, feedId });
  revalidatePath('/', 'layout');
  redirect(`/feeds/${feedId}`, RedirectType.replace);
}

/** Ends the subscription and goes to the list of feeds, where that can be undone. */
export async function removeFeed(form: FormData): Promise<void> {
  const feedId = parseId(readText(form, 'feedId'));
  const user = await currentUser();
  const undo = feedId === null ? null : (await unsubscribe({ userId: user.id, feedId })).undo;
  revalidatePath('/', 'layout');
  redirect(undo === null ? '/feeds' : `/feeds?did=removed.1&undo=${undo}`);
}
