'use client';

import { useActionState } from 'react';
import { SubmitButton } from './submit-button';
import { TextField } from './text-field';

export interface PasswordState {
  field: 'current' | 'password' | null;
  message: string | null;
}

/** Changes a password. @param first whether there is none yet. */
export function PasswordForm({
  action,
  name,
  first,
}: {
  action: (state: PasswordState, form: FormData) => Promise<PasswordState>;
  name: string;
  first: boolean;
}) {
  const [state, submit] = useActionState(action, { field: null, message: null });
  const wrong = (field: PasswordState['field']) => (state.field === field ? state.message : null);
  return (
    <form action={submit} noValidate className="grid max-w-md gap-5">
      {/* So that password managers know whose it is. */}
      <input type="hidden" name="username" autoComplete="username" value={name} readOnly />
      {!first && (
        <TextField
          label="Present password"
          name="current"
          type="password"
          autoComplete="current-password"
          wrong={wrong('current')}
        />
      )}
      <TextField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        maxLength={256}
        wrong={first ? state.message : wrong('password')}
        hint="Ten characters at least. Every other device is signed out."
      />
      <div>
        <SubmitButton look="plain" busy="Changing…">
          {first ? 'Set the password' : 'Change the password'}
        </SubmitButton>
      </div>
    </form>
  );
}
