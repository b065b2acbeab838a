'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';

/** So far above and below the part that is seen, pages of a list are kept. */
const MARGIN = '1500px 0px';

/**
 * Whether a part of a list is in sight or near it. One that is not is as tall as it was, and empty: a list of ten
 * thousand items costs the page no more than one of a hundred.
 *
 * @param heights what each part was tall when it left, in pixels, by its key.
 */
export function useNear(
  key: number,
  heights: Map<number, number>,
  scroller: RefObject<HTMLElement | null>,
): { part: RefObject<HTMLDivElement | null>; height: number | null } {
  const part = useRef<HTMLDivElement>(null);
  // A list that is come back to has its parts as they were left.
  const [height, setHeight] = useState<number | null>(() => heights.get(key) ?? null);
  useEffect(() => {
    const element = part.current;
    if (element === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        if (entry === undefined) return;
        if (entry.isIntersecting) {
          heights.delete(key);
          setHeight(null);
        } else if (entry.boundingClientRect.height > 0 && !element.contains(document.activeElement)) {
          heights.set(key, entry.boundingClientRect.height);
          setHeight(entry.boundingClientRect.height);
        }
      },
      { root: scroller.current, rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [key, heights, scroller]);
  return { part, height };
}
