'use client';

import { useActionState } from 'react';
import { TextField } from './fields';
import { FormMessage, type FormState, UNSENT } from './form-message';
import { SubmitButton } from './submit-button';

interface UserAgentFormProps {
  feedId: number;
  userAgent: string | null;
  action: (state: FormState, form: FormData) => Promise<FormState>;
}

/** What a feed's server is told that asks for it. */
export function UserAgentForm({ feedId, userAgent, action }: UserAgentFormProps) {
  const [state, submit] = useActionState(action, UNSENT);
  return (
    <form action={submit} className="grid gap-5">
      <input type="hidden" name="feedId" value={feedId} />
      <TextField
        label="User-Agent"
        name="userAgent"
        value={state.typed.userAgent ?? userAgent ?? ''}
        autoComplete="off"
        dir="ltr"
        hint="Leave it empty for Tidings’ own."
      />
      <FormMessage state={state} />
      <div>
        <SubmitButton look="plain" busy="Saving…">
          Save and fetch
        </SubmitButton>
      </div>
    </form>
  );
}
