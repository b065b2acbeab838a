'use client';

import { useActionState } from 'react';
import { TextField } from './fields';
import { FormMessage, type FormState, UNSENT } from './form-message';
import { SubmitButton } from './submit-button';

interface FeedPasswordFormProps {
  feedId: number;
  hasPassword: boolean;
  action: (state: FormState, form: FormData) => Promise<FormState>;
}

/** User name and password for HTTP authentication. What is kept is never shown. */
export function FeedPasswordForm({ feedId, hasPassword, action }: FeedPasswordFormProps) {
  const [state, submit] = useActionState(action, UNSENT);
  return (
    <form action={submit} className="grid gap-5">
      <input type="hidden" name="feedId" value={feedId} />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label="User name"
          name="username"
          value={state.typed.username ?? ''}
          autoComplete="off"
          dir="ltr"
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          value=""
          autoComplete="new-password"
          dir="ltr"
        />
      </div>
      <FormMessage state={state} />
      <div>
        <SubmitButton look="plain" busy="Saving…">
          {hasPassword ? 'Replace the password' : 'Use this password'}
        </SubmitButton>
      </div>
    </form>
  );
}
