'use client';

import { useActionState } from 'react';
import { CheckField } from './check-field';
import { ObjectionLine } from './objection';
import { SubmitButton } from './submit-button';
import { TextField } from './text-field';

/** What the server says to a sign-in that it refuses, and the name that was typed. */
export interface SignInState {
  message: string | null;
  name: string;
}

interface SignInFormProps {
  action: (state: SignInState, form: FormData) => Promise<SignInState>;
  /** Where to go on to. */
  to: string;
}

/** Name and password. */
export function SignInForm({ action, to }: SignInFormProps) {
  const [state, submit] = useActionState(action, { message: null, name: '' });
  return (
    <form action={submit} noValidate className="grid gap-5">
      <ObjectionLine message={state.message} />
      <input type="hidden" name="to" value={to} />
      <TextField
        label="Name or email address"
        name="name"
        defaultValue={state.name}
        // `webauthn` lets the browser offer a passkey in the same place.
        autoComplete="username webauthn"
        maxLength={320}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        maxLength={1000}
      />
      <CheckField label="Stay signed in on this device" name="remember" defaultChecked />
      <SubmitButton look="strong" busy="Signing in…">
        Sign in
      </SubmitButton>
    </form>
  );
}
