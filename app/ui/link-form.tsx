'use client';

import { type ReactNode, useActionState } from 'react';
import { SubmitButton } from './submit-button';

export interface LinkState {
  message: string | null;
  /** An address that works once, and is shown once. */
  link: string | null;
}

interface LinkFormProps {
  action: (state: LinkState, form: FormData) => Promise<LinkState>;
  submit: string;
  busy: string;
  /** The fields. */
  children?: ReactNode;
}

/** A form that answers with a sentence or with a link to hand on. */
export function LinkForm({ action, submit, busy, children }: LinkFormProps) {
  const [state, send] = useActionState(action, { message: null, link: null });
  return (
    <form action={send} noValidate className="grid max-w-md gap-4">
      {children}
      {state.message !== null && (
        <p role="alert" className="text-[0.9375rem] font-medium text-warn">
          {state.message}
        </p>
      )}
      <div>
        <SubmitButton look="plain" busy={busy}>
          {submit}
        </SubmitButton>
      </div>
      {state.link !== null && (
        <div role="status" className="rounded-xl border border-line bg-sunk p-5">
          <p className="text-[0.9375rem]">Hand this link on. It works once, and is shown this one time:</p>
          <p className="mt-2 font-mono text-sm break-all select-all" data-link>
            {state.link}
          </p>
        </div>
      )}
    </form>
  );
}
