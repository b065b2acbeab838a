'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { parseId } from '@/app/ui/parse-id';
import { currentUser } from '@/lib/auth/current-user';
import { safePath } from '@/lib/ops/safe-path';
import { markAllRead, markItems, undoMarkAll } from '@/lib/service/mark-items';
import { refreshFeeds } from '@/lib/service/refresh-feeds';
import { requestFullText } from '@/lib/service/request-full-text';
import type { ItemScope } from '@/lib/store/list-items';
import { listLongUnchecked, listSubscriptions } from '@/lib/store/read-feeds';

/** As many feeds are asked for at once. */
const MOST_FEEDS = 500;

const readText = (form: FormData, name: string) => String(form.get(name) ?? '');

/** @returns a path of our own; anything else leads to the first page. */
const readBack = (form: FormData) => safePath(form.get('back'));

function readScope(name: string): ItemScope | null {
  const [kind, text] = name.split('-');
  if (kind === 'starred') return { kind };
  if (kind === 'unread' || kind === 'all') return { kind: 'all' };
  const id = parseId(text ?? '');
  return id !== null && (kind === 'folder' || kind === 'feed') ? { kind, id } : null;
}

/** Marks a list as read, and comes back to it with the token that takes it back. */
export async function markListRead(form: FormData): Promise<void> {
  const scope = readScope(readText(form, 'view'));
  const back = readBack(form);
  if (scope === null) redirect(back);
  const user = await currentUser();
  const order = readText(form, 'order') === 'oldest' ? 'oldest' : 'newest';
  const { undo } = await markAllRead({ userId: user.id, scope, order });
  revalidatePath('/', 'layout');
  redirect(undo === null ? back : `${back}${back.includes('?') ? '&' : '?'}marked=${undo}`);
}

/** Takes back what `markListRead` did. */
export async function undoMarkedList(form: FormData): Promise<void> {
  const user = await currentUser();
  const undo = readText(form, 'undo');
  if (/^[\da-f-]{36}$/.test(undo)) await undoMarkAll({ userId: user.id, undo });
  revalidatePath('/', 'layout');
  redirect(readBack(form));
}

/** Marks one item as a form's button says ("read", "unread", "starred", "unstarred"), and comes back to it. */
export async function markItem(form: FormData): Promise<void> {
  const itemId = parseId(readText(form, 'itemId'), Number.MAX_SAFE_INTEGER);
  const as = readText(form, 'as');
  const user = await currentUser();
  if (itemId !== null) {
    const read = as === 'read' ? true : as === 'unread' ? false : undefined;
    const starred = as === 'starred' ? true : as === 'unstarred' ? false : undefined;
    await markItems({ userId: user.id, itemIds: [itemId], read, starred });
  }
  revalidatePath('/', 'layout');
  redirect(readBack(form));
}

/** Shows an item on its own page with the text that a form's button says ("full", "feed"); the former is asked for. */
export async function chooseItemText(form: FormData): Promise<void> {
  const itemId = parseId(readText(form, 'itemId'), Number.MAX_SAFE_INTEGER);
  const text = readText(form, 'text') === 'full' ? 'full' : 'feed';
  const user = await currentUser();
  if (itemId === null) redirect('/');
  if (text === 'full') await requestFullText({ userId: user.id, itemId });
  redirect(`/items/${itemId}?keep=1&text=${text}`);
}

/**
 * Asks for the feeds of a view to be fetched now: of a feed or a folder all, of everything those that were looked at
 * longest ago, and of what is starred none.
 */
export async function fetchNow(view: string): Promise<void> {
  const scope = readScope(view);
  if (scope === null || scope.kind === 'starred') return;
  const user = await currentUser();
  const feedIds =
    scope.kind === 'all'
      ? await listLongUnchecked(user.id, MOST_FEEDS)
      : (await listSubscriptions(user.id))
          .filter(({ id, folderId }) => (scope.kind === 'feed' ? id : folderId) === scope.id)
          .map(({ id }) => id);
  await refreshFeeds({ userId: user.id, feedIds: feedIds.slice(0, MOST_FEEDS) });
}
