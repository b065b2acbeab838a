'use client';

import { useActionState } from 'react';
import { ConfirmField } from './confirm-field';
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
  /** What is to be typed where it has none; nothing where that goes too far. */
  name?: string;
}

/** Asks for the password before something that cannot be taken back. */
export function ConfirmForm({ action, submit, busy, withPassword, name }: ConfirmFormProps) {
  const [state, send] = useActionState(action, { message: null });
  return (
    <form action={send} noValidate className="grid max-w-md gap-4">
      {withPassword || name === undefined ? (
        <ConfirmField withPassword={withPassword} message={state.message} />
      ) : (
        <TextField
          label={`Type “${name}” to confirm it`}
          name="name"
          autoComplete="off"
          wrong={state.message}
        />
      )}
      <div>
        <SubmitButton look="plain" busy={busy}>
          {submit}
        </SubmitButton>
      </div>
    </form>
  );
}
