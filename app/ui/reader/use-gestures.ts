'use client';

import { type RefObject, useEffect } from 'react';
import type { ListedItem } from './listed-item';

/** Lets rows be swiped. What knows how comes with the first touch of a finger: many readers have a mouse. */
export function useSwipes(
  scroller: RefObject<HTMLElement | null>,
  onSwipe: (itemId: number, to: 'left' | 'right') => void,
): void {
  useEffect(() => {
    const list = scroller.current;
    if (list === null) return;
    const ended = new AbortController();
    const touch = async (event: PointerEvent) => {
      if (event.pointerType !== 'touch') return;
      list.removeEventListener('pointerdown', touch);
      const { listenToSwipes } = await import('./swipe');
      if (!ended.signal.aborted) ended.signal.addEventListener('abort', listenToSwipes(list, onSwipe, event));
    };
    list.addEventListener('pointerdown', touch, { signal: ended.signal });
    return () => ended.abort();
  }, [scroller, onSwipe]);
}

/** Marks items as read that are scrolled past, where somebody wants that. */
export function useMarkPassed(
  scroller: RefObject<HTMLElement | null>,
  wanted: boolean,
  findItem: (id: number) => ListedItem | undefined,
): void {
  useEffect(() => {
    const list = scroller.current;
    if (!wanted || list === null) return;
    let end: (() => void) | null = () => undefined;
    void import('./mark-passed').then(({ markPassed }) => {
      if (end !== null) end = markPassed(list, findItem);
    });
    return () => {
      end?.();
      end = null;
    };
  }, [scroller, wanted, findItem]);
}
