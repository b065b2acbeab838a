'use client';

import { useActionState } from 'react';
import { ObjectionLine } from './objection';
import { RecoveryCodes } from './recovery-codes';
import { SubmitButton } from './submit-button';
import { TextField } from './text-field';

export interface RecoveryState {
  message: string | null;
  codes: string[];
}

/** Makes new recovery codes, and shows them. */
export function RecoveryForm({
  action,
  withPassword,
}: {
  action: (state: RecoveryState, form: FormData) => Promise<RecoveryState>;
  /** Whether the account has a password to ask for. */
  withPassword: boolean;
}) {
  const [state, submit] = useActionState(action, { message: null, codes: [] });
  if (state.codes.length > 0) return <RecoveryCodes codes={state.codes} />;
  return (
    <form action={submit} noValidate className="grid max-w-md gap-4">
      {withPassword ? (
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          wrong={state.message}
          hint="The codes from before open nothing any more."
        />
      ) : (
        <ObjectionLine message={state.message} />
      )}
      <div>
        <SubmitButton look="plain" busy="Making them…">
          Make new recovery codes
        </SubmitButton>
      </div>
    </form>
  );
}
