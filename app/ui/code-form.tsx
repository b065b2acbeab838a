'use client';

import { useActionState } from 'react';
import { CheckField } from './check-field';
import { SubmitButton } from './submit-button';
import { TextField } from './text-field';

export interface CodeState {
  message: string | null;
}

/** The second step of a sign-in. */
export function CodeForm({
  action,
  to,
}: {
  action: (state: CodeState, form: FormData) => Promise<CodeState>;
  to: string;
}) {
  const [state, submit] = useActionState(action, { message: null });
  return (
    <form action={submit} noValidate className="grid gap-5">
      <input type="hidden" name="to" value={to} />
      <TextField
        label="Code"
        name="code"
        inputMode="text"
        autoComplete="one-time-code"
        maxLength={40}
        wrong={state.message}
        hint="The six digits that your authenticator app shows, or one of your recovery codes."
      />
      <CheckField label="Do not ask again on this device for 30 days" name="trust" />
      <SubmitButton look="strong" busy="Checking…">
        Go on
      </SubmitButton>
    </form>
  );
}
