'use client';

import { useActionState } from 'react';
import { SubmitButton } from './submit-button';
import { TextField } from './text-field';

export interface ConfirmState {
  message: string | null;
}

interface ConfirmFormProps {
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>;
  /** What the button says, and while it does it. */
  submit: string;
  busy: string;
  /** Whether the account has a password to ask for. */
  withPassword: boolean;
}

/** Asks for the password before something that cannot be taken back. */
export function ConfirmForm({ action, submit, busy, withPassword }: ConfirmFormProps) {
  const [state, send] = useActionState(action, { message: null });
  return (
    <form action={send} noValidate className="grid max-w-md gap-4">
      {withPassword ? (
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          wrong={state.message}
        />
      ) : (
        state.message !== null && <p role="alert">{state.message}</p>
      )}
      <div>
        <SubmitButton look="plain" busy={busy}>
          {submit}
        </SubmitButton>
      </div>
    </form>
  );
}
