'use client';

import { useEffect } from 'react';
import { hush, undoLast, useToast } from './undo-stack';

const SHOWN_MS = 4000;
/** Longer, where there is something to decide. */
const UNDOABLE_MS = 10_000;

/** Says what was just done, and offers to take it back. It lies over the page, so that nothing moves. */
export function Toaster() {
  const toast = useToast();
  useEffect(() => {
    if (toast === null) return;
    const timer = setTimeout(hush, toast.undoable ? UNDOABLE_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div role="status" aria-label="What was done">
      {toast !== null && (
        <div key={toast.id} className="toast">
          <p>{toast.text}</p>
          {toast.undoable && (
            <button type="button" onClick={undoLast} aria-keyshortcuts="z">
              Undo
            </button>
          )}
        </div>
      )}
    </div>
  );
}
