'use client';

import { useActionState } from 'react';
import { ObjectionLine } from './objection';
import { SubmitButton } from './submit-button';
import { TextField } from './text-field';

/** What is wrong with what was typed, the field that it is about, and the rest of what was typed. */
export interface NewAccountState {
  field: 'name' | 'email' | 'password' | null;
  message: string | null;
  name: string;
  email: string;
}

interface NewAccountFormProps {
  action: (state: NewAccountState, form: FormData) => Promise<NewAccountState>;
  /** Of a one-time link; none where anybody may sign up. */
  token?: string;
  /** The account's name, where it has one already and only the password is missing. */
  known?: string | null;
  submit: string;
}

/** Name, address and password of an account that is made, or the password alone. */
export function NewAccountForm({ action, token = '', known = null, submit }: NewAccountFormProps) {
  const [state, send] = useActionState(action, { field: null, message: null, name: '', email: '' });
  const wrong = (field: NewAccountState['field']) => (state.field === field ? state.message : null);
  return (
    <form action={send} noValidate className="grid gap-5">
      <ObjectionLine message={wrong(null)} />
      <input type="hidden" name="token" value={token} />
      {known === null ? (
        <>
          <TextField
            label="Name"
            name="name"
            defaultValue={state.name}
            autoComplete="username"
            maxLength={60}
            wrong={wrong('name')}
            hint="What you sign in with."
          />
          <TextField
            label="Email address (optional)"
            name="email"
            type="email"
            defaultValue={state.email}
            autoComplete="email"
            maxLength={320}
            wrong={wrong('email')}
            hint="You can sign in with it as well. Nothing is ever sent there."
          />
        </>
      ) : (
        <input type="hidden" name="username" autoComplete="username" value={known} readOnly />
      )}
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        maxLength={256}
        wrong={wrong('password')}
        hint="Ten characters at least. A few words are better than one clever one."
      />
      <SubmitButton look="strong" busy="One moment…">
        {submit}
      </SubmitButton>
    </form>
  );
}
