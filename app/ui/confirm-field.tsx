import type { ReactNode } from 'react';
import { ObjectionLine } from './objection';
import { TextField } from './text-field';

interface ConfirmFieldProps {
  /** Whether the account has a password to ask for. */
  withPassword: boolean;
  /** What was wrong, the last time. */
  message: string | null;
  hint?: ReactNode;
}

/** Asks for the password, before something that a borrowed browser must not do. */
export function ConfirmField({ withPassword, message, hint }: ConfirmFieldProps) {
  if (!withPassword) return <ObjectionLine message={message} />;
  return (
    <TextField
      label="Your password"
      name="password"
      type="password"
      autoComplete="current-password"
      wrong={message}
      hint={hint}
    />
  );
}
