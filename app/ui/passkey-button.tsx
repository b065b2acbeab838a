'use client';

import { useState } from 'react';
import { enterWithPasskey, explainPasskey, usePasskeySupport } from './passkeys';

/** Signs in with a passkey. It comes with JavaScript, and where the browser has them. @param to where to go on. */
export function PasskeyButton({ to }: { to: string }) {
  const offered = usePasskeySupport();
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  if (!offered) return null;

  const use = async () => {
    setBusy(true);
    setMessage(null);
    try {
      const refused = await enterWithPasskey();
      if (refused === null) window.location.assign(to);
      setMessage(refused);
    } catch (error) {
      setMessage(explainPasskey(error));
    }
    setBusy(false);
  };

  return (
    <div className="grid gap-3">
      <button
        type="button"
        aria-disabled={busy}
        onClick={() => {
          if (!busy) void use();
        }}
        className="min-h-11 rounded-lg border border-line-strong/50 bg-raised px-5 text-[0.9375rem] font-semibold hover:border-accent hover:text-accent aria-disabled:opacity-70"
      >
        Sign in with a passkey
      </button>
      {message !== null && (
        <p role="alert" className="text-[0.9375rem] font-medium text-warn">
          {message}
        </p>
      )}
    </div>
  );
}
