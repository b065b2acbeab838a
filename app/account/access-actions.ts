'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { TokenState } from '@/app/ui/token-form';
import { currentUser } from '@/lib/auth/current-user';
import { endOtherSessions, endOwnSession } from '@/lib/auth/own-sessions';
import { makeApiToken, revokeApiToken } from '@/lib/auth/own-tokens';
import { readId, readText } from './read-form';

/** Signs one of the user's browsers out. */
export async function revokeSession(form: FormData): Promise<void> {
  const user = await currentUser();
  const id = readId(form, 'id');
  if (id !== null) await endOwnSession(user.id, id);
  redirect('/settings/sessions?did=revoked');
}

/** Signs all of the user's browsers out but this one. */
export async function revokeOtherSessions(): Promise<void> {
  const user = await currentUser();
  await endOtherSessions(user.id);
  redirect('/settings/sessions?did=others');
}

/** Makes a token, which is shown once. */
export async function makeToken(_state: TokenState, form: FormData): Promise<TokenState> {
  const user = await currentUser();
  const made = await makeApiToken(user.id, {
    name: readText(form, 'name'),
    scope: readText(form, 'scope') === 'write' ? 'WRITE' : 'READ',
    password: readText(form, 'password'),
  });
  if ('message' in made) return { ...made, token: null };
  revalidatePath('/settings/tokens');
  return { field: null, message: null, token: made.token };
}

/** Revokes one of the user's tokens. */
export async function revokeToken(form: FormData): Promise<void> {
  const user = await currentUser();
  const id = readId(form, 'id');
  if (id !== null) await revokeApiToken(user.id, id);
  redirect('/settings/tokens?did=revoked');
}
