'use client';

import { useActionState } from 'react';
import { ConfirmField } from './confirm-field';
import { SubmitButton } from './submit-button';
import { TextField } from './text-field';

export interface TokenState {
  field: 'name' | 'password' | null;
  message: string | null;
  /** The new token, this one time. */
  token: string | null;
}

/** Makes a token for a program, and shows it. */
export function TokenForm({
  action,
  withPassword,
}: {
  action: (state: TokenState, form: FormData) => Promise<TokenState>;
  /** Whether the account has a password to ask for. */
  withPassword: boolean;
}) {
  const [state, submit] = useActionState(action, { field: null, message: null, token: null });
  return (
    <form action={submit} noValidate className="grid max-w-md gap-5">
      {state.token !== null && (
        <div role="status" className="rounded-xl border border-line bg-sunk p-5">
          <p className="text-[0.9375rem]">The new token. It is shown this one time:</p>
          <p className="mt-2 font-mono text-sm break-all select-all" data-token>
            {state.token}
          </p>
        </div>
      )}
      <TextField
        label="For which program"
        name="name"
        autoComplete="off"
        maxLength={60}
        wrong={state.field === 'name' ? state.message : null}
      />
      <fieldset>
        <legend className="mb-1 text-sm font-medium">It may</legend>
        <Choice value="read" label="read only" defaultChecked />
        <Choice value="write" label="read, and change what is read and starred, and the feeds" />
      </fieldset>
      <ConfirmField withPassword={withPassword} message={state.field === 'password' ? state.message : null} />
      <div>
        <SubmitButton look="plain" busy="Making it…">
          Make a token
        </SubmitButton>
      </div>
    </form>
  );
}

function Choice({ value, label, ...input }: { value: string; label: string; defaultChecked?: boolean }) {
  return (
    <label className="flex min-h-10 items-center gap-2.5 text-[0.9375rem]">
      <input {...input} type="radio" name="scope" value={value} className="size-4.5 shrink-0" />
      {label}
    </label>
  );
}
