'use client';

import { PlainMessage } from './plain-message';

/** What Next hands to an error page. */
export interface ErrorPageProps {
  error: unknown;
  retry: () => void;
}

function readDigest(error: unknown): string | null {
  return error instanceof Error && 'digest' in error && typeof error.digest === 'string'
    ? error.digest
    : null;
}

/** Says that something broke, with the number that the server's log has it under. */
export function ErrorMessage({ error, retry }: ErrorPageProps) {
  const digest = readDigest(error);
  return (
    <PlainMessage title="Something broke">
      <p className="text-muted">
        This page could not be made. It may help to try again in a moment; if it keeps happening, the server’s
        log says why.
      </p>
      {digest !== null && (
        <p className="text-sm text-muted">
          It is there under <code className="font-mono text-ink">{digest}</code>.
        </p>
      )}
      <div>
        <button
          type="button"
          onClick={retry}
          className="min-h-11 rounded-lg bg-accent px-5 text-[0.9375rem] font-semibold text-on-accent hover:bg-accent-strong"
        >
          Try again
        </button>
      </div>
    </PlainMessage>
  );
}
