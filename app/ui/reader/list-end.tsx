'use client';

import { type RefObject, useEffect, useRef } from 'react';
import type { ListPages } from './list-pages';

interface ListEndProps {
  list: ListPages;
  /** Where the next page is, for whoever has no JavaScript. */
  olderAddress: string | null;
  scroller: RefObject<HTMLElement | null>;
  onMore: () => void;
}

/** So far before its end a list goes on. */
const MARGIN = '1200px 0px';

/** The end of what is loaded: it loads more as it comes near. */
export function ListEnd({ list, olderAddress, scroller, onMore }: ListEndProps) {
  const mark = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  const { loading, failed, nextCursor } = list;
  const pages = list.pages.length;
  useEffect(() => {
    more.current = onMore;
  });
  // Anew after each page: one that does not fill the screen has to be followed by another.
  useEffect(() => {
    const element = mark.current;
    if (element === null || nextCursor === null || failed || pages === 0) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) more.current();
      },
      { root: scroller.current, rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, nextCursor, failed, pages]);
  return (
    <div ref={mark} className="list-end">
      {nextCursor === null ? (
        pages > 0 && <p>That is all.</p>
      ) : failed ? (
        <button type="button" onClick={onMore} className="quiet-button">
          Could not load more. Try again
        </button>
      ) : (
        <a
          href={olderAddress ?? '#'}
          className="quiet-button"
          aria-disabled={loading || undefined}
          onClick={(event) => {
            event.preventDefault();
            onMore();
          }}
        >
          {loading ? 'Loading…' : 'More items'}
        </a>
      )}
    </div>
  );
}
