'use client';

import { useActionState } from 'react';
import { SubmitButton } from './submit-button';
import { TextField } from './text-field';

export interface TokenState {
  message: string | null;
  /** The new token, this one time. */
  token: string | null;
}

/** Makes a token for a program, and shows it. */
export function TokenForm({
  action,
}: {
  action: (state: TokenState, form: FormData) => Promise<TokenState>;
}) {
  const [state, submit] = useActionState(action, { message: null, token: null });
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
        wrong={state.message}
      />
      <fieldset>
        <legend className="mb-1 text-sm font-medium">It may</legend>
        <Choice value="read" label="read only" defaultChecked />
        <Choice value="write" label="read, and change what is read and starred, and the feeds" />
      </fieldset>
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
