'use client';

import { useActionState, useEffect, useId, useRef } from 'react';
import { SubmitButton } from './submit-button';

/** What the server says to an address that it cannot take, and what was typed. */
export interface AddFeedState {
  message: string | null;
  typed: string;
}

interface AddFeedFormProps {
  action: (state: AddFeedState, form: FormData) => Promise<AddFeedState>;
  /** What the field holds at first. */
  address?: string;
  autoFocus?: boolean;
  /** One line, above a list: the field says by itself what it takes. */
  slim?: boolean;
}

/** The one field and its button. It checks nothing itself: the server's word is the only one. */
export function AddFeedForm({ action, address = '', autoFocus = false, slim = false }: AddFeedFormProps) {
  const [state, submit] = useActionState(action, { message: null, typed: address });
  const field = useRef<HTMLInputElement>(null);
  const id = useId();

  useEffect(() => {
    if (state.message !== null) field.current?.select();
  }, [state]);

  return (
    <form action={submit} noValidate>
      <label htmlFor={`${id}field`} className={slim ? 'sr-only' : 'mb-2 block text-sm font-medium'}>
        Feed or site address
      </label>
      <div className={slim ? 'flex gap-2' : 'flex flex-col gap-2.5 sm:flex-row'}>
        <input
          ref={field}
          id={`${id}field`}
          type="text"
          name="address"
          defaultValue={state.typed}
          inputMode="url"
          autoCapitalize="off"
          autoCorrect="off"
          autoComplete="off"
          spellCheck={false}
          placeholder={slim ? 'Feed or site address' : 'example.org'}
          dir="ltr"
          // biome-ignore lint/a11y/noAutofocus: only on the page that one opens in order to type here
          autoFocus={autoFocus}
          aria-invalid={state.message === null ? undefined : true}
          aria-describedby={state.message === null ? undefined : `${id}message`}
          className="min-h-12 w-full min-w-0 rounded-lg border border-line-strong bg-raised px-3.5 text-base placeholder:text-muted focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-warn sm:min-h-11"
        />
        <SubmitButton look={slim ? 'plain' : 'strong'} busy="Adding…">
          Add feed
        </SubmitButton>
      </div>
      {state.message !== null && (
        <p id={`${id}message`} role="alert" className="mt-2.5 text-[0.9375rem] font-medium text-warn">
          {state.message}
        </p>
      )}
    </form>
  );
}
