'use client';

import { useActionState } from 'react';
import { ObjectionLine } from './objection';
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
      {withPassword && (
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          wrong={state.message}
        />
      )}
      {!withPassword && name !== undefined && (
        <TextField
          label={`Type “${name}” to confirm it`}
          name="name"
          autoComplete="off"
          wrong={state.message}
        />
      )}
      {!withPassword && name === undefined && <ObjectionLine message={state.message} />}
      <div>
        <SubmitButton look="plain" busy={busy}>
          {submit}
        </SubmitButton>
      </div>
    </form>
  );
}
