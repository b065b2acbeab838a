'use server';

import { redirect } from 'next/navigation';
import type { CodeState } from '@/app/ui/code-form';
import type { NewAccountState } from '@/app/ui/new-account-form';
import type { SignInState } from '@/app/ui/sign-in-form';
import { toSafeTarget } from '@/lib/auth/safe-target';
import { confirmSignIn, signIn, signOut } from '@/lib/auth/sign-in';
import { acceptLink, type Entry, type NewAccount, signUp } from '@/lib/auth/use-link';
import { readText } from './read-form';

/** Signs in with the name and password in the form. */
export async function enter(_state: SignInState, form: FormData): Promise<SignInState> {
  const name = readText(form, 'name');
  const to = toSafeTarget(readText(form, 'to'));
  const result = await signIn({
    name,
    password: readText(form, 'password'),
    remember: form.has('remember'),
  });
  if (result.kind === 'refused') return { message: result.message, name };
  if (result.kind === 'code') redirect(`/sign-in/code?${new URLSearchParams({ to })}`);
  redirect(to);
}

/** The second step: a code. */
export async function enterCode(_state: CodeState, form: FormData): Promise<CodeState> {
  const result = await confirmSignIn(readText(form, 'code'), form.has('trust'));
  if (result.kind === 'refused') return { message: result.message };
  redirect(toSafeTarget(readText(form, 'to')));
}

const readAccount = (form: FormData): NewAccount => ({
  name: readText(form, 'name'),
  email: readText(form, 'email'),
  password: readText(form, 'password'),
});

function goOn(entry: Entry, { name, email }: NewAccount): NewAccountState {
  if (entry === 'in') redirect('/');
  if (entry === 'code') redirect('/sign-in/code');
  return { ...entry, name, email };
}

/** Makes the account that a one-time link is for, or sets its password. */
export async function followLink(_state: NewAccountState, form: FormData): Promise<NewAccountState> {
  const typed = readAccount(form);
  return goOn(await acceptLink(readText(form, 'token'), typed), typed);
}

/** Makes an account, where anybody may. */
export async function register(_state: NewAccountState, form: FormData): Promise<NewAccountState> {
  const typed = readAccount(form);
  return goOn(await signUp(typed), typed);
}

/** Ends the session of this browser. */
export async function leave(): Promise<void> {
  await signOut();
  redirect('/sign-in');
}
