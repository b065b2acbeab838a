'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ConfirmState } from '@/app/ui/confirm-form';
import type { PasskeyStart } from '@/app/ui/passkey-form';
import type { PasswordState } from '@/app/ui/password-form';
import type { RecoveryState } from '@/app/ui/recovery-form';
import type { SecondStepState } from '@/app/ui/second-step-form';
import { currentUser } from '@/lib/auth/current-user';
import { beginPasskey, removeOwnPasskey } from '@/lib/auth/own-passkeys';
import { replacePassword } from '@/lib/auth/password-change';
import { removeOwnAccount } from '@/lib/auth/remove-account';
import { beginSecondStep, endSecondStep, finishSecondStep, renewRecoveryCodes } from '@/lib/auth/second-step';
import { readId, readText } from './read-form';

const PAGE = '/settings/account';

/** Changes the password, or sets the first one. */
export async function changePassword(_state: PasswordState, form: FormData): Promise<PasswordState> {
  const user = await currentUser();
  const objection = await replacePassword(user, {
    current: readText(form, 'current'),
    password: readText(form, 'password'),
  });
  if (objection !== null) return objection;
  redirect(`${PAGE}?did=password`);
}

/** Sets an authenticator app up: first the password, then a code that shows that the app has understood. */
export async function setUpSecondStep(state: SecondStepState, form: FormData): Promise<SecondStepState> {
  const user = await currentUser();
  if (state.step === 'scan') {
    const message = await finishSecondStep(user, readText(form, 'code'));
    if (message !== null) return { ...state, message };
    revalidatePath(PAGE);
    return { step: 'done', recoveryCodes: state.app.recoveryCodes };
  }
  const app = await beginSecondStep(user, readText(form, 'password'));
  if ('refused' in app) return { step: 'password', message: app.refused };
  return { step: 'scan', app, message: null };
}

/** Gives up the second step. */
export async function giveUpSecondStep(_state: ConfirmState, form: FormData): Promise<ConfirmState> {
  const message = await endSecondStep(await currentUser(), readText(form, 'password'));
  if (message !== null) return { message };
  redirect(`${PAGE}?did=one-step`);
}

/** Makes new recovery codes. */
export async function renewCodes(_state: RecoveryState, form: FormData): Promise<RecoveryState> {
  const codes = await renewRecoveryCodes(await currentUser(), readText(form, 'password'));
  return 'refused' in codes ? { message: codes.refused, codes: [] } : { message: null, codes };
}

/** Begins to add a passkey; the browser goes on with what this answers. */
export async function allowPasskey(form: FormData): Promise<PasskeyStart> {
  const user = await currentUser();
  return beginPasskey(user.id, readText(form, 'password'));
}

/** Removes one of the user's passkeys. */
export async function removePasskey(form: FormData): Promise<void> {
  const user = await currentUser();
  const id = readId(form, 'id');
  if (id !== null) await removeOwnPasskey(user.id, id);
  redirect(`${PAGE}?did=passkey-removed`);
}

/** Removes the account with everything that is its own. */
export async function removeAccount(_state: ConfirmState, form: FormData): Promise<ConfirmState> {
  const message = await removeOwnAccount(await currentUser(), {
    password: readText(form, 'password'),
    name: readText(form, 'name'),
  });
  if (message !== null) return { message };
  redirect('/sign-in');
}
