'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { LinkState } from '@/app/ui/link-form';
import {
  invite,
  keepOut,
  makeResetLink,
  removeAccount,
  requireManager,
  takeBack,
} from '@/lib/auth/manage-accounts';
import { findUser } from '@/lib/store/users';
import { readId, readText } from './read-form';

/** Makes an invitation, whose address is shown once. */
export async function makeInvitation(_state: LinkState, form: FormData): Promise<LinkState> {
  const manager = await requireManager();
  const link = await invite(manager, readText(form, 'note'));
  if (link === null) return { message: 'Nobody can be invited here.', link: null };
  revalidatePath('/admin');
  return { message: null, link };
}

/** Takes an invitation back. */
export async function removeInvitation(form: FormData): Promise<void> {
  await requireManager();
  const id = readId(form, 'id');
  if (id !== null) await takeBack(id);
  redirect('/admin?did=taken-back');
}

/** Makes a link with which somebody chooses a new password; it is shown once. */
export async function makePasswordLink(_state: LinkState, form: FormData): Promise<LinkState> {
  const manager = await requireManager();
  const user = await findUser(readId(form, 'id') ?? 0);
  const link = user === null ? null : await makeResetLink(manager, user);
  return link === null
    ? { message: 'Only the owner may do that for somebody who manages this Tidings.', link: null }
    : { message: null, link };
}

/** Keeps somebody out, or lets them in again. */
export async function changeAccess(form: FormData): Promise<void> {
  const manager = await requireManager();
  const id = readId(form, 'id');
  const out = readText(form, 'do') === 'disable';
  if (id !== null) await keepOut(manager, id, out);
  redirect(`/admin?did=${out ? 'disabled' : 'enabled'}`);
}

/** Deletes somebody's account, when their name has been typed to confirm it. */
export async function removeUser(_state: LinkState, form: FormData): Promise<LinkState> {
  const manager = await requireManager();
  const user = await findUser(readId(form, 'id') ?? 0);
  if (user !== null && readText(form, 'name').trim().toLowerCase() !== user.name.toLowerCase()) {
    return { message: 'That is not the name of the account.', link: null };
  }
  if (user !== null) await removeAccount(manager, user.id);
  redirect('/admin?did=removed');
}
