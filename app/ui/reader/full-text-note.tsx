'use client';

import { wantFullText } from './full-texts';
import { type ShownText, showText } from './shown-texts';

interface FullTextNoteProps {
  itemId: number;
  text: ShownText | null;
  /** Whether what the feed brings is so little that more is offered. */
  offered: boolean;
}

/** Says of an article which text it is shown with, or how the other one fares. */
export function FullTextNote({ itemId, text, offered }: FullTextNoteProps) {
  const want = () => void wantFullText(itemId);
  return (
    <>
      {text === null && offered && (
        <p className="-ms-3.5 -mt-4 mb-4">
          <button type="button" onClick={want} className="quiet-button">
            Show the full text
          </button>
        </p>
      )}
      <div role="status" aria-label="Full text" className="full-text-note">
        {text?.status === 'waiting' && <p>Fetching the full text…</p>}
        {text?.status === 'failed' && (
          <>
            <p>There is no full text. {text.error.message}</p>
            <button type="button" onClick={want}>
              Try again
            </button>
          </>
        )}
        {text?.status === 'ready' && (
          <>
            <p>The text of its own page</p>
            <button type="button" onClick={() => showText(itemId, null)}>
              Show the feed’s
            </button>
          </>
        )}
      </div>
    </>
  );
}
