'use client';

import { type RefObject, useEffect } from 'react';
import type { ListedItem } from './listed-item';
import { mark } from './mark';

/** An item that has been in sight and then leaves at the top has been passed. */
function watch(scroller: HTMLElement, findItem: (id: number) => ListedItem | undefined): () => void {
  const seen = new Set<Element>();
  const sight = new IntersectionObserver(
    (entries) => {
      const passed = entries.flatMap(({ target, isIntersecting, boundingClientRect, rootBounds }) => {
        if (isIntersecting) seen.add(target);
        else if (seen.delete(target) && boundingClientRect.bottom <= (rootBounds?.top ?? 0)) {
          return findItem(Number(target.getAttribute('data-item'))) ?? [];
        }
        return [];
      });
      mark(passed, { read: true });
    },
    { root: scroller },
  );
  const rowsIn = (node: Node) => (node instanceof Element ? [...node.querySelectorAll('[data-item]')] : []);
  for (const row of rowsIn(scroller)) sight.observe(row);
  const growth = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node instanceof Element && node.matches('[data-item]')) sight.observe(node);
        for (const row of rowsIn(node)) sight.observe(row);
      }
    }
  });
  growth.observe(scroller, { childList: true, subtree: true });
  return () => {
    growth.disconnect();
    sight.disconnect();
  };
}

/** Marks items as read that are scrolled past, where somebody wants that. */
export function useMarkPassed(
  scroller: RefObject<HTMLElement | null>,
  wanted: boolean,
  findItem: (id: number) => ListedItem | undefined,
): void {
  useEffect(() => {
    if (wanted && scroller.current !== null) return watch(scroller.current, findItem);
  }, [wanted, scroller, findItem]);
}
