'use server';

import { redirect } from 'next/navigation';
import { currentUser } from '@/lib/auth/current-user';
import { beginConnection, beginOidc } from '@/lib/auth/oidc';
import { toSafeTarget } from '@/lib/auth/safe-target';
import { readText } from './read-form';

/** Goes to the installation's provider to sign in there. */
export async function enterWithProvider(form: FormData): Promise<void> {
  redirect((await beginOidc(toSafeTarget(readText(form, 'to')))) ?? '/sign-in?error=provider');
}

/** Goes there to connect it to the account of whoever is signed in. */
export async function connectProvider(): Promise<void> {
  await currentUser();
  redirect((await beginConnection()) ?? '/settings/account?error=provider');
}
