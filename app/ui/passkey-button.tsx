'use client';

import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { useState, useSyncExternalStore } from 'react';
import { addPasskey, enterWithPasskey, explainPasskey } from './passkeys';

const never = () => () => undefined;

interface PasskeyButtonProps {
  /** Signs in and goes on to this path, or adds a passkey and comes back to it. */
  to: string;
  /** Of the new passkey; none to sign in. */
  adding?: string;
}

/** The button for passkeys. It comes with JavaScript, and where the browser has them. */
export function PasskeyButton({ to, adding }: PasskeyButtonProps) {
  const offered = useSyncExternalStore(never, browserSupportsWebAuthn, () => false);
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  if (!offered) return null;

  const use = async () => {
    setBusy(true);
    setMessage(null);
    try {
      const known = await (adding === undefined ? enterWithPasskey() : addPasskey(adding));
      if (known) window.location.assign(to);
      else setMessage('That passkey is not known here.');
    } catch (error) {
      setMessage(explainPasskey(error));
    }
    setBusy(false);
  };

  return (
    <div className={adding === undefined ? 'grid gap-3' : 'grid justify-items-start gap-3'}>
      <button
        type="button"
        aria-disabled={busy}
        onClick={() => {
          if (!busy) void use();
        }}
        className="min-h-11 rounded-lg border border-line-strong/50 bg-raised px-5 text-[0.9375rem] font-semibold hover:border-accent hover:text-accent aria-disabled:opacity-70"
      >
        {adding === undefined ? 'Sign in with a passkey' : 'Add a passkey'}
      </button>
      {message !== null && (
        <p role="alert" className="text-[0.9375rem] font-medium text-warn">
          {message}
        </p>
      )}
    </div>
  );
}
