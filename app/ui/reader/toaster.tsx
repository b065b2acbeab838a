'use client';

import { type SyntheticEvent, useEffect, useState } from 'react';
import { hush, type Toast, takeBack, useToast } from './undo-stack';

const SHOWN_MS = 4000;
/** Longer, where there is something to decide. */
const UNDOABLE_MS = 10_000;

/** It stays while it is pointed at, or has the focus: nobody has to be quick. */
function Told({ text, undoable }: Toast) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(hush, undoable !== null ? UNDOABLE_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, undoable]);
  const hold = () => setHeld(true);
  const release = (event: SyntheticEvent) => setHeld(event.currentTarget.matches(':hover, :focus-within'));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done by it, it only stays
    <div className="toast" onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release}>
      <p>{text}</p>
      {undoable !== null && (
        <button
          type="button"
          onClick={(event) => {
            // The button goes: whoever came here by keyboard goes on from here.
            event.currentTarget.closest<HTMLElement>('[role=status]')?.focus();
            takeBack(undoable);
          }}
          aria-keyshortcuts="z"
        >
          Undo
        </button>
      )}
    </div>
  );
}

/** Says what was just done, and offers to take it back. It lies over the page, so that nothing moves. */
export function Toaster() {
  const toast = useToast();
  return (
    <div role="status" aria-label="What was done" tabIndex={-1}>
      {toast !== null && <Told key={toast.id} {...toast} />}
    </div>
  );
}
