'use client';

import type { ReactNode } from 'react';
import { wantFullText } from './full-texts';
import { type ShownText, showText } from './shown-texts';

interface FullTextButtonProps {
  itemId: number;
  /** Which text is wanted. */
  to: 'full' | 'feed';
  className?: string;
  children: ReactNode;
}

/** Chooses an article's text: here, or where there is no JavaScript by the form that it stands in. */
export function FullTextButton({ itemId, to, className, children }: FullTextButtonProps) {
  return (
    <button
      type="submit"
      name="text"
      value={to}
      className={className}
      onClick={(event) => {
        event.preventDefault();
        if (to === 'feed') showText(itemId, null);
        else void wantFullText(itemId);
      }}
    >
      {children}
    </button>
  );
}

interface FullTextNoteProps {
  itemId: number;
  text: ShownText | null;
  /** Whether what the feed brings is so little that more is offered. */
  offered: boolean;
}

/** Says of an article which text it is shown with, or how the other one fares. */
export function FullTextNote({ itemId, text, offered }: FullTextNoteProps) {
  return (
    <>
      {text === null && offered && (
        <p className="-ms-3.5 -mt-4 mb-4">
          <FullTextButton itemId={itemId} to="full" className="quiet-button">
            Show the full text
          </FullTextButton>
        </p>
      )}
      <div role="status" aria-label="Full text" className="full-text-note">
        {text?.status === 'waiting' && <p>Fetching the full text…</p>}
        {text?.status === 'failed' && (
          <>
            <p>There is no full text. {text.error.message}</p>
            <FullTextButton itemId={itemId} to="full">
              Try again
            </FullTextButton>
          </>
        )}
        {text?.status === 'ready' && (
          <>
            <p>The text of its own page</p>
            <FullTextButton itemId={itemId} to="feed">
              Show the feed’s
            </FullTextButton>
          </>
        )}
      </div>
    </>
  );
}
