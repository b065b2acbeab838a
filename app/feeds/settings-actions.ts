'use server';

import { revalidatePath } from 'next/cache';
import { RedirectType, redirect } from 'next/navigation';
import type { FormState } from '@/app/ui/form-message';
import { parseId } from '@/app/ui/parse-id';
import { currentUser } from '@/lib/auth/current-user';
import { changeSettings } from '@/lib/service/change-settings';
import { type AccessRequest, setFeedAccess } from '@/lib/service/set-feed-access';

function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function readFeedId(form: FormData): number {
  return parseId(readText(form, 'feedId')) ?? redirect('/feeds');
}

/** A choice that is a number; empty is none, and what is no number is one that is refused. */
function readNumber(form: FormData, name: string): number | null {
  const text = readText(form, name);
  return text === '' ? null : /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

/** What is shown again when a form is refused. */
function readTyped(form: FormData, names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, readText(form, name)]));
}

/** Saves a reader's name, folder, floor and retention for a feed, or says why not. */
export async function saveSettings(_state: FormState, form: FormData): Promise<FormState> {
  const feedId = readFeedId(form);
  const user = await currentUser();
  const result = await changeSettings({
    userId: user.id,
    feedId,
    title: readText(form, 'title'),
    folderId: readNumber(form, 'folder'),
    newFolder: readText(form, 'newFolder'),
    floorMinutes: readNumber(form, 'floor') ?? 0,
    keepDays: readNumber(form, 'keepDays'),
    keepItems: readNumber(form, 'keepItems'),
    fullText: readText(form, 'text') === 'full',
  });
  if (!result.ok) {
    const typed = readTyped(form, ['title', 'folder', 'newFolder', 'floor', 'text', 'keepDays', 'keepItems']);
    return { message: result.message, typed };
  }
  revalidatePath('/', 'layout');
  redirect(`/feeds/${feedId}/settings?did=saved`, RedirectType.replace);
}

/** Changes what a feed is asked with, and shows the feed, where the attempt can be watched. */
async function changeAccess(
  form: FormData,
  change: Pick<AccessRequest, 'credentials' | 'userAgent'>,
): Promise<string> {
  const user = await currentUser();
  const result = await setFeedAccess({ userId: user.id, feedId: readFeedId(form), ...change });
  if (!result.ok) return result.message;
  revalidatePath('/', 'layout');
  redirect(`/feeds/${result.feedId}`);
}

/** Keeps a name and a password for a feed, or says why not. */
export async function savePassword(_state: FormState, form: FormData): Promise<FormState> {
  const username = readText(form, 'username');
  const credentials = { username, password: readText(form, 'password') };
  return { message: await changeAccess(form, { credentials }), typed: { username } };
}

/** Forgets a feed's name and password. */
export async function removePassword(form: FormData): Promise<void> {
  await changeAccess(form, { credentials: null });
}

/** Sets what a feed's server is told that asks for it, or says why not. */
export async function saveUserAgent(_state: FormState, form: FormData): Promise<FormState> {
  const userAgent = readText(form, 'userAgent');
  return { message: await changeAccess(form, { userAgent }), typed: { userAgent } };
}
