'use client';

import { useId, useRef } from 'react';
import { countOf } from './format-figures';
import { SubmitButton } from './submit-button';

/**
 * The button that removes what is chosen in the form around it. It asks first: in a dialog, or without JavaScript
 * on a page of its own, which the form's action sends to.
 */
export function RemoveDialog({ chosen }: { chosen: number }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  return (
    <>
      <button
        type="submit"
        name="do"
        value="remove"
        onClick={(event) => {
          if (chosen === 0) return;
          event.preventDefault();
          dialog.current?.showModal();
        }}
        className="min-h-11 shrink-0 rounded-lg border border-line-strong/50 bg-raised px-5 text-[0.9375rem] font-semibold hover:border-warn hover:text-warn"
      >
        Unsubscribe…
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={title}
        className="m-auto w-[min(28rem,calc(100vw-2.5rem))] rounded-xl border border-line bg-raised p-6 text-ink backdrop:bg-black/45"
      >
        <h2 id={title} className="font-serif text-xl font-semibold">
          Unsubscribe from {countOf(chosen, 'feed')}?
        </h2>
        <p className="mt-2 text-[0.9375rem] text-muted">
          They are no longer checked for you. What you have starred stays starred.
        </p>
        <div className="mt-5 flex flex-wrap gap-3">
          <SubmitButton look="strong" busy="Removing…" name="do" value="remove-now">
            Unsubscribe
          </SubmitButton>
          <button
            type="button"
            onClick={() => dialog.current?.close()}
            className="min-h-11 rounded-lg px-4 text-[0.9375rem] font-semibold hover:text-accent"
          >
            Keep them
          </button>
        </div>
      </dialog>
    </>
  );
}
