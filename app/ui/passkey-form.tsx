'use client';

import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { useActionState } from 'react';
import { ConfirmField } from './confirm-field';
import { addPasskey, explainPasskey, usePasskeySupport } from './passkeys';
import { SubmitButton } from './submit-button';

/** What the browser has to sign; or why not, in one sentence. */
export type PasskeyStart = { options: PublicKeyCredentialCreationOptionsJSON } | { refused: string };

interface PasskeyFormProps {
  /** Makes sure who asks. */
  allow: (form: FormData) => Promise<PasskeyStart>;
  /** What the new passkey is called. */
  name: string;
  /** Whether the account has a password to ask for. */
  withPassword: boolean;
  /** Where to go on to. */
  to: string;
}

/** Adds a passkey. It comes with JavaScript, and where the browser has them. */
export function PasskeyForm({ allow, name, withPassword, to }: PasskeyFormProps) {
  const offered = usePasskeySupport();
  const [message, add] = useActionState(async (_message: string | null, form: FormData) => {
    try {
      const start = await allow(form);
      if ('refused' in start) return start.refused;
      if (!(await addPasskey(start.options, name))) return 'The passkey was not taken. Please try again.';
      window.location.assign(to);
      return null;
    } catch (error) {
      return explainPasskey(error);
    }
  }, null);
  if (!offered) return null;
  return (
    <form action={add} noValidate className="grid max-w-md gap-4">
      <ConfirmField withPassword={withPassword} message={message} />
      <div>
        <SubmitButton look="plain" busy="Waiting for your device…">
          Add a passkey
        </SubmitButton>
      </div>
    </form>
  );
}
