'use server';

import { redirect } from 'next/navigation';
import type { ConfirmState } from '@/app/ui/confirm-form';
import { confirmIdentity } from '@/lib/auth/confirm-identity';
import { currentUser } from '@/lib/auth/current-user';
import { beginConnection, beginOidc } from '@/lib/auth/oidc';
import { toSafeTarget } from '@/lib/auth/safe-target';
import { readText } from './read-form';

/** Goes to the installation's provider to sign in there. */
export async function enterWithProvider(form: FormData): Promise<void> {
  redirect((await beginOidc(toSafeTarget(readText(form, 'to')))) ?? '/sign-in?error=provider');
}

/** Goes there to connect it to the account of whoever is signed in: it opens the account from then on. */
export async function connectProvider(_state: ConfirmState, form: FormData): Promise<ConfirmState> {
  const user = await currentUser();
  const message = await confirmIdentity(user.id, readText(form, 'password'));
  if (message !== null) return { message };
  redirect((await beginConnection()) ?? '/settings/account?error=provider');
}
