'use client';

import { useActionState } from 'react';
import { ConfirmField } from './confirm-field';
import { RecoveryCodes } from './recovery-codes';
import { SubmitButton } from './submit-button';

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
      <ConfirmField
        withPassword={withPassword}
        message={state.message}
        hint="The codes from before open nothing any more."
      />
      <div>
        <SubmitButton look="plain" busy="Making them…">
          Make new recovery codes
        </SubmitButton>
      </div>
    </form>
  );
}
