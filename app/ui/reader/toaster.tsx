'use client';

import { useEffect } from 'react';
import { hush, takeBack, useToast } from './undo-stack';

const SHOWN_MS = 4000;
/** Longer, where there is something to decide. */
const UNDOABLE_MS = 10_000;

/** Says what was just done, and offers to take it back. It lies over the page, so that nothing moves. */
export function Toaster() {
  const toast = useToast();
  const undoable = toast?.undoable ?? null;
  useEffect(() => {
    if (toast === null) return;
    const timer = setTimeout(hush, toast.undoable !== null ? UNDOABLE_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div role="status" aria-label="What was done">
      {toast !== null && (
        <div key={toast.id} className="toast">
          <p>{toast.text}</p>
          {undoable !== null && (
            <button type="button" onClick={() => takeBack(undoable)} aria-keyshortcuts="z">
              Undo
            </button>
          )}
        </div>
      )}
    </div>
  );
}
