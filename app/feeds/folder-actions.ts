'use server';

import { revalidatePath } from 'next/cache';
import { RedirectType, redirect } from 'next/navigation';
import type { FormState } from '@/app/ui/form-message';
import { parseId } from '@/app/ui/parse-id';
import { currentUser } from '@/lib/auth/current-user';
import { makeFolder } from '@/lib/service/make-folder';
import { moveFeeds } from '@/lib/service/move-feeds';
import { placeFolder } from '@/lib/service/place-folder';
import { removeFolder } from '@/lib/service/remove-folder';
import { renameFolder } from '@/lib/service/rename-folder';
import { shiftFolder } from '@/lib/service/shift-folder';

function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Where a deed leads: the page of folders, which tells what was done, and tells it again when it is done again. */
function tell(did: string): never {
  revalidatePath('/', 'layout');
  redirect(`/folders?did=${did}&at=${Date.now().toString(36)}`, RedirectType.replace);
}

/** Makes a folder, or says why not. */
export async function addFolder(_state: FormState, form: FormData): Promise<FormState> {
  const name = readText(form, 'name');
  const user = await currentUser();
  const made = await makeFolder({ userId: user.id, name });
  return made.ok ? tell('made') : { message: made.message, typed: { name } };
}

/** Gives a folder another name, or says why not. */
export async function nameFolder(_state: FormState, form: FormData): Promise<FormState> {
  const folderId = parseId(readText(form, 'folderId'));
  if (folderId === null) redirect('/folders');
  const name = readText(form, 'name');
  const user = await currentUser();
  const renamed = await renameFolder({ userId: user.id, folderId, name });
  return renamed.ok ? tell('renamed') : { message: renamed.message, typed: { name } };
}

/** Deletes a folder, and what is in it where that is asked for; then the list of feeds tells it, and how to undo it. */
export async function dropFolder(form: FormData): Promise<void> {
  const folderId = parseId(readText(form, 'folderId'));
  if (folderId === null) redirect('/folders');
  const user = await currentUser();
  const feeds = readText(form, 'feeds') === 'unsubscribe' ? 'unsubscribe' : 'keep';
  const removed = await removeFolder({ userId: user.id, folderId, feeds });
  if (removed === null || removed.undo === null) tell('deleted');
  revalidatePath('/', 'layout');
  redirect(`/feeds?did=removed.${removed.count}&undo=${removed.undo}`);
}

/** Moves a folder before another (`before`; empty for last). */
export async function moveFolder(form: FormData): Promise<void> {
  const folderId = parseId(readText(form, 'folderId'));
  const before = parseId(readText(form, 'before'));
  const user = await currentUser();
  if (folderId !== null) await placeFolder({ userId: user.id, folderId, before });
  revalidatePath('/', 'layout');
}

/** Moves a folder one place up or down (`by`). @returns how often that was asked for, this time included. */
export async function stepFolder(times: number, form: FormData): Promise<number> {
  const folderId = parseId(readText(form, 'folderId'));
  const by = readText(form, 'by') === 'up' ? -1 : 1;
  const user = await currentUser();
  if (folderId !== null) await shiftFolder({ userId: user.id, folderId, by });
  revalidatePath('/', 'layout');
  return times + 1;
}

/** Moves the chosen feeds (`feed`) to a folder (`folder`; empty for none). */
export async function moveChosen(form: FormData): Promise<void> {
  const feedIds = form.getAll('feed').flatMap((text) => parseId(String(text)) ?? []);
  const folder = readText(form, 'folder');
  const folderId = parseId(folder);
  if (feedIds.length === 0 || (folder !== '' && folderId === null)) tell('nothing');
  const user = await currentUser();
  tell(`moved.${await moveFeeds({ userId: user.id, feedIds, folderId })}`);
}
